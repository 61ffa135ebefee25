"""What a standards parser sees of a mail before and after it was rewritten, and whether that is what should have happened.

Written apart from the product: from a tree (html5lib), with urllib.parse, and with the rules said again in other words.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit

import html5lib

from chalicelib.domain.outgoing import top_level_domains
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.rewriting import Rewritten, links
from tests.rewriting import rewrite, undo

TRACKING = "https://t.tracking.example/"
OURS = Ours(TRACKING.rstrip("/"), (b"a secret",))
PIXEL = TRACKING + "o/token"

_CONDITIONAL = re.compile(r"\[if[^\]>]*\]>(.*)<!\[endif", re.DOTALL)
_QUOTE_NAMES = {"gmail_quote", "gmail_quote_container", "moz-cite-prefix", "moz-forward-container"}
_QUOTE_NAMES |= {
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "gmail_extra",
    "gmail_attr",
    "moz-email-headers-table",
}
_QUOTE_NAMES |= {"zmail_extra_hr", "OutlookMessageHeader", "replyBody", "tutanota_quote"}
_QUOTE_IDS = {"appendonsend", "divRplyFwdMsg", "mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION"}
_UNSUBSCRIBE = re.compile(
    "un-?subscri|(?<![a-z])opt(ing|ed)?[-_ +.]?out(?!door|look|line|side|let|fit|put|rage|reach|come|back)|abbestell"
    "|austragen|d[eé]sabonn|d[eé]sinscri|desuscri|disiscri|uitschrij|afmeld|list-manage.com/unsub|remove (me|yourself)"
    "|(no longer( wish to)?|not (wish|want) to|prefer not to) receive|stop receiv|mailing list removal|e-?mail preferences"
    "|(dar|darse|darme|date) de baja",
    re.IGNORECASE,
)
_NOT_HOSTS = "csv doc docx gif htm html ics jpeg jpg js json odp ods odt pdf php png ppt pptx rtf svg txt xls xlsx xml"
_NOT_HOSTS += " zip mov mp4 mp3 ts go db gz rb py md sh ps"
# What stands above a mail that is quoted: where it may, what comes behind may be tracked or not.
_ABOVE = re.compile(r"\d ?[:.h]\d\d.*:\s|(:\s.*){3}", re.DOTALL)
_MERGE = re.compile(
    r"[{<\[][{%<\[]|\*\||%%|##|@@|\$\$|\|\||~~|!!|\^\^|[«»]|[{<]\W*[a-z_]|(?<![\w%\]/])\[[a-z_%*]|%\w?[^0-9a-f]|%\w+%(?![0-9a-f]{2})"
    r"|(?<=[^/])/\[[a-z_%*]|@[A-Z_]+@",
    re.IGNORECASE,
)


@dataclass
class Seen:
    """One thing of interest in the tree, in document order."""

    kind: str  # link, pixel, frameset
    attributes: dict[str, str]
    text: str
    quoted: bool
    around: str = ""
    doubtful: bool = False  # words stand above that programs put above a quoted mail


def tracked_url(index: int, destination: str) -> str:
    return f"{TRACKING}c/{index}"


def rewritten(html: str, tracked: Callable[[int, str], str] = tracked_url) -> Rewritten:
    return rewrite(html, pixel_url=PIXEL, tracked_url=tracked, ours=OURS)


def faults(html: str) -> list[str]:
    """What is wrong with the rewriting of a mail: nothing, if the list is empty."""
    changed = rewritten(html)
    found = tree_faults(html, changed.html, changed.links)
    if undo(changed) != html:
        found.append("undoing does not give the original back")
    if links(html, ours=OURS) != changed.links:
        found.append("links() and rewrite() differ")
    return found


def tree_faults(html: str, changed: str, destinations: Sequence[str], pixel: bool = True) -> list[str]:
    """What a standards parser sees that it should not, where these destinations are said to be tracked.

    `pixel` is whether there is one: of several bodies only one has it.
    """
    before = [thing for thing in _seen(html) if thing.kind == "link"]
    everything = _seen(changed)
    after = [thing for thing in everything if thing.kind == "link"]
    if len(after) > len(before):  # a parser repeats an unclosed link behind its place, around the pixel too
        after = [thing for thing in after if thing.text != PIXEL]
    found = []
    if len(before) != len(after):
        return [f"{len(before)} links became {len(after)}"]
    for old, whole, new in zip(before, _wholes(before), after, strict=True):
        href, now = old.attributes["href"], new.attributes["href"]
        right = {should_be_tracked(old), should_be_tracked(whole)}
        if old.doubtful or (len(old.text) <= 24 and _UNSUBSCRIBE.search(old.around)):
            right.add(False)
        is_tracked = now.startswith(TRACKING + "c/") and now != href
        if is_tracked not in right:
            found.append(f"{href!r} should {'not ' if is_tracked else ''}have been tracked")
        elif is_tracked and destinations[int(now.removeprefix(TRACKING + "c/"))] != as_requested(href):
            found.append(f"{href!r} leads elsewhere")
        elif not is_tracked and now != href:
            found.append(f"{href!r} was changed")
    pixels = [thing for thing in everything if thing.kind == "pixel"]
    wanted = {"src": PIXEL, "width": "1", "height": "1", "alt": ""}
    if any(thing.kind == "frameset" for thing in everything):
        return found  # such a page has no body: nothing can be shown in it
    if [each.attributes for each in pixels] != [wanted] * pixel:
        found.append(f"the pixel is seen {len(pixels)} times")
    elif pixel and pixels[0].quoted:
        found.append("the pixel stands in the quoted part")
    return found


def _wholes(links: list[Seen]) -> list[Seen]:
    """Each link with the text of those before and behind it that are its like, in the place of the first one.

    Where a link is not closed, a parser repeats it in the elements that follow, with a part of its text in each.
    """
    wholes: list[Seen] = []
    for _, alike in groupby(links, key=lambda link: link.attributes):
        pieces = list(alike)
        whole = replace(pieces[0], text=" ".join(piece.text for piece in pieces))
        wholes += [whole] * len(pieces)
    return wholes


def _seen(html: str) -> list[Seen]:
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found: list[Seen] = []
    _walk(tree, found, False)
    return found


def _walk(tree: Any, found: list[Seen], quoted: bool) -> None:
    parents = {child: element for element in tree.iter() for child in element}
    above: list[str] = []
    doubtful = False
    for element in tree.iter():
        above.append(f"{element.text or ''} ")
        if not isinstance(element.tag, str):
            condition = _CONDITIONAL.match(element.text or "")
            if condition:
                _walk(
                    html5lib.parseFragment(condition[1], treebuilder="etree", namespaceHTMLElements=False),
                    found,
                    quoted,
                )
            continue
        name = element.tag.rpartition("}")[2]
        attributes = {str(key): value for key, value in element.attrib.items()}
        quoted = quoted or _begins_quote(name, attributes)
        if "href" in attributes and (name in ("a", "area") or name.startswith("v:")):
            doubtful = doubtful or _ABOVE.search(" ".join("".join(above).split())) is not None
            found.append(Seen("link", attributes, _text(element), quoted, _around(element, parents), doubtful))
        elif name == "img" and attributes.get("src") == PIXEL:
            found.append(Seen("pixel", attributes, "", quoted))
        elif name == "frameset":
            found.append(Seen("frameset", attributes, "", quoted))


def _around(element: Any, parents: dict[Any, Any]) -> str:
    """The text of the sentence or paragraph that a link stands in, however it is put into elements."""
    for _ in range(4):
        element = parents.get(element, element)
    return " ".join(" ".join(element.itertext()).split())[:100_000]


def _text(element: Any) -> str:
    """Its text up to a link inside it; the pixel's URL if it holds nothing but the pixel."""
    pieces: list[str] = []
    inner = []
    stack = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item is not element:
            if item.tag == "a":
                break
            inner.append(item)
            stack.append(item.tail or "")
        if isinstance(item.tag, str) and item.tag not in ("script", "style"):
            stack.extend(reversed(item))
            stack.append(item.text or "")
    text = " ".join("".join(pieces).split())
    return PIXEL if not text and [item.attrib.get("src") for item in inner] == [PIXEL] else text


