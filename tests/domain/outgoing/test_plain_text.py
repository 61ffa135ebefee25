"""Links in plain text: found as a reader would, and nothing else of the text changes."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import splice, unsplice
from chalicelib.domain.outgoing.plain_text import changes, links

ONE = "https://t.example/c/0"


def tracked(index: int, destination: str = "") -> str:
    return f"https://t.example/c/{index}"


def own(url: str) -> str | None:
    if url.startswith("https://ours.example/c/"):
        return "https://example.com/before"
    return "" if url.startswith("https://ours.example/") else None


def rewrite(text: str, tracked_url: Callable[[int, str], str | None], **how: Any) -> str:
    return splice(text, changes(text, tracked_url, **how).edits)


def stays(text: str) -> bool:
    return rewrite(text, tracked, own=own) == text and links(text, own=own) == ()


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
        ("https://ours.example/c/1", None),
        ("no link: https:// www.example.com", None),
    ],
)
def test_a_link_is_what_a_reader_takes_for_one(text, expected):
    assert rewrite(text, tracked, own=own) == (text if expected is None else expected)


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
    text = f"https://example.com/mine\n{border}https://example.com/theirs https://ours.example/c/1\n"
    changed = rewrite(text, tracked, own=own)
    assert changed == f"{ONE}\n{border}https://example.com/theirs https://example.com/before\n"


def test_a_line_of_dashes_alone_quotes_nothing():
    assert (
        len(links("https://a.example/\n----------\nOur offer: https://b.example/\n--- News ---\nhttps://c.example/\n"))
        == 3
    )


def test_in_what_is_quoted_our_old_links_lead_where_they_led_again():
    text = "https://ours.example/c/1\n> see https://ours.example/c/1, https://ours.example/o/1 https://example.com/\n"
    changed = changes(text, tracked, own=own)
    assert changed.links == ()
    after = (
        "https://ours.example/c/1\n> see https://example.com/before, https://ours.example/o/1 https://example.com/\n"
    )
    assert splice(text, changed.edits) == after and unsplice(after, changed.edits) == text


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
    "https://ours.example/c/1",
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
    found = changes(text, tracked, own=own, page_url="https://ours.example/p/1", delsp=delsp)
    changed = splice(text, found.edits)
    assert unsplice(changed, found.edits) == text
    assert found.links == links(text, own=own, delsp=delsp)
    assert changed.count("https://t.example/c/") == len(found.links)
