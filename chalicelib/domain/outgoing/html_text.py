"""The text that a reader sees of HTML: on the whole, and line by line."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from chalicelib.domain.outgoing.html import ATTRIBUTES, USUAL, S, any_case, decoded, one_of

# What is unfinished goes on to the end here, too: else each try to find its end would go there and back.
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
_HIDDEN = rf"(?P<raw>{any_case('script|style')})(?=[{S}/>]){ATTRIBUTES}>(?:[^<]++|<(?!/(?P=raw)[{S}/>]))*+"
_NAME = rf"[a-zA-Z][^{S}/>]*+"
_MARKUP = re.compile(
    rf"<(?:/?+(?![sS])[a-zA-Z]++(?:{USUAL})*+>|{_COMMENT}|{_HIDDEN}|/?{_NAME}{ATTRIBUTES}(?:>|\Z)"
    r"|[!?/][^>]*+(?:>|\Z))"
)
_IN_LINE_NAMES = """
a abbr b bdi bdo big cite code del em font i img ins kbd label mark o:p q s samp small span strike strong sub sup td th time
tt u var wbr
"""


_IN_LINE_NAME = rf"(?:{one_of(_IN_LINE_NAMES.split())})(?![^{S}/>])"
_IN_LINE = rf"<(?:/?+{_IN_LINE_NAME}{ATTRIBUTES}>|(?![a-zA-Z/!?])|{_COMMENT}|(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z))"
# The tags that end most lines, as they are mostly written, and what stands between several of them.
_PLAIN_TAG = (
    rf"</?(?:{any_case('div|p|br|tr|table|tbody|blockquote|html|body|head|li|ul|hr')})(?=[{S}/>])"
    rf"(?:[^<>\"'=]*+=(?:\"[^\"]*+\"|'[^']*+'|[^{S}<>\"'=]++))*+[^<>\"'=]*+>"
)
# A line, and the tags that end it: one that is not in line, or not finished, and the plain ones behind that.
_LINE = re.compile(
    rf"((?:[^<]++|{_IN_LINE})*+)(?:<(?:{_HIDDEN}|(/?)(?:({any_case('pre')})(?![^{S}/>])|{_NAME}){ATTRIBUTES}(?:>|\Z))"
    rf"(?:[{S}]*+{_PLAIN_TAG})*+)?+"
)
_PREFORMATTED = re.compile(rf"(?:[^<\n]++|{_MARKUP.pattern}|<)*+(?:\n|\Z)")
_CELL = re.compile(rf"</?{any_case('t')}[dDhH](?![^{S}/>])")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class Line(NamedTuple):
    """A line of text as a reader sees it, its white space drawn together, and where it stands."""

    start: int
    end: int
    text: str


def lines(html: str, start: int, end: int) -> Iterator[Line]:
    """The lines of text between two positions, none of them in a tag. Cells of a row are one line."""
    return _read(html, _spans(html, start, end))


def last_lines(html: str, start: int, end: int, most: int) -> list[Line]:
    """The last so many of them."""
    found = list(islice(_read(html, reversed(list(_spans(html, start, end)))), most))
    return found[::-1]


def _spans(html: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where lines start and end, those too in which there is nothing to be seen."""
    preformatted = False
    for found in _LINE.finditer(html, start, end):
        begun, ended = found.span(1)
        if preformatted and html.find("\n", begun, ended) >= 0:
            for line in _PREFORMATTED.finditer(html, begun, ended):
                yield line.span()
        elif begun != ended:
            yield begun, ended
        if found[4]:
            preformatted = not found[3]


def _read(html: str, spans: Iterable[tuple[int, int]]) -> Iterator[Line]:
    for start, end in spans:
        text = html[start:end]
        if text.isspace():
            continue
        if "<" in text:
            text = _MARKUP.sub(_in_place_of if _CELL.search(text) else "", text)
        if text := _shown(text):
            yield Line(start, end, text)


def _in_place_of(markup: re.Match[str]) -> str:
    return " " if _CELL.match(markup[0]) else ""


def visible_text(html: str) -> str:
    """The text that a reader sees of a piece of HTML, in which no tag is cut: white space drawn together."""
    return _shown(_MARKUP.sub("", html) if "<" in html else html)


def _shown(text: str) -> str:
    if "&" in text:
        text = decoded(text)
    return " ".join((text if text.isascii() else text.translate(_ZERO_WIDTH)).split())
