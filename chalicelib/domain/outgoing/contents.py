"""What matters of an HTML mail: its links, those inside Outlook's conditional comments too, and where its own part ends."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.domain.outgoing import quotes
from chalicelib.domain.outgoing.html import Token, Value, attributes, reader, tokens, value, value_of

_LINKS = reader("a", "area", "v:*", "/a", "/v:*", "/body", "/html")
_LINKS_AND_PICTURES = reader("a", "area", "v:*", "img", "/a", "/v:*")
_NO_TAG = reader()
_ANY_TAG = reader("*")
_CONDITION = re.compile(r"\[if[^\]>]*+\]>")
_HREF = value_of("href")
_SRC = value_of("src")


class Link(NamedTuple):
    """An `a`, `area` or VML element that has a `href`; `tag` and `inside` are its HTML."""

    href: Value
    tag: str
    inside: str


class Picture(NamedTuple):
    """An `img` element that has a `src`, and where its tag stands."""

    start: int
    end: int
    src: Value


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
    quote = _quote(html)
    if quote is None:
        found = Contents(len(html))
        found.end = _collect(html, _LINKS, 0, len(html), found.links, [])
    else:
        found = Contents(quote)
        _collect(html, _LINKS, 0, quote, found.links, [])
        _collect(html, _LINKS_AND_PICTURES, quote, len(html), found.quoted_links, found.quoted_pictures)
    for links in (found.links, found.quoted_links):
        links.sort(key=lambda link: link.href.start)  # those in a comment inside a link were found before it
    return found


def _quote(html: str) -> int | None:
    """Where the quoted part begins. Only tags that hold a sign of a mark are looked at."""
    start = 0
    for sign in quotes.signs(html):
        if sign <= start:
            continue
        *_, unfinished = tokens(html, _NO_TAG, start, sign)
        start = unfinished.start
        if start == sign:
            continue  # in the text
        around = tokens(html, _ANY_TAG, start, len(html))
        token = next(around)
        if not token.name:
            break  # what is unfinished goes on to the end
        if token.name != "!--" and quotes.is_mark(token.name, attributes(html[token.inside : token.end - 1])):
            return start
        start = next(around).start
    return None


def _collect(
    html: str, names: re.Pattern[str], start: int, end: int, links: list[Link], pictures: list[Picture]
) -> int:
    """Adds the links and pictures between two positions. Returns where the body ends there, else where the text does."""
    body_end = page_end = -1
    opened: tuple[Token, Value] | None = None
    for token in tokens(html, names, start, end):
        name = token.name
        if name == "!--":
            condition = _CONDITION.match(html, token.inside, token.end)
            if condition and (close := html.rfind("<![endif", condition.end(), token.end)) >= 0:
                _collect(html, names, condition.end(), close, links, pictures)
            continue
        vml = name[:2] == "v:"
        href = value(html, _HREF, token) if name == "a" or vml or name == "area" else None
        if opened and (href or name in ("", "a", "/" + opened[0].name)):
            tag, opened_href = opened
            links.append(Link(opened_href, html[tag.inside : tag.end - 1], html[tag.end : token.start]))
            opened = None
        if href and (name == "area" or (vml and html.startswith("/>", token.end - 2))):
            links.append(Link(href, html[token.inside : token.end - 1], ""))
        elif href:
            opened = token, href
        elif name == "img" and (src := value(html, _SRC, token)):
            pictures.append(Picture(token.start, token.end, src))
        elif name == "/body":
            body_end = token.start
        elif name == "/html":
            page_end = token.start
    return next(position for position in (body_end, page_end, token.start) if position >= 0)
