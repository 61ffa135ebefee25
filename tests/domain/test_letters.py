"""Letters of our own: in text and in HTML the same, with no picture and no tracked link, and safe whatever stands in them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.domain.incoming.forwarding import Confirmation
from chalicelib.domain.letters import Letter, Part, alert_letter, asked_to_forward, code_letter, compose, trial_letter
from tests.makers import SENT

FRAME = {"html", "head", "meta", "title", "style", "body", "div", "p"}
ROWS = {"table", "tr", "td"}
LINK = "https://mail-settings.google.com/mail/vf-xyz"


def both(letter: Letter) -> tuple[str, str]:
    """What a reader sees of the text, and of the HTML's body: words with one space between them."""
    body = re.sub(r"<[^>]+>", " ", letter.html.partition("<body")[2].partition(">")[2])
    return " ".join(letter.text.split()), " ".join(unescape(body).split())


def tags(letter: Letter) -> set[str]:
    return set(re.findall(r"<([a-z]+)", letter.html))


def test_a_code_comes_with_when_and_why_in_both_forms_and_not_in_the_subject():
    for account, why in (("", "to sign in"), ("<b>@x.example", "to add this address to the account of <b>@x.example")):
        written = code_letter("1234 5678", account, SENT)
        for words in both(written):
            assert f"Somebody requested a code {why} on Monday, 21 September 2026, 14:13 (UTC)." in words
            assert "1234 5678" in words and "ignore this mail" in words
        assert "1234" not in written.subject
        assert tags(written) == FRAME


def test_a_code_that_confirms_says_what_a_token_alone_may_not_do():
    for words in both(code_letter("1234 5678", "ann@example.com", SENT, confirms=True)):
        assert "to delete your account, or to make an API token that outlasts" in words


@pytest.mark.parametrize("happened", Happened)
def test_an_alert_says_what_happened_when_by_the_accounts_clock_and_what_to_do(happened):
    written = alert_letter(Alert("", happened, "CRM", SENT), "Europe/Berlin")
    for words in both(written):
        assert written.subject in words and "CRM" in words and "16:13 (Europe/Berlin)" in words
        assert "revoke the API tokens that you do not know" in words


def test_gmails_question_is_passed_on_with_its_link_as_text():
    written = asked_to_forward(Confirmation("ann@gmail.com", "123456789", LINK, SENT))
    for words in both(written):
        assert "ann@gmail.com" in words and "123456789" in words and LINK in words
    assert "href" not in written.html, "nobody follows it by accident"


def test_of_gmails_question_what_it_did_not_say_has_no_row():
    written = asked_to_forward(Confirmation("ann@gmail.com", "", "", SENT))
    assert not re.search(r"^(Code|Link)\b", written.text, re.MULTILINE)


@pytest.mark.parametrize(("language", "letters"), [("hi", "[\u0900-\u097f]"), ("kn", "[\u0c80-\u0cff]")])
def test_a_letter_is_in_the_language_of_its_reader(language, letters):
    for written in (trial_letter(language), code_letter("1234 5678", "", SENT, language)):
        assert re.search(letters, written.subject) and re.search(letters, written.text)
        assert f'<html lang="{language}">' in written.html


@given(heading=st.text(), name=st.text(), told=st.text(), line=st.text())
def test_whatever_stands_in_a_letter_is_text_and_never_markup(heading, name, told, line):
    written = compose(heading, [Part(heading, [(name, told)], [line])], links=[("Mute", "https://t.example.com/n/1")])
    assert tags(written) <= FRAME | ROWS | {"strong", "a", "br"}
    assert set(re.findall(r'href="([^"]*)"', written.html)) == {"https://t.example.com/n/1"}
    assert not re.search(r"<img|src=|url\(|<link|@import", re.sub(r">[^<]*<", "><", written.html))
