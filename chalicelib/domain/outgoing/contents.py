"""What matters of an HTML mail: its links, those inside Outlook's conditional comments too, and where its own part ends."""

import re
from functools import cache
from typing import NamedTuple

from chalicelib.domain.outgoing import quotes
from chalicelib.domain.outgoing.html import any_case
from chalicelib.domain.outgoing.html_reader import Value, reader, tokens

_LINK_TAGS = ("a", "area", "v:*")
_OWN = reader("/a", "/v:*", "/body", "/html", "blockquote", links=_LINK_TAGS, having=(quotes.NAMED, quotes.SIGN))
_CONDITIONAL = reader("/a", "/v:*", links=_LINK_TAGS)
_NOTHING_MORE = re.compile(rf"\s*+(?:</{any_case('html')}>\s*+)?+")  # so nearly every page ends
_CONDITION = re.compile(r"\[if[^\]>]*+\]>")


Link = tuple[int, int, bool, str, str, str, int]
"""An `a`, `area` or VML element that has a `href`: its value (html_reader.Value), then the HTML of its tag behind the name,
what stands in the element, and where that ends. A plain tuple, for a newsletter has many.
"""


class Contents(NamedTuple):
    """What was found in a mail, in order of position. What stands at `end` is the last thing that the sender wrote.

    `end` is where the quoted part begins, else where the body ends, else where the text does; a browser shows what is
    added there. The `links` stand before it, but for those that are seen at once to lead to no web page.
    """

    end: int
    links: list[Link]


def contents(html: str) -> Contents:
    """What a mail holds. Any text is a mail, however broken, and its time is linear in its length."""
    links: list[Link] = []
    said = quotes.may_be_said(html)
    if said and not quotes.has_usual_sign(html):  # then words tell, if anything does: only what they leave is read
        end, _ = _collect(html, _OWN, 0, quotes.start_of_words(html, len(html)), links)
    else:
        end, quoted = _collect(html, _OWN, 0, len(html), links)
        border = end if quoted else len(html)
        words = quotes.start_of_words(html, border) if said else border
        if words < border:  # what comes behind them is no part of it, whatever it seemed to be
            links.clear()
            end, _ = _collect(html, _OWN, 0, words, links)
    links.sort()  # by position: those in a comment inside a link were found before it
    return Contents(end, links)


def _collect(html: str, names: re.Pattern[str], start: int, end: int, links: list[Link]) -> tuple[int, bool]:
    """Adds the links between two positions, up to a quote sign.

    Answers where what the sender wrote there ends, and whether a quote sign ends it.
    """
    body_end = page_end = -1
    opened: tuple[str, int, int, Value] | None = None  # its end tag, where its inside and its text begin, its href
    for name, at, inside, after, value, text_end in tokens(html, names, start, end):
        if name == "!--":
            if "href" in html[inside:after].lower() and (condition := _CONDITION.match(html, inside, after)):
                close = html.rfind("<![endif", condition.end(), after)
                _collect(html, _CONDITIONAL, condition.end(), max(close, condition.end()), links)
            continue
        quoted = value is None and name in quotes.TAGS and quotes.is_quote_sign(html, name, at, inside, after)
        if opened and (value or name == "a" or name == opened[0] or quoted or not name):
            _, tag, text, href = opened
            stop = _first_link(html, text, at)
            links.append((*href, html[tag : text - 1], html[text:stop], stop))
            opened = None
        if value:
            if name == "area" or (name != "a" and html.startswith("/>", after - 2)):
                links.append((*value, html[inside : after - 1], "", after))
            elif text_end >= 0:
                links.append((*value, html[inside : after - 1], html[after:text_end], text_end))
            else:
                opened = "/" + name, inside, after, value
        elif quoted:
            return at, True
        elif name == "/body":
            body_end = at
            if not opened and _NOTHING_MORE.fullmatch(html, after, end):
                break
        elif name == "/html":
            page_end = at
    return (body_end if body_end >= 0 else page_end if page_end >= 0 else at), False


def _first_link(html: str, start: int, end: int) -> int:
    """Where a link begins that was passed over, for it leads to no web page: it still ends what the one before it holds.

    The end if there is none.
    """
    inside = html[start:end]
    if "<a" not in inside and "<A" not in inside:
        return end
    return next(at for name, at, *_ in tokens(html, _every_link(), start, end) if name in ("a", ""))


@cache
def _every_link() -> re.Pattern[str]:
    return reader("a")
