"""Links in plain text: found as a reader would, and nothing else of the text changes."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import splice
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.plain_text import read
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.rewriting import changes, unsplice

ONE = "https://t.example/c/0"


def tracked(index: int, destination: str = "") -> str:
    return f"https://t.example/c/{index}"


OURS = Ours("https://ours.example", (b"secret",))
ID = "019a3d5c00007000800000000000beef"
OLD = "https://ours.example/c/" + mint(Claim(TokenKind.LINK, ID, 0, 1, 0, "https://example.com/before"), OURS.secrets)
OLD_PIXEL = "https://ours.example/o/" + mint(Claim(TokenKind.PIXEL, ID, 0, 1), OURS.secrets)


def links(text: str, **how: Any) -> tuple[str, ...]:
    return read(text, **how).links


def rewrite(text: str, tracked_url: Callable[[int, str], str | None], **how: Any) -> str:
    return splice(text, changes(text, tracked_url, **how).edits)


def stays(text: str) -> bool:
    return rewrite(text, tracked, ours=OURS) == text and links(text, ours=OURS) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.com/a?b=1&c=2#d.", "See https://t.example/c/0."),
        ("(see https://en.wikipedia.org/wiki/Letter_(mail)).", "(see https://t.example/c/0)."),
        ("<https://example.com/>, HTTPS://EXAMPLE.COM/x!", "<https://t.example/c/0>, https://t.example/c/1!"),
        (
            "> https://example.com/theirs\nhttps://example.com/mine",
            "> https://example.com/theirs\nhttps://t.example/c/0",
        ),
        ("https://example.com/unsubscribe https://{{host}}/ mailto:a@b.example ftp://x.example", None),
        ("https://ours.example/help", None),
        ("no link: https:// www.example.com", None),
    ],
)
def test_a_link_is_what_a_reader_takes_for_one(text, expected):
    assert rewrite(text, tracked, ours=OURS) == (text if expected is None else expected)


def test_the_destination_is_the_link_byte_for_byte():
    assert links("a https://example.com/?next=https%3A%2F%2Fx.example%2F&amp=1, b") == (
        "https://example.com/?next=https%3A%2F%2Fx.example%2F&amp=1",
    )


@pytest.mark.parametrize(
    "text",
    [
        "To unsubscribe:\nhttps://example.com/u/1",
        "Sie möchten sich\r\nabmelden? Newsletter abbestellen: https://example.com/u/1",
        "<https://example.com/a/very/\r\nlong/one>",
        "<URL:https://example.com/a/very/\n  long/one>",
        "看https://example.com/offer谢谢",
        "https://example.com/a👍",
        "diff --git a/x b/x\n+see https://example.com/",
        "@@ -1,2 +1,2 @@\n-https://example.com/\n",
    ],
)
def test_what_is_not_sure_to_be_the_senders_own_link_stays(text):
    assert stays(text)


def test_a_word_of_refusal_before_one_link_is_not_said_of_the_next():
    text = "Unsubscribe: https://example.com/u/1\nOur offer: https://example.com/offer"
    assert links(text) == ("https://example.com/offer",)


@pytest.mark.parametrize(
    "text", ["请看 https://example.com/offer。", "（https://example.com/offer）", "`https://example.com/offer`"]
)
def test_punctuation_of_any_script_is_not_the_links(text):
    assert links(text) == ("https://example.com/offer",)


@pytest.mark.parametrize(
    "border",
    [
        "-----Original Message-----\r\nFrom: Bob <bob@example.com>\r\n",
        "-------- Original-Nachricht --------\nBetreff: \tAngebot\n",
        "---------- Forwarded message ---------\nVon: *Bob* <bob@example.com>\n",
        "________________________________\r\nDe : Bob\r\nEnvoyé : lundi\r\n",
        "---------- Weitergeleitete Nachricht ----------\n\nVon: Bob\n",
    ],
)
def test_what_stands_below_the_line_above_another_mail_is_quoted(border):
    text = f"https://example.com/mine\n{border}https://example.com/theirs {OLD}\n"
    changed = rewrite(text, tracked, ours=OURS)
    assert changed == f"{ONE}\n{border}https://example.com/theirs https://example.com/before\n"


@pytest.mark.parametrize(
    "border",
    [
        "On Mon, Nov 2, 2026 at 9:14 AM Bob Brown\n<bob@example.com> wrote:\n\n",
        "2026年11月2日(月) 9:14 Bob Brown <bob@example.com>:\n\n",
        "From: Bob Brown <bob@example.com>\nSent: Monday, November 2, 2026 9:14 AM\nTo: Ann\nSubject: Offer\n\n",
        "Von: Bob <bob@example.com>\nGesendet: Montag, 2. November 2026 09:14\nAn: Ann\nBetreff: Angebot\n\n",
        "Begin forwarded message:\n\nFrom: Bob <bob@example.com>\nDate: 2 November 2026 at 09:14:02 CET\nTo: Ann\n\n",
        ">>> Bob Brown <bob@example.com> 11/2/2026 9:14 AM >>>\n",
    ],
)
def test_a_line_with_a_colon_above_the_words_that_head_a_quote_is_the_senders(border):
    assert links(f"My answer: https://example.com/mine\n\n{border}https://example.com/theirs\n") == (
        "https://example.com/mine",
    )


@pytest.mark.parametrize(
    "own",
    [
        "From: Berlin\nTo: Paris\nSubject: our trip",
        "##- Please type your reply above this line -##",
        "On Tuesday it suits me. As I wrote:",
        "On Tuesday I can come.\nEve wrote:",
        "From: the station it is five minutes.",
    ],
)
def test_what_names_no_address_and_no_day_heads_no_quote(own):
    assert links(f"{own}\n\nhttps://mine.example/a") == ("https://mine.example/a",)


def test_between_quotes_with_a_margin_an_answer_is_the_senders():
    text = (
        "On Mon, 2 Nov 2026 at 09:14, Bob <bob@example.com> wrote:\n\n> Where? https://theirs.example/1\n> See\n"
        "https://theirs.example/broken-off\n\nHere: https://mine.example/1\n\n> And when?\n\nOn Monday: https://mine.example/2\n"
    )
    assert links(text) == ("https://mine.example/1", "https://mine.example/2")
    below = "\n-----Original Message-----\nFrom: Eve <eve@example.com>\n\nhttps://theirs.example/2\n"
    assert links(text + below) == ("https://mine.example/1", "https://mine.example/2")


def test_a_line_of_dashes_alone_quotes_nothing():
    assert (
        len(links("https://a.example/\n----------\nOur offer: https://b.example/\n--- News ---\nhttps://c.example/\n"))
        == 3
    )


def test_our_old_links_lead_where_they_led_again_wherever_they_stand():
    text = f"{OLD}\n> see {OLD}, [{OLD_PIXEL}] https://example.com/\n"
    changed = changes(text, tracked, ours=OURS)
    assert changed.links == ("https://example.com/before",)
    after = f"{ONE}\n> see https://example.com/before,  https://example.com/\n"
    assert splice(text, changed.edits) == after and unsplice(after, changed.edits) == text
    untracked = splice(text, changes(text, None, ours=OURS).edits)
    assert untracked == after.replace(ONE, "https://example.com/before")


@pytest.mark.parametrize("width", [30, 60, 72])
def test_an_old_link_that_quoted_lines_broke_is_put_together(width):
    lines = [OLD[start : start + width] for start in range(0, len(OLD), width)]
    text = "> See " + "\n> ".join(lines) + "\n> for more.\n"
    assert splice(text, changes(text, tracked, ours=OURS).edits) == "> See https://example.com/before\n> for more.\n"


@pytest.mark.parametrize(
    "above",
    [
        "On Mon, 2 Nov 2026 at 09:14, Bob Brown\n<bob@example.com> wrote:\n",
        "Am 02.11.2026 um 09:14 schrieb Bob Brown:\n",
        "02.11.2026, 09:14, Bob <bob@example.com>:\n",
        "From: Bob Brown\nSent: Monday, November 2, 2026 9:14 AM\nTo: Ann\nSubject: RE: The offer\n",
        "---- On Mon, 02 Nov 2026 09:14:02 +0100 Bob Brown <bob@example.com> wrote ----\n",
        "Subject: Offer\nFrom: bob@example.com\nTo: ann@sender.example\nDate: Mon, 2 Nov 2026 07:45:36 +0000\n",
        ">>> Bob Brown <bob@example.com> 11/2/2026 9:14 AM >>>\n",
        "Den mån 2 nov. 2026 kl 09:14 skrev Bob Brown <\nbob@example.com>:\n",
        "2026/11/02 9:14、Bob Brown <bob@example.com>のメール:\n",
        "Bob Brown <bob@example.com> writes:\n",
        "Begin forwarded message:\n\nFrom: Bob <bob@example.com>\nSubject: The offer\nDate: 2 November 2026 at 09:14 CET\n",
        "Von: Bob Brown <bob@example.com>\nDatum: 02.11.2026\nBetreff: Angebot\n",
        "Le lun. 2 nov. 2026 à 09:14, Danielle Lavalle <bob@example.com> a écrit\u00a0:\n",
        "El lun, 2 nov 2026 a las 9:14, Bob Brown (<bob@example.com>) escribió:\n",
        "Op ma 2 nov 2026 om 09:14 schreef Bob Brown <bob@example.com>:\n",
        "pon., 2 lis 2026 o 09:14 Bob Brown <bob@example.com> napisał(a):\n",
        "po 2. 11. 2026 v 9:14 odesílatel Bob Brown <bob@example.com> napsal:\n",
    ],
)
def test_a_quotation_without_a_margin_is_known_by_the_words_above_it(above):
    text = f"https://example.com/mine\n\n{above}\nhttps://example.com/theirs\n"
    assert links(text) == ("https://example.com/mine",)


def test_an_underscore_at_the_end_is_the_links_unless_it_is_emphasis():
    assert links("See https://example.com/file_ and _https://example.com/file_.") == (
        "https://example.com/file_",
        "https://example.com/file",
    )


def test_a_line_that_goes_on_in_the_next_may_break_a_link_only_where_its_space_is_dropped():
    text = "See https://example.com/a/very/ \r\nlong/one and https://example.com/b \r\nand https://example.com/c\r\n"
    assert links(text) == ("https://example.com/a/very/", "https://example.com/b", "https://example.com/c")
    assert links(text, delsp=True) == ("https://example.com/c",)


def test_the_footer_stands_at_the_end_in_lines_of_its_own():
    text = "https://example.com/\r\n"
    changed = rewrite(text, tracked, page_url="https://t.example/p/1")
    assert changed.startswith(f"{ONE}\r\n\r\n\r\nThis mail tells its sender")
    assert changed.endswith("https://t.example/p/1\r\n")
    assert rewrite("No link.", tracked, page_url="https://t.example/p/1") == "No link."


@given(st.lists(st.sampled_from(["https://x.example/a", "> ", "\n", ")", "(", ".", " ", "https://", "é"])).map("".join))
def test_putting_what_stood_there_back_gives_the_text_back(text):
    count = len(links(text))
    changed = rewrite(text, lambda index, _: f"\0{index}\0")
    assert changed.count("\0") == 2 * count and (changed == text) == (count == 0)


_pieces = [
    "https://x.example/a",
    OLD,
    "> ",
    "\n",
    "<",
    " \r\n",
    "---- a ----\n",
    "From: ",
    "é",
    "谢",
]


@given(st.text() | st.lists(st.sampled_from(_pieces)).map("".join), st.booleans())
def test_undoing_gives_any_text_back(text, delsp):
    found = changes(text, tracked, ours=OURS, page_url="https://ours.example/p/1", delsp=delsp)
    changed = splice(text, found.edits)
    assert unsplice(changed, found.edits) == text
    assert found.links == links(text, ours=OURS, delsp=delsp)
    assert changed.count("https://t.example/c/") == len(found.links)
