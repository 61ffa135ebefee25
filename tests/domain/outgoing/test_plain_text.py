"""Links in plain text: found as a reader would, and nothing else of the text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing.plain_text import links, rewrite


def tracked(index: int) -> str:
    return f"https://t.example/c/{index}"


def own(url: str) -> str | None:
    return "" if url.startswith("https://ours.example/") else None


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


@given(st.lists(st.sampled_from(["https://x.example/a", "> ", "\n", ")", "(", ".", " ", "https://", "é"])).map("".join))
def test_putting_what_stood_there_back_gives_the_text_back(text):
    count = len(links(text))
    changed = rewrite(text, lambda index: f"\0{index}\0")
    assert changed.count("\0") == 2 * count and (changed == text) == (count == 0)
