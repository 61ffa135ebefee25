"""The links of a plain text. They show where they lead, so they are tracked only where the sender asks for it.

Left alone is what is left alone in HTML (rewriting.py), and every quoted line, which begins with `>`.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

from chalicelib.domain.outgoing import rewriting
from chalicelib.domain.outgoing.rewriting import MOST_LINKS, nobodys
from chalicelib.domain.outgoing.splicing import Edit, splice

_QUOTED_OR_URL = re.compile(r"^[ \t]{0,3}>.*$|https?://[^\s<>\"“”„«»]{1,8000}", re.IGNORECASE | re.MULTILINE)
_BEHIND = ".,;:!?…'’*_"  # ends the sentence, or the emphasis, and is not the link's


def links(text: str, *, own: Callable[[str], str | None] = nobodys) -> tuple[str, ...]:
    """The destinations of the links that `rewrite` would track, in order of position."""
    return tuple(destination for _, _, destination in _tracked(text, own))


def rewrite(text: str, tracked_url: Callable[[int], str], *, own: Callable[[str], str | None] = nobodys) -> str:
    """The text with `tracked_url` of its index in the place of each link. Never raises for any text."""
    found = enumerate(_tracked(text, own))
    return splice(text, [Edit(start, start + len(url), url, tracked_url(index)) for index, (start, url, _) in found])


def _tracked(text: str, own: Callable[[str], str | None]) -> Iterator[tuple[int, str, str]]:
    """Where a link that is to be tracked stands, as it stands there, and where it leads."""
    count = 0
    for found in _QUOTED_OR_URL.finditer(text):
        url = _whole(found[0])
        if url[:4].lower() != "http":
            continue
        for destination in rewriting.links(f'<a href="{escape(url)}">a link</a>', own=own):
            if count == MOST_LINKS:
                return
            count += 1
            yield found.start(), url, destination


def _whole(url: str) -> str:
    """The URL without what stands behind it: `(see https://en.wikipedia.org/wiki/Letter_(mail)).`"""
    while True:
        short = url.rstrip(_BEHIND)
        for opening, closing in ("()", "[]", "{}"):
            if short.endswith(closing) and short.count(closing) > short.count(opening):
                short = short[:-1]
        if short == url:
            return url
        url = short