def _begins_quote(name: str, attributes: dict[str, str]) -> bool:
    def plain(word: str) -> str:
        return word[2:] if word.startswith("x_") else word

    if plain(attributes.get("id", "")) in _QUOTE_IDS or _QUOTE_NAMES & {
        *map(plain, attributes.get("class", "").split())
    }:
        return True
    if name == "blockquote" and attributes.get("type", "").lower() == "cite":
        return True
    style = dict(
        part.replace(" ", "").replace("\n", "").replace("\r", "").replace("\t", "").partition(":")[::2]
        for part in attributes.get("style", "").lower().split(";")
    )
    if name != "div":
        return False
    word = style.get("border-top", "").startswith("solid")
    return word and style.get("padding", "").startswith(("3.0pt0in", "3.0pt0cm", "3pt0in", "3pt0cm"))


def should_be_tracked(link: Seen) -> bool:
    url = link.attributes["href"].strip("\t\n\f\r ")
    if link.quoted or not url.lower().startswith(("http://", "https://")) or url.startswith(TRACKING):
        return False
    if link.attributes.get("data-unsealed", "").lower() == "off" or "notrack" in link.attributes:
        return False
    if _MERGE.search(url) or as_requested(url) is None:
        return False
    if any(_UNSUBSCRIBE.search(words) for words in (url, link.text)):
        return False
    return not shows_address(link.text, url)


def shows_address(text: str, url: str) -> bool:
    text = re.sub("[\u00ad\u034f\u061c\u200b-\u200f\u2060\ufeff]", "", text)
    shown = text
    text = text.lower().strip(" <>()[]{}\"'“”„‘’‚«»‹›.,;:!?…→")
    if re.match(r"https?://|www\.", text):
        return True
    host = re.split("[/?#]", text)[0]
    host = re.sub(r":\d+$", "", host)
    labels = host.split(".")
    if " " in text or len(labels) < 2 or not all(re.fullmatch(r"[\w-]+", label) for label in labels):
        return False
    if labels[-1].startswith("xn--"):
        return True
    if not labels[-1].isalpha() or not 2 <= len(labels[-1]) <= 24 or labels[-1] in _NOT_HOSTS.split():
        return False
    if len(labels[-1]) > 2 and labels[-1].isascii() and labels[-1] not in top_level_domains.NAMES:
        return False
    return shown == shown.lower() or text.split("/")[0].removeprefix("www.") in url.lower()


def as_requested(url: str) -> str | None:
    """The URL in ASCII; None if it may not be tracked."""
    url = url.strip("\t\n\f\r ")
    if re.search(r"[\x00-\x1f\x7f\\\ud800-\udfff]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    authority = re.split("[/?#]", url.split("://", 1)[1], maxsplit=1)[0]
    if "@" in authority or not parts.hostname or re.search(r"[<>^| ]", authority):
        return None
    if not authority.isascii():
        host, colon, port = authority.partition(":")
        authority_ascii = host.encode("idna").decode() + colon + port
        url = url.replace(authority, authority_ascii, 1)
    url = quote(url, safe="".join(map(chr, range(0x20, 0x7F))))
    return url if len(url) <= 4096 else None
