"""What the sender reads: the mail in two forms that say the same, and the few words of a push."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import EventKind
from chalicelib.domain.letters import code_letter, letter, push
from chalicelib.domain.notifications import Notification
from tests.makers import SENT, a_verdict


def a_notification(kind: EventKind = EventKind.OPEN, **changes) -> Notification:
    news = Notification(
        message="0199aa00000070008000000000000001",
        sender="5e7de75e7de75e7d",
        kind=kind,
        recipient=0,
        email="bob@example.com",
        name="Bob",
        subject="Offer for June",
        sent_at=SENT,
        at=SENT + 7200,
        verdict=a_verdict(),
        first=True,
    )
    return replace(news, **changes)


class Page(HTMLParser):
    """The tags of a page, their attributes, and the words that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.words += data.split()


HEADLINES = {
    EventKind.OPEN: "Bob opened “Offer for June”",
    EventKind.CLICK: "Bob clicked a link in “Offer for June”",
    EventKind.REPLY: "Bob replied to “Offer for June”",
    EventKind.BOUNCE: "“Offer for June” did not reach Bob",
}


@pytest.mark.parametrize(("kind", "headline"), HEADLINES.items())
def test_each_kind_has_its_headline_in_mail_and_push(kind, headline):
    news = a_notification(kind)
    assert letter(news, "UTC").subject == push(news).title == headline
    assert letter(news, "UTC").text.startswith(f"{headline}.\n")


def test_the_mail_says_when_how_sure_and_what_now():
    text = letter(a_notification(), "Europe/Berlin").text
    assert re.search(
        r"^When +Monday, 21 September 2026, 18:13 \(Europe/Berlin\), 2 hours after you sent it$", text, re.M
    )
    assert re.search(r"^How sure +90%\. A person did this", text, re.M)
    assert re.search(r"^What now +\S", text, re.M)


@pytest.mark.parametrize(
    ("time_zone", "shown"),
    [
        ("America/New_York", "10:13 (America/New_York)"),
        ("UTC", "14:13 (UTC)"),
        ("", "14:13 (UTC)"),
        ("Mars/Olympus", "14:13 (UTC)"),
    ],
)
def test_the_hour_is_on_the_senders_clock_or_in_utc(time_zone, shown):
    assert shown in letter(a_notification(at=SENT), time_zone).text


@pytest.mark.parametrize(
    ("seconds", "lasted"),
    [
        (-30, "less than a minute"),
        (20, "less than a minute"),
        (60, "1 minute"),
        (7000, "117 minutes"),
        (7200, "2 hours"),
        (47 * 3600, "47 hours"),
        (49 * 3600, "2 days"),
        (40 * 86_400, "40 days"),
    ],
)
def test_how_long_it_took_is_said_in_the_unit_that_fits(seconds, lasted):
    assert f", {lasted} after you sent it" in letter(a_notification(at=SENT + seconds), "UTC").text


def test_the_followed_link_is_shown_and_leads_nowhere():
    written = letter(a_notification(EventKind.CLICK, link="https://example.com/offer?a=1&b=2"), "UTC")
    assert "https://example.com/offer?a=1&b=2" in written.text
    assert "https://example.com/offer?a=1&amp;b=2" in written.html
    assert "href" not in written.html


def test_without_a_name_it_is_the_address_and_without_a_subject_your_mail():
    assert push(a_notification(name="")).title == "bob@example.com opened “Offer for June”"
    assert push(a_notification(subject="")).title == "Bob opened “your mail”"


def test_a_push_lets_an_app_find_the_message():
    assert push(a_notification()).data == {
        "message": "0199aa00000070008000000000000001",
        "recipient": "0",
        "kind": "open",
    }


_hostile = st.text() | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</td></table><a href=//evil.example>here</a>",
        "{who} {0.__class__} %s",
        "Hello\r\nBcc: everybody@example.com",
        "Hello\nContent-Type: text/html\n\n<b>",
        "\u2028Bcc: a@b.example\u0085x\x0bx\x0cx",
        "&lt;b&gt; &amp;",
    ]
)


@given(_hostile, _hostile, _hostile)
def test_nothing_that_others_wrote_becomes_markup(subject, name, link):
    page = Page(letter(a_notification(EventKind.CLICK, subject=subject, name=name, link=link), "UTC").html)
    assert page.tags == {"html", "body", "p", "strong", "table", "tr", "td"}
    assert page.attributes == {"lang", "style"}


@given(st.sampled_from(list(HEADLINES)), _hostile, _hostile, _hostile)
def test_text_and_html_say_the_same(kind, subject, name, link):
    written = letter(a_notification(kind, subject=subject, name=name, link=link), "UTC")
    without_full_stop = written.text.replace(".\n", "\n", 1)
    assert Page(written.html).words == without_full_stop.split()


@given(_hostile, _hostile)
def test_a_subject_made_of_it_is_one_line(subject, name):
    assert len(letter(a_notification(subject=subject, name=name), "UTC").subject.splitlines()) == 1


def test_we_do_not_track_our_own():
    html = letter(a_notification(EventKind.CLICK, link="https://example.com/"), "UTC").html
    assert not re.search(r"<img|<a |href|src=|url\(|<link|@import", html)
    assert "This mail is not tracked." in html


def test_a_code_comes_with_when_and_why_in_both_forms_and_not_in_the_subject():
    for account, why in (("", "to sign in"), ("<b>@x.example", "to add this address to the account of <b>@x.example")):
        written = code_letter("1234 5678", account, SENT)
        for words in (written.text, " ".join(Page(written.html).words)):
            assert f"Somebody requested a code {why} on 21 September 2026, 14:13 UTC." in words
            assert "1234 5678" in words and "ignore this mail" in words
        assert "1234" not in written.subject
        assert Page(written.html).tags == {"html", "body", "p", "strong"}
