"""The links of a plain text. They show where they lead, so they are tracked only where the sender wants it.

Left alone is what is left alone in HTML (rewriting.py). Quoted are lines that begin with `>`, and all below the line that
programs put above a mail that is answered or forwarded. A text that holds a patch stays: it would no longer apply.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple
from unicodedata import category

from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing import rewriting
from chalicelib.domain.outgoing.rewriting import MOST_LINKS, nobodys

_URL = re.compile(r"https?://[^\s<>\"“”„«»]{1,8000}", re.IGNORECASE)
_QUOTED_OR_URL = re.compile(rf"^[ \t]{{0,3}}>.*$|({_URL.pattern})", re.IGNORECASE | re.MULTILINE)
# `-----Original Message-----`, or a long line, and a field of the mail's header below it, in any language.
_ANOTHER_MAIL = re.compile(
    r"^(?:-{3,}+[ \t]?[^\s-][^\n]{2,60}?-{3,}+|_{20,}+)[ \t\r]*+\n(?:[ \t\r]*+\n)?[*]?[^\W\d_][^\n:]{1,30}:[ \t*\r\n]",
    re.MULTILINE,
)
_PATCH = re.compile(r"^(?:diff --git |@@ -[0-9])", re.MULTILINE)
_BEHIND = ".,;:!?…'’`*_。、，；：！？）】」』》"  # ends the sentence, or the emphasis, and is not the link's
_OPENING = {")": "(", "]": "[", "}": "{"}
_NEAR = 200  # characters before a link, in which the word may stand that says what it is for
_FOOTER = "This mail tells its sender when its links are followed. What is kept, and how to refuse: "


class Changes(NamedTuple):
    """What changes of a text, and where its tracked links lead, both in order of position."""

    links: tuple[str, ...]
    edits: tuple[Edit[str], ...]


def links(text: str, *, own: Callable[[str], str | None] = nobodys, delsp: bool = False) -> tuple[str, ...]:
    """The destinations of the links that are tracked in a text, in order of position. See `changes`."""
    return tuple(destination for _, _, destination in _tracked(text, own, delsp))


def changes(
    text: str,
    tracked_url: Callable[[int, str], str | None],
    *,
    own: Callable[[str], str | None] = nobodys,
    page_url: str | None = None,
    delsp: bool = False,
) -> Changes:
    """What tracking changes of a text. Never raises for any text, and takes time linear in its length.

    `tracked_url`, `own` and `page_url` are as in rewriting.rewrite: in what is quoted, our old links become their
    destinations again, and a text without a link to track says nothing of tracking. `delsp` is whether lines are put
    together without the space at their ends (RFC 3676, section 4).
    """
    tracked = list(_tracked(text, own, delsp))
    edits = [
        Edit(start, start + len(url), url, once) for quoted, start, url in _urls(text) if quoted and (once := own(url))
    ]
    for index, (start, url, destination) in enumerate(tracked):
        changed = tracked_url(index, destination)
        if changed is not None:
            edits.append(Edit(start, start + len(url), url, changed))
    edits.sort(key=lambda edit: edit.start)
    if page_url is not None and tracked:
        newline = "\r\n" if "\r\n" in text else "\n"
        edits.append(Edit(len(text), len(text), "", f"{newline}{newline}{_FOOTER}{page_url}{newline}"))
    return Changes(tuple(destination for _, _, destination in tracked), tuple(edits))


def _tracked(text: str, own: Callable[[str], str | None], delsp: bool) -> Iterator[tuple[int, str, str]]:
    """Where a link that is to be tracked stands, as it stands there, and where it leads."""
    count = behind = 0
    if _PATCH.search(text):
        return
    for quoted, start, url in _urls(text):
        said = text[max(behind, start - _NEAR) : start]
        behind = start + len(url)
        if quoted or not _is_sure(text, start, url, delsp):
            continue
        for destination in rewriting.links(f'<a href="{escape(url)}">a link {escape(said)}</a>', own=own):
            if count == MOST_LINKS:
                return
            count += 1
            yield start, url, destination


def _urls(text: str) -> Iterator[tuple[bool, int, str]]:
    """Whether a URL is quoted, where it stands, and how it reads."""
    border = _ANOTHER_MAIL.search(text)
    end = border.start() if border else len(text)
    for found in _QUOTED_OR_URL.finditer(text, 0, end):
        if found[1]:
            yield False, found.start(), _whole(found[1])
        else:
            yield from ((True, each.start(), _whole(each[0])) for each in _URL.finditer(text, *found.span()))
    yield from ((True, each.start(), _whole(each[0])) for each in _URL.finditer(text, end))


def _whole(url: str) -> str:
    """The URL without what stands behind it: `(see https://en.wikipedia.org/wiki/Letter_(mail)).`"""
    more = {closing: url.count(closing) - url.count(opening) for closing, opening in _OPENING.items()}
    end = len(url)
    while url[end - 1] in _BEHIND or more.get(url[end - 1], 0) > 0:
        end -= 1
        if url[end] in more:
            more[url[end]] -= 1
    return url[:end]


def _is_sure(text: str, start: int, url: str, delsp: bool) -> bool:
    """Whether it is sure where a URL ends: not where it may go on in the next line, nor where words may stick to it.

    In angle brackets it may be broken (RFC 3986, appendix C). Writing without spaces puts words right behind it.
    """
    behind = text[start + len(url) : start + len(url) + 9].lstrip(_BEHIND)
    if text[max(start - 5, 0) : start].upper().endswith(("<", "<URL:")) and behind[:1] in ("\r", "\n"):
        return False
    if delsp and behind[:1] == " " and behind[1:2] in ("\r", "\n"):
        return False
    return all(letter.isascii() or category(letter) in ("Ll", "Lu") for letter in url)
