"""What matters of an HTML mail: its links, those inside Outlook's conditional comments too, and where its own part ends."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.domain.outgoing import quotes
from chalicelib.domain.outgoing.html import Value, reader, tokens

_LINK_TAGS = ("a", "area", "v:*")
_OWN = reader("/a", "/v:*", "/body", "/html", *(tag + quotes.SIGN for tag in quotes.TAGS), href=_LINK_TAGS)
_QUOTED = reader("/a", "/v:*", href=_LINK_TAGS, src=["img"])
_CONDITION = re.compile(r"\[if[^\]>]*+\]>")


class Link(NamedTuple):
    """An `a`, `area` or VML element that has a `href`, and where its value stands; `tag` and `inside` are its HTML."""

    start: int
    end: int
    quoted: bool
    url: str
    tag: str
    inside: str


class Picture(NamedTuple):
    """An `img` element that has a `src`, and where its tag stands."""

    start: int
    end: int
    url: str


@dataclass(slots=True)
class Contents:
    """What was found in a mail, in order of position. What stands at `end` is the last thing that the sender wrote.

    `end` is where the quoted part begins, else where the body ends, else where the text does; a browser shows what is
    added there. `quoted_links` and `quoted_pictures` stand behind it.
    """

    end: int
    links: list[Link] = field(default_factory=list)
    quoted_links: list[Link] = field(default_factory=list)
    quoted_pictures: list[Picture] = field(default_factory=list)


def contents(html: str) -> Contents:
    """What a mail holds. Any text is a mail, however broken, and its time is linear in its length."""
    found = Contents(len(html))
    found.end, quoted = _collect(html, _OWN, 0, len(html), found.links, [])
    if quoted:
        _collect(html, _QUOTED, found.end, len(html), found.quoted_links, found.quoted_pictures)
    for links in (found.links, found.quoted_links):
        links.sort()  # by position: those in a comment inside a link were found before it
    return found


def _collect(
    html: str, names: re.Pattern[str], start: int, end: int, links: list[Link], pictures: list[Picture]
) -> tuple[int, bool]:
    """Adds the links and pictures between two positions, up to a mark of a quoted part.

    Answers where what the sender wrote there ends, and whether a mark does so.
    """
    body_end = page_end = -1
    opened: tuple[str, int, int, Value] | None = None  # its end tag, where its inside and its text begin, its href
    for name, at, inside, after, value, text_end in tokens(html, names, start, end):
        if name == "!--":
            condition = _CONDITION.match(html, inside, after)
            if condition and (close := html.rfind("<![endif", condition.end(), after)) >= 0:
                _collect(html, _QUOTED, condition.end(), close, links, pictures)
            continue
        quoted = name in quotes.TAGS and quotes.is_mark(name, html[inside : after - 1])
        if opened and (name == "a" or name == opened[0] or quoted or not name or (value and name != "img")):
            _, tag, text, href = opened
            links.append(Link(*href, html[tag : text - 1], html[text:at]))
            opened = None
        if quoted:
            return at, True
        if name == "img":
            if value:
                pictures.append(Picture(at, after, value[3]))
        elif value:
            if name == "area" or (name != "a" and html.startswith("/>", after - 2)):
                links.append(Link(*value, html[inside : after - 1], ""))
            elif text_end >= 0:
                links.append(Link(*value, html[inside : after - 1], html[after:text_end]))
            else:
                opened = "/" + name, inside, after, value
        elif name == "/body":
            body_end = at
        elif name == "/html":
            page_end = at
    return next(position for position in (body_end, page_end, at) if position >= 0), False
