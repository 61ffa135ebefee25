"""The words that programs put above a mail that is answered or forwarded, in whatever language.

Either a line, or a few, that say who wrote it (attribution_lines.py). Or the fields of its header (header_blocks.py), with or
without a title above.
"""

import re
from collections.abc import Callable, Iterable

from chalicelib.domain.outgoing.attribution_lines import (
    MOST_LINES,
    begun,
    ends_in_colon,
    names_a_day,
    names_an_address,
)
from chalicelib.domain.outgoing.attribution_words import says_written
from chalicelib.domain.outgoing.header_blocks import MARGIN, Read, field, is_header
from chalicelib.domain.outgoing.html_text import Line

_GROUPWISE = re.compile(r">{2,} .{3,200} >{2,}")
_TITLE = re.compile(r"[-_—=*]{3,80}+\s?[^\s-].{1,200}?\s?[-_—=*]{3,80}|[-_—=]{20,200}")
_RULES = frozenset("-_—=*")  # with which a title begins
_BEGINNINGS = _RULES | frozenset(MARGIN)  # of lines that need no colon to be looked at


def first(
    lines: Iterable[Line], before: int, *, is_ruled: Callable[[int], bool], contains: Callable[[int], bool]
) -> int:
    """Where the first such words begin; -1 if there are none, or, maybe, if they do not begin before a position.

    `is_ruled` answers whether a rule or a border stands above a position, `contains` whether what comes behind one is set off
    as a quotation is.
    """
    read = Read(lines)
    number = -1
    while line := read.at(number := number + 1):
        if read.lines[max(number - MOST_LINES + 1, 0)].start >= before:
            return -1
        text = line.text
        named = ":" in text or "：" in text
        if not named and text[:1] not in _BEGINNINGS:
            continue
        text = text.lstrip(MARGIN)
        if not text:
            continue
        titled = text[0] in _RULES and _TITLE.fullmatch(text)
        if titled and (
            (names_a_day(text) and says_written(text))  # ---- On Mon, 2 Nov 2026 09:14:02 +0100 Bob <…> wrote ----
            or any(each and _may_head(each, text) for each in (read.at(number + 1), read.at(number + 2)))
        ):
            return line.start
        if line.text.startswith(">") and _GROUPWISE.fullmatch(line.text) and names_a_day(text):
            return line.start
        if not named:
            continue
        if (start := begun(read.lines, number, contains)) >= 0:
            return start
        if field(line) and is_header(read, number, is_ruled):
            above = read.lines[number - 1] if number else line
            return above.start if ends_in_colon(above.text) and len(above.text) < 60 else line.start
    return -1


def _may_head(line: Line, title: str) -> bool:
    """Whether a line below a title is a field's. Where the title has words, an address in the line will do."""
    return bool(field(line)) or (names_an_address(line.text) and any(map(str.isalpha, title)))
