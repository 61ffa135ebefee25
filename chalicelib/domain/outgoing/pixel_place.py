"""Where the pixel stands in a long mail: Gmail shows the first 102 kB of one and loads nothing that comes behind.

https://github.com/sendgrid/docs/issues/6290 and what senders measure: it is the HTML that counts, as UTF-8, tags and all.
"""

import re
from collections.abc import Sequence
from functools import cache

from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing.html_reader import reader, tokens

CUT = 100_000  # bytes; Gmail's own count is not known to the byte

# Before the end of a cell, or behind the end of a block, whatever a browser shows may stand.
_NAMES = ("/td", "/p", "/div", "/table", "/ul", "/ol", "/h1", "/h2", "/h3", "/blockquote")


def before_the_cut(html: str, end: int, edits: Sequence[Edit[str]], above: int) -> int | None:
    """The last place up to `end` that Gmail still shows; None if there is none.

    `edits` are what changes of the HTML, `above` how many characters of other bodies are shown above it.
    """
    added = "".join([edit.after for edit in edits])
    most = 1 if html.isascii() and added.isascii() else 4  # bytes of a character
    if above + most * (end + len(added)) <= CUT:
        return end
    if above + len((html[:end] + added).encode("utf-8", "surrogatepass")) <= CUT:
        return end
    rest = iter(edits)
    edit = next(rest, None)
    size, at, place = above, 0, None
    for position in (*_places(html, end), end):
        while edit and edit.end <= position:
            size += len(edit.after.encode("utf-8", "surrogatepass")) - len(edit.before.encode("utf-8", "surrogatepass"))
            edit = next(rest, None)
        size += len(html[at:position].encode("utf-8", "surrogatepass"))
        at = position
        if size > CUT:
            break
        if edit is None or not edit.start < position < edit.end:
            place = position
    return place


def _places(html: str, end: int) -> list[int]:
    return [
        at if name == "/td" else after for name, at, _, after, _, _ in tokens(html, _ends(), 0, end) if name in _NAMES
    ]


@cache
def _ends() -> re.Pattern[str]:
    return reader(*_NAMES)  # not made before it is wanted: few mails are so long
