"""The text that a reader sees of HTML: on the whole, and line by line."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from chalicelib.domain.outgoing.html import ATTRIBUTES, S, any_case, decoded

# What is unfinished goes on to the end here, too: else each try to find its end would go there and back.
_HIDDEN = rf"({any_case('script|style')})(?=[{S}/>]){ATTRIBUTES}>(?:[^<]++|<(?!/\1[{S}/>]))*+"
_MARKUP = re.compile(
    rf"<(?:!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))|{_HIDDEN}|/?[a-zA-Z][^{S}/>]*+{ATTRIBUTES}(?:>|\Z)"
    r"|[!?/][^>]*+(?:>|\Z))"
)
_TAG_NAME = re.compile(rf"<(/?)([a-zA-Z][^{S}/>]*+)")
_IN_LINE_NAMES = """
a abbr b bdi bdo big cite code del em font i img ins kbd label mark o:p q s samp small span strike strong sub sup td th time
tt u var wbr
"""
_IN_LINE = frozenset(_IN_LINE_NAMES.split())
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class Line(NamedTuple):
    """A line of text as a reader sees it, its white space drawn together, and where it stands."""

    start: int
    end: int
    text: str


def lines(html: str, start: int, end: int) -> Iterator[Line]:
    """The lines of text between two positions, none of them in a tag. Cells of a row are one line."""
    pieces: list[str] = []
    begun = position = start
    preformatted = False
    for found in chain(_MARKUP.finditer(html, start, end), [None]):
        at = found.start() if found else end
        text = html[position:at]
        if preformatted and "\n" in text:
            for each in text.splitlines(keepends=True):
                pieces.append(each)
                position += len(each)
                if each.endswith("\n"):
                    yield from _line(begun, position, pieces)
                    pieces, begun = [], position
        elif text:
            pieces.append(text)
        if found is None:
            break
        position = found.end()
        name = _TAG_NAME.match(html, found.start())
        called = name[2].lower() if name else ""
        if called == "pre" and name:
            preformatted = not name[1]
        if not name or called in _IN_LINE:
            pieces.append(" " if called in ("td", "th") else "")
            continue
        yield from _line(begun, at, pieces)
        pieces, begun = [], position
    yield from _line(begun, end, pieces)


def _line(start: int, end: int, pieces: list[str]) -> Iterator[Line]:
    text = decoded("".join(pieces))
    text = " ".join((text if text.isascii() else text.translate(_ZERO_WIDTH)).split())
    if text:
        yield Line(start, end, text)


def visible_text(html: str) -> str:
    """The text that a reader sees of a piece of HTML, in which no tag is cut: white space drawn together."""
    text = decoded(_MARKUP.sub("", html) if "<" in html else html)
    if not text.isascii():
        text = text.translate(_ZERO_WIDTH)
    return " ".join(text.split())
