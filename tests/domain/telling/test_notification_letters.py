"""What the sender reads: the mail in two forms that say the same, and the few words of a push."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import EventKind, Verdict, VerdictKind
from chalicelib.domain.habits.advice import Approach
from chalicelib.domain.letters import Letter, Push
from chalicelib.domain.messages import Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.telling import notification_letters
from chalicelib.domain.telling.news import News, together
from chalicelib.domain.telling.today import Counts, Today
from chalicelib.domain.telling.turning_to import Person
from chalicelib.domain.words.sentences import say
from tests.makers import SENT, a_notification

MESSAGE = "0199aa00000070008000000000000001"
OURS = "https://t.example.com"


def letter(*news: Notification, zone: str = "UTC", decided_at: float | None = None, language: str = "en") -> Letter:
    """The mail that tells of these, as soon as they happened."""
    told = [News(each, decided_at or each.at, decided_at or each.at) for each in news]
    pages = {each.message: f"{OURS}/app/message?id={each.message}" for each in news}
    return notification_letters.told(told, zone, language, pages, [("Mute this message", f"{OURS}/n/token")], {})


def push(news: Notification) -> Push:
    return notification_letters.pushed(News(news, news.at, news.at), "en", sound=True)


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
        self.words += [] if data.startswith(":root") else data.split()


HEADLINES = {
    EventKind.OPEN: "Bob opened “Offer for June”",
    EventKind.CLICK: "Bob clicked a link in “Offer for June”",
    EventKind.REPLY: "Bob replied to “Offer for June”",
    EventKind.BOUNCE: "“Offer for June” did not reach Bob",
}


@pytest.mark.parametrize(("kind", "headline"), HEADLINES.items())
def test_each_kind_has_its_headline_in_mail_and_push(kind, headline):
    news = a_notification(kind)
    assert letter(news).subject == push(news).title == headline
    assert letter(news).text.startswith(f"{headline}\n")


def test_the_mail_says_when_how_sure_and_what_now():
    text = letter(a_notification(), zone="Europe/Berlin").text
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
    assert shown in letter(a_notification(at=SENT), zone=time_zone).text


@pytest.mark.parametrize(
    ("seconds", "lasted"),
    [
        (-30, "less than a minute"),
        (20, "less than a minute"),
        (60, "1 minute"),
        (5000, "83 minutes"),
        (7200, "2 hours"),
        (35 * 3600, "35 hours"),
        (49 * 3600, "2 days"),
        (40 * 86_400, "40 days"),
    ],
)
def test_how_long_it_took_is_said_in_the_unit_that_fits(seconds, lasted):
    assert f", {lasted} after you sent it" in letter(a_notification(at=SENT + seconds)).text


def test_the_followed_link_is_shown_and_leads_nowhere():
    written = letter(a_notification(EventKind.CLICK, link="https://example.com/offer?a=1&b=2"))
    assert "https://example.com/offer?a=1&b=2" in written.text
    assert "https://example.com/offer?a=1&amp;b=2" in written.html
    assert 'href="https://example.com' not in written.html


def test_without_a_name_it_is_the_address_and_without_a_subject_your_mail():
    assert push(a_notification(name="")).title == "bob@example.com opened “Offer for June”"
    assert push(a_notification(subject="")).title == "Bob opened “your mail”"


def test_a_push_lets_an_app_find_the_message():
    assert push(a_notification()).data == {
        "message": "0199aa00000070008000000000000001",
        "recipient": "0",
        "kind": "open",
    }


FRAME = {"html", "head", "meta", "title", "style", "body", "div", "p", "strong"}
TAGS = FRAME | {"table", "tr", "td", "a", "br"}

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
    page = Page(letter(a_notification(EventKind.CLICK, subject=subject, name=name, link=link)).html)
    assert page.tags == TAGS
    assert page.attributes == {"lang", "style", "class", "role", "href", "charset", "name", "content"}


@given(st.sampled_from(list(HEADLINES)), _hostile, _hostile, _hostile)
def test_text_and_html_say_the_same(kind, subject, name, link):
    written = letter(a_notification(kind, subject=subject, name=name, link=link))
    body, _, foot = written.text.rpartition("\n-- \n")
    shown = re.sub(rf": {OURS}\S*", "", f"{written.subject} {body} {foot}").split()
    assert [word for word in Page(written.html).words if word != "·"] == shown


@given(_hostile, _hostile)
def test_a_subject_made_of_it_is_one_line(subject, name):
    assert len(letter(a_notification(subject=subject, name=name)).subject.splitlines()) == 1


def test_we_do_not_track_our_own():
    html = letter(a_notification(EventKind.CLICK, link="https://example.com/")).html
    assert not re.search(r"<img|src=|url\(|<link|@import", html)
    assert set(re.findall(r'href="([^"]*)"', html)) == {f"{OURS}/app/message?id={MESSAGE}", f"{OURS}/n/token"}
    assert "This mail is not tracked." in html


# Several things, and how sure


def test_what_comes_together_is_one_mail_about_each():
    ann, bob = (a_notification(name=name, email=f"{name.lower()}@example.com") for name in ("Ann", "Bob"))
    written = letter(ann, replace(bob, recipient=1))
    assert written.subject == "2 people opened “Offer for June”"
    assert "Ann opened “Offer for June”" in written.text and "Bob opened “Offer for June”" in written.text
    assert written.text.count("Open this message") == 1


def test_an_open_with_a_click_is_told_by_the_click():
    opened, clicked = a_notification(), a_notification(EventKind.CLICK, link="https://example.com/", at=SENT + 7201)
    assert letter(opened, clicked).subject == "Bob clicked a link in “Offer for June”"


def test_what_is_not_sure_is_said_to_be_so():
    unsure = a_notification(verdict=Verdict(VerdictKind.HUMAN, 0.6, ("browser", "network_hosting")))
    written = letter(unsure)
    assert written.subject == "Bob may have opened “Offer for June”"
    assert "60%. A person did this on their own device (possibly): the agent is an ordinary browser." in written.text
    assert "Against it: it came from the network of a hosting company." in written.text


def test_what_was_doubtful_for_a_while_says_when_it_became_sure():
    told = letter(a_notification(at=SENT + 30), zone="Europe/Berlin", decided_at=SENT + 630).text
    assert "16:13 (Europe/Berlin); it became sure at 16:23" in told
    assert "after you sent it" not in told


def test_two_of_one_name_are_told_apart_by_their_addresses():
    told = News(a_notification(), SENT, SENT, alike=True)
    written = notification_letters.told([told], "UTC", "en", {MESSAGE: OURS}, [], {})
    assert written.subject == "Bob <bob@example.com> opened “Offer for June”"


def test_a_namesake_in_the_same_mail_is_reason_enough_for_the_address():
    assert push(a_notification(namesake=True)).title == "Bob <bob@example.com> opened “Offer for June”"


def test_namesakes_who_share_a_copy_are_told_apart():
    bobs = (
        Recipient("bob@example.com", "Bob"),
        Recipient("bob@other.example", "bob"),
        Recipient("carol@example.com", "Carol"),
    )
    assert str(together(bobs)) == "Bob <bob@example.com>, bob <bob@other.example> and Carol"


def test_a_digest_tells_namesakes_apart_also_in_its_subject():
    def a_person(email: str) -> Person:
        return Person(email, "Bob", Approach.WRITE, "", SENT, say("at nine"), None, "")

    def a_digest(*people: Person) -> Letter:
        today = Today(SENT, SENT, "UTC", Counts(), (), people, 0, (), (), ())
        return notification_letters.digest(today, "en", "https://t.example/app/", (), {})

    assert "bob@" not in a_digest(a_person("bob@example.com")).text
    both = a_digest(a_person("bob@example.com"), a_person("bob@other.example"))
    assert both.subject == "Today: write to Bob <bob@example.com>"
    assert "Write to Bob <bob@other.example>" in both.text


def test_a_bounce_says_which_address():
    told = letter(a_notification(EventKind.BOUNCE, verdict=Verdict(VerdictKind.BOT, 0.97, ("bounce",)))).text
    assert re.search(r"^Address +bob@example\.com$", told, re.M) and "Check the address bob@example.com" in told


REMINDED = {
    "not_opened": "No sign that Bob has opened “Offer for June”",
    "no_reply": "Bob read “Offer for June” and has not replied",
    "cannot_know": "No reply from Bob to “Offer for June”",
}


@pytest.mark.parametrize(("state", "headline"), REMINDED.items())
def test_a_reminder_says_no_more_than_is_known(state, headline):
    written = letter(replace(a_notification(), kind=NotificationKind.REMINDER, note=state, since=SENT + 3600))
    assert written.subject == headline
    assert "How sure" not in written.text and "What is known" in written.text


def test_a_bounce_shows_the_address_and_the_servers_own_words():
    words = "550 5.1.1 User unknown <b>in</b> virtual mailbox table"
    told = letter(a_notification(EventKind.BOUNCE, verdict=Verdict(VerdictKind.BOT, 0.97, ("bounce", f"said_{words}"))))
    assert re.search(rf"^The mail server said +{re.escape(words)}$", told.text, re.MULTILINE)
    assert re.search(r"^Address +bob@example\.com$", told.text, re.MULTILINE)
    assert re.search(r"^How sure +97%\. It could not be delivered \(almost surely\)\.$", told.text, re.MULTILINE)
    assert "&lt;b&gt;in&lt;/b&gt;" in told.html and "<b>in" not in told.html
