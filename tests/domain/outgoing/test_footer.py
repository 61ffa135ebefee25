"""The line that says that a mail is tracked: in the language of the mail, and found again in every one of them."""

from html import escape

import pytest

from chalicelib.domain.outgoing import cleaning, footer
from chalicelib.domain.outgoing.footer import language_of
from chalicelib.domain.words.sentences import LANGUAGES
from tests.rewriting import changes, rewrite

HINDI, KANNADA = "<p>नमस्ते बॉब, यह रहा हमारा प्रस्ताव।</p>", "<p>ನಮಸ್ಕಾರ ಬಾಬ್, ಇದು ನಮ್ಮ ಪ್ರಸ್ತಾಪ.</p>"
PAGE = "https://t.example/p/x"


@pytest.mark.parametrize(
    ("html", "otherwise", "language"),
    [
        (HINDI, "en", "hi"),
        (KANNADA, "hi", "kn"),
        ("<p>Dear Bob</p>", "en", "en"),
        ("<p>Dear Bob</p>", "hi", "hi"),
        ("<p>Dear Bob, as we say: नमस्ते. Here is our offer.</p>", "en", "en"),
        ("", "kn", "kn"),
        ("<p>Добрый день</p>", "en", "en"),
    ],
)
def test_it_is_said_in_the_language_of_the_mail_else_in_the_senders(html, otherwise, language):
    assert language_of(html, otherwise) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_in_the_mail_and_goes_when_the_mail_is_quoted(language):
    done = rewrite(
        "<p>12345</p>", pixel_url="https://t.example/o/x", tracked_url=lambda *_: None, page_url=PAGE, language=language
    )
    line = done.html.partition("<p>12345</p>")[2].partition("<img")[0]
    assert line == footer.of_page(PAGE, language, read=True) and footer.stands_in(line)
    # Whether a program wrote its letters as they are, or by their numbers.
    for written in (line, line.encode("ascii", "xmlcharrefreplace").decode()):
        assert len(written) < cleaning._LONGEST_LINE and footer.stands_in(written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_text_says_it_of_its_links(language):
    text = "See https://example.com/x"
    changed = changes(text, lambda *_: "https://t.example/c/x", page_url=PAGE, language=language)
    assert changed.edits[-1].after.strip() == footer.of_text(PAGE, language)


def test_every_language_says_another_thing():
    assert len({footer.of_page(escape(PAGE), language, read=True) for language in LANGUAGES}) == len(LANGUAGES)
