"""What an author wrote, without what is quoted and without the signature."""

import pytest

from chalicelib.domain.incoming.own_words import own_words, unquoted
from chalicelib.domain.incoming.received import Mail
from tests.mails import a_mail


@pytest.mark.parametrize(
    "quote",
    [
        "> until 10 October",
        "On Mon, 21 Sep 2026 at 16:13, Ann <ann@sender.example> wrote:\n> until 10 October",
        "On Mon, 21 Sep 2026 at 16:13, Ann\n<ann@sender.example> wrote:\n> until 10 October",
        "Am 21.09.2026 um 16:13 schrieb Ann:\n\n> until 10 October",
        "-----Original Message-----\nuntil 10 October",
        "________________________________\nuntil 10 October",
        "From: Ann <ann@sender.example>\nSent: Monday 16:13\nTo: Bob\nSubject: x\n\nuntil 10 October",
        "Von: Ann <ann@sender.example>\nGesendet: Montag 16:13\nAn: Bob\n\nuntil 10 October",
        "-- \nBob, until 10 October",
    ],
)
def test_a_quote_and_a_signature_are_none_of_them(quote):
    assert unquoted(f"I am away.\n\n{quote}\n") == "I am away."


def test_an_answer_below_its_quote_is_read():
    assert unquoted("> Are you there?\n\nI am away.") == "I am away."


def test_an_answer_between_its_quotes_is_read():
    text = "Hello,\nOn Mon, 21 Sep 2026 at 16:13, Ann <ann@sender.example> wrote:\n> Are you there?\n> Is\nEve?\n\nI am away."
    assert unquoted(text) == "Hello,\n\nI am away."


@pytest.mark.parametrize(
    "text",
    [
        "Meet at 16:30:\nthe hall\nNote: bring it\nAlso: come",
        "Hello,\n\nplease write to bob@client.example or call:\n+49 30 1234\n\nI am back on 7 September.",
        "Hello,\nBob <bob@client.example> writes for me, see:\nhttps://client.example/\n\nI am back on 7 September.",
        "Our hours\nMonday: 9:00 to 12:00\nTuesday: 9:00 to 17:00\nWednesday: closed\nI am back on 7 September.",
        "Hallo,\nab dem 7.9.2026 um 9:00 Uhr erreichen Sie mich unter:\n030 1234",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert unquoted(text) == text


def test_of_html_alone_the_words_are_read():
    page = (
        "<html><head><title>x</title><style>p {color: red}</style></head><body><p>I am&nbsp;away<br>until 10 October.</p>"
        "<div>Bob</div><blockquote>until 1 December</blockquote></body></html>"
    )
    assert own_words(Mail(a_mail(page))).split("\n") == ["I am away", "until 10 October.", "", "Bob"]


def test_a_mail_without_text_has_none():
    assert own_words(Mail(a_mail("", "application/pdf"))) == ""


def test_the_cells_of_a_row_stand_on_one_line():
    page = "<table><tr><td>Away until</td><td>7 September</td></tr><tr><td>Back</td></tr></table>"
    assert own_words(Mail(a_mail(page))).split("\n")[0].split() == ["Away", "until", "7", "September"]
