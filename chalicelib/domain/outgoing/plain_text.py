"""The links of a plain text. They show where they lead, so they are tracked only where the sender wants it.

Left alone is what is left alone in HTML (left_alone.py). Quoted are lines that begin with `>`, and all below the words that
programs put above a mail that is answered or forwarded, unless such lines follow. A text that holds a patch
stays: it would no longer apply. What another mail of ours left behind goes in any case (cleaning.py).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from unicodedata import category

from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing import attributions, footer, rewriting
from chalicelib.domain.outgoing.attribution_lines import MOST_LINES, behind_margin, ends_in_colon
from chalicelib.domain.outgoing.cleaning import of_text
from chalicelib.domain.outgoing.html_text import Line
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.rewriting import MOST_LINKS
from chalicelib.domain.outgoing.written_urls import BEHIND, URL, whole
from chalicelib.domain.words.sentences import ENGLISH

_QUOTED_OR_URL = re.compile(rf"^[ \t]{{0,3}}>.*$|({URL.pattern})", re.IGNORECASE | re.MULTILINE)
_MARGIN = re.compile(r"(?:\r?\n[ \t]*+)++>")
_MOST_QUOTES = 50  # that are told apart from what stands between them
_LINE = re.compile(r"[^\r\n]++")
_PATCH = re.compile(r"^(?:diff --git |@@ -[0-9])", re.MULTILINE)
_NEAR = 200  # characters before a link, in which the word may stand that says what it is for


class Changes(NamedTuple):
    """What changes of a text, and where its tracked links lead, both in order of position."""

    links: tuple[str, ...]
    edits: tuple[Edit[str], ...]


class Text(NamedTuple):
    """A plain text as it was read, once for all its copies: what goes of another mail of ours, and which links can be tracked:
    where each stands, how it reads, and where it leads.
    """

    text: str
    cleaned: Mapping[int, Edit[str]]
    tracked: tuple[tuple[int, str, str], ...]

    @property
    def links(self) -> tuple[str, ...]:
        """The destinations of the tracked links, in order of position."""
        return tuple(destination for _, _, destination in self.tracked)


def read(text: str, *, links: bool = True, ours: Ours | None = None, delsp: bool = False) -> Text:
    """What `changed` needs to know of a text, without its links where those are not wanted. `ours` is as in rewriting.read;
    `delsp` is whether lines are put together without the space at their ends (RFC 3676, section 4).

    Never raises for any text, and takes time linear in its length.
    """
    cleaned = _cleaned(text, ours)
    return Text(text, cleaned, tuple(_tracked(text, ours, cleaned, delsp)) if links else ())


def changed(
    known: Text,
    tracked_url: Callable[[int, str], str | None] | None,
    *,
    page_url: str | None = None,
    language: str = ENGLISH,
) -> Changes:
    """What tracking changes of a text. `tracked_url`, `page_url` and `language` are as in rewriting.rewritten; without
    `tracked_url` no link is tracked. A text without a link to track says nothing of tracking.
    """
    text, edits = known.text, dict(known.cleaned)
    tracked = known.tracked if tracked_url else ()
    for index, (start, url, destination) in enumerate(tracked):
        tracked_by = tracked_url(index, destination) if tracked_url else None
        if tracked_by is not None:
            edits[start] = Edit(start, start + len(url), url, tracked_by)
    ordered = sorted(edits.values())
    if page_url is not None and tracked:
        newline = "\r\n" if "\r\n" in text else "\n"
        told = footer.of_text(page_url, footer.language_of(text, language))
        ordered.append(Edit(len(text), len(text), "", f"{newline}{newline}{told}{newline}"))
    return Changes(tuple(destination for _, _, destination in tracked), tuple(ordered))


def _cleaned(text: str, ours: Ours | None) -> dict[int, Edit[str]]:
    """What goes of another mail, by where it stands."""
    return {edit.start: edit for edit in of_text(text, ours)} if ours else {}


def _tracked(
    text: str, ours: Ours | None, cleaned: Mapping[int, Edit[str]], delsp: bool
) -> Iterator[tuple[int, str, str]]:
    """Where a link that is to be tracked stands, as it stands there, and where it leads."""
    count = behind = 0
    if _PATCH.search(text):
        return
    for start, url in _urls(text):
        said = text[max(behind, start - _NEAR) : start]
        behind = start + len(url)
        if not _is_sure(text, start, url, delsp) or (start in cleaned and cleaned[start].before != url):
            continue
        says = escape(text[behind : behind + _NEAR].partition("\n")[0])
        for destination in rewriting.links(f'<a href="{escape(url)}">a link {escape(said)}</a>{says}', ours=ours):
            if count == MOST_LINKS:
                return
            count += 1
            yield start, url, destination


def _urls(text: str) -> Iterator[tuple[int, str]]:
    """Where a URL stands that is not quoted, and how it reads."""
    for start, end in _own(text):
        for found in _QUOTED_OR_URL.finditer(text, start, end):
            if found[1]:
                yield found.start(), whole(found[1], text[found.start() - 1 : found.start()])


def _own(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are not quoted, but for lines with a margin."""
    lines = [Line(found.start(), found.end(), found[0].strip()) for found in _LINE.finditer(text)]
    first = start = 0
    for _ in range(_MOST_QUOTES):
        border = attributions.first(
            lines[first:],
            len(text),
            is_ruled=lambda _: False,
            contains=lambda end: _MARGIN.match(text, end) is not None,
        )
        yield start, len(text) if border < 0 else border
        if border < 0:
            return
        first = _behind_margin(text, lines, bisect_left(lines, border, key=lambda line: line.start))
        if first == len(lines):
            return
        start = lines[first].start


def _behind_margin(text: str, lines: list[Line], number: int) -> int:
    """The number of the line where what is quoted below a line ends, which is the end unless a margin tells."""
    if lines[number].text.endswith(">>"):  # GroupWise's own line, above what has no margin
        return len(lines)
    last = number
    while last < len(lines) and last - number < MOST_LINES and not lines[last].text.startswith(">"):
        if ends_in_colon(lines[last].text):
            last += 1
            break
        last += 1
    behind = behind_margin(lines, last, lambda one, other: text.count("\n", one.end, other.start) > 1)
    return len(lines) if behind == last else behind


def _is_sure(text: str, start: int, url: str, delsp: bool) -> bool:
    """Whether it is sure where a URL ends: not where it may go on in the next line, nor where words may stick to it.

    In angle brackets it may be broken (RFC 3986, appendix C). Writing without spaces puts words right behind it.
    """
    behind = text[start + len(url) : start + len(url) + 9].lstrip(BEHIND)
    if text[max(start - 5, 0) : start].upper().endswith(("<", "<URL:")) and behind[:1] in ("\r", "\n"):
        return False
    if delsp and behind[:1] == " " and behind[1:2] in ("\r", "\n"):
        return False
    return all(letter.isascii() or category(letter) in ("Ll", "Lu") for letter in url)
