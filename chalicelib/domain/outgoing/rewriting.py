"""Which links of a mail are tracked, and the mail with them and the pixel in it: every other character stays.

Tracked are http and https links of `a`, `area` and VML elements, those in Outlook's conditional comments too. Left alone
are links of the quoted part, to unsubscribe, with template marks or what destinations.py refuses, that show a URL or a
host as their text, our own, and those that the sender opts out: `<a data-unsealed="off" ...>` or `<a notrack ...>`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail.splicing import Edit, splice, unsplice
from chalicelib.domain.outgoing import destinations
from chalicelib.domain.outgoing.contents import Link, contents
from chalicelib.domain.outgoing.html import attributes, visible_text

MOST_LINKS = 1_000  # those after them stay as they are: one item holds a message with all its destinations

# What some words have in common stands before them and is sought first: few links hold it. One expression for all would
# take several times as long.
_TEMPLATE = (("{", ("{{", "{%")), ("[", ("[[",)), ("<", ("<%",)))
_UNSUBSCRIBE = (
    ("scri", ("unsubscri", "desinscri", "désinscri", "desuscri", "disiscri")),
    ("opt", ("optout", "opt-out", "opt_out", "opt out")),
    ("abonn", ("desabonn", "désabonn")),
    *((word, (word,)) for word in ("abbestell", "austragen", "uitschrijv", "afmeld")),
)
_HOST = re.compile(r"(?:[\w-]++\.)++(?:xn--[\w-]+|([^\W\d_]{2,24}))(?::[0-9]+)?(?:[/?#]\S*)?")
_FOOTER = (
    '<p style="font-size:12px;color:#667085">This mail tells its sender {}. '
    '<a href="{}" style="color:#667085">What is kept, and how to refuse</a></p>'
)
_AROUND = " <>()[]{}\"'“”„‘’‚«»‹›.,;:!?…→"
# Endings of file names that are no top-level domains: a link “offer.pdf” shows no host.
_FILES = frozenset(
    ["csv", "doc", "docx", "htm", "html", "ics", "js", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "txt"]
)
_FILES |= {"xls", "xlsx", "xml", "gif", "jpeg", "jpg", "json", "php", "png", "svg"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A mail with its pixel and tracked links, and how it came from the original.

    `links` are the destinations in the order of their position; the index of a link is its name. `edits` are in order.
    """

    html: str
    links: tuple[str, ...]
    edits: tuple[Edit[str], ...]


def nobodys(url: str) -> None:
    """Default for `own`: no URL is ours."""


def links(html: str, *, own: Callable[[str], str | None] = nobodys) -> tuple[str, ...]:
    """The destinations of the links that `rewrite` would track, in order of position."""
    return tuple(destination for _, destination in _tracked(contents(html).links, own))


def rewrite(
    html: str,
    *,
    pixel_url: str | None,
    tracked_url: Callable[[int, str], str | None],
    own: Callable[[str], str | None] = nobodys,
    trap_url: str | None = None,
    page_url: str | None = None,
) -> Rewritten:
    """The mail with its links tracked and its pixel added.

    `tracked_url` gives the URL that stands for a link, by its index and destination; where it gives None, the link
    stays. `own` answers for a URL whether it is ours: a tracked link's destination, "" for a pixel or anything else of
    ours, None if it is not. `trap_url` stands in a link without a word in it: no person sees it, a machine that
    follows everything follows it too. With `page_url`, a line before the pixel says that the mail is tracked, and leads
    there. In the quoted part our old pixels go and our old links become their destinations again: there, opening or
    following them would count for a mail that was read long ago.

    Never raises for any text, and takes time linear in its length.
    """
    found = contents(html)
    edits: list[Edit[str]] = []
    tracked = list(_tracked(found.links, own))
    for index, (link, destination) in enumerate(tracked):
        url = tracked_url(index, destination)
        if url is not None:
            edits.append(_edit(html, link, url))
    trap = "" if trap_url is None else f'<a href="{escape(trap_url)}" tabindex="-1" aria-hidden="true"></a>'
    told = "when it is read" if pixel_url else "which links are followed"
    footer = "" if page_url is None else _FOOTER.format(told, escape(page_url))
    pixel = "" if pixel_url is None else f'<img src="{escape(pixel_url)}" width="1" height="1" alt="">'
    if trap or footer or pixel:
        edits.append(Edit(found.end, found.end, "", trap + footer + pixel))
    for link in found.quoted_links:
        if once := own(link.url):
            edits.append(_edit(html, link, once))
    edits.extend(
        Edit(picture.start, picture.end, html[picture.start : picture.end], "")
        for picture in found.quoted_pictures
        if own(picture.url) == ""
    )
    edits.sort()
    return Rewritten(splice(html, edits), tuple(destination for _, destination in tracked), tuple(edits))


def undo(rewritten: Rewritten) -> str:
    """The mail as it was before."""
    return unsplice(rewritten.html, rewritten.edits)


def _edit(html: str, link: Link, url: str) -> Edit[str]:
    written = escape(url)
    start, end = link.start, link.end
    return Edit(start, end, html[start:end], written if link.quoted else f'"{written}"')


def _tracked(found: list[Link], own: Callable[[str], str | None]) -> Iterator[tuple[Link, str]]:
    """The links to be tracked, with their destinations."""
    count = 0
    for link in found:
        url = link.url
        if count == MOST_LINKS:
            return
        if url[:4].lower() != "http" or own(url) is not None or _left_alone(link):
            continue
        try:
            destination = destinations.check(url, "html")
        except BadInput:
            continue
        count += 1
        yield link, destination


def _left_alone(link: Link) -> bool:
    """Whether the sender, the reader or a scanner would mind that the link leads elsewhere than it says."""
    url = link.url
    if _holds(url, _TEMPLATE):
        return True
    tag = link.tag.lower()
    if "notrack" in tag or "data-unsealed" in tag:
        named = attributes(link.tag)
        if "notrack" in named or named.get("data-unsealed", "").lower() == "off":
            return True
    text = visible_text(link.inside)
    return _holds(f"{url} {text}".lower(), _UNSUBSCRIBE) or _is_address(text.lower())


def _holds(text: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    for common, alike in words:  # noqa: SIM110 - a generator takes twice as long, and this is done for each link
        if common in text and any(word in text for word in alike):
            return True
    return False


def _is_address(text: str) -> bool:
    """Whether a link shows its reader a URL or a host: where it then leads elsewhere, scanners suspect fraud.

    As MailScanner does: https://github.com/MailScanner/v5/issues/433.
    """
    if "." not in text and "/" not in text:
        return False
    text = text.strip(_AROUND)
    if text.startswith(("http://", "https://", "www.")):
        return True
    host = _HOST.fullmatch(text)
    return host is not None and host[1] not in _FILES
