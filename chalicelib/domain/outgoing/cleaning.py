"""Nothing of another mail goes out alive: our old pixels are taken away, our old links become their destinations again.

Wherever they stand: in what is quoted or not, in attributes that clients add, in comments, in styles, in the text itself.
Loading or following them would count for a mail that was read long ago, and by somebody else.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing import footer
from chalicelib.domain.outgoing.html import Tag, decoded, every_attribute, every_tag
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.written_urls import URL, whole

# A scheme of any form (RFC 3986, section 3.1): apps wrap a link in one of their own, such as `ms-outlook://…?url=`.
_SCHEME = r"[a-zA-Z][a-zA-Z0-9+.-]*+"
_WHOLE_URL = re.compile(rf"\s*+(?:{_SCHEME})?+:?//\S++\s*+")
_OF_AN_APP = rf"(?<![a-zA-Z0-9+.-])(?!https?:){_SCHEME}"
_PICTURES = frozenset({"img", "image"})
# In a page a URL ends where a character reference stands for what ends it.
_IN_TEXT = re.compile(rf"{_OF_AN_APP}://[^\s<>\"“”„«»]{{1,8000}}|{URL.pattern}", re.IGNORECASE)
_WRITTEN = re.compile(rf"(?:https?(?::|&colon;|&#58;|&#x3a;)|{_OF_AN_APP}://)[^\s<>\"“”„«»]{{1,8000}}", re.IGNORECASE)
_URL_END = re.compile(r"&(?:lt|gt|quot|nbsp|#0*(?:34|39|60|62|160)|#x0*(?:22|27|3c|3e|a0));?", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t]*+\r?+\n[ \t]*+(?:>[ \t]*+)*+")
_CODED = re.compile(r"[A-Za-z0-9_%-]++")
_LONGEST_PATH = 130  # lines that the longest token takes, at sixty characters each
_MOST_JOINED = 400  # lines of a mail that are tried
_BRACKETS = (("[", "]"), ("<", ">"), ("&lt;", "&gt;"), ("(", ")"))
_LONGEST_LINE = 1_000  # characters of the line that says that a mail is tracked


def of_html(html: str, ours: Ours) -> list[Edit[str]]:
    """What changes of an HTML mail so that nothing of ours is left in it, in order of position, without overlap."""
    if not ours.mentioned(html):
        return []
    edits: list[Edit[str]] = []
    position = 0
    for tag in every_tag(html):
        if tag.start < position:
            continue  # in what is taken away
        edits += _of_text(html, position, tag.start, ours, decoded, escape)
        position = tag.end
        if not ours.mentioned(html[tag.start : tag.end]):
            continue
        found = list(_of_tag(html, tag, ours))
        if found and found[0].start < tag.start:  # the line that told of it began before
            while edits and edits[-1].end > found[0].start:
                edits.pop()
        edits += found
        position = max([position, *(edit.end for edit in found)])
    edits += _of_text(html, position, len(html), ours, decoded, escape)
    return edits


def of_text(text: str, ours: Ours) -> list[Edit[str]]:
    """The same of a plain text. A URL that its lines broke is found where they are put together."""
    return list(_of_text(text, 0, len(text), ours, str, str)) if ours.mentioned(text) else []


def _of_tag(html: str, tag: Tag, ours: Ours) -> Iterator[Edit[str]]:
    """What changes of a tag: one edit that takes it away, or some of its attributes."""
    edits: list[Edit[str]] = []
    for each in every_attribute(html, tag):
        old = html[each.value_start : each.value_end]
        if not _WHOLE_URL.fullmatch(each.value):
            if ours.mentioned(each.value):
                new = _cleaned(each.value, ours)
                if new != each.value:
                    edits.append(_value(each.value_start, old, new, each.quoted))
            continue
        once = ours(each.value.strip())
        if once is None:
            continue
        if once == "" and tag.name in _PICTURES:
            yield Edit(tag.start, tag.end, html[tag.start : tag.end], "")
            return
        if tag.name == "a" and each.name == "href" and (around := _around(html, tag, once)):
            start, end = around
            yield Edit(start, end, html[start:end], "")
            return
        if once and each.name.endswith("href"):
            edits.append(_value(each.value_start, old, once, each.quoted))
        else:
            end = each.value_end + each.quoted
            edits.append(
                Edit(each.start, end, html[each.start : end], "" if html[end : end + 1] in "> \t\r\n/" else " ")
            )
    yield from edits


def _around(html: str, tag: Tag, once: str) -> tuple[int, int] | None:
    """What goes with a link of ours: a trap, which has no word in it, or the line that says that a mail is tracked."""
    if once:
        return (tag.start, tag.end + 4) if html[tag.end : tag.end + 4].lower() == "</a>" else None
    start = html.rfind("<p", max(tag.start - _LONGEST_LINE, 0), tag.start)
    end = html.find("</p>", tag.end, tag.end + _LONGEST_LINE)
    if start < 0 or end < 0 or not footer.stands_in(html[start : tag.start]):
        return None
    return start, end + len("</p>")


def _value(start: int, old: str, new: str, quoted: bool) -> Edit[str]:
    written = escape(new)
    return Edit(start, start + len(old), old, written if quoted else f'"{written}"')


def _cleaned(text: str, ours: Ours) -> str:
    edits = list(_of_text(text, 0, len(text), ours, str, str))
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


def _of_text(
    text: str, start: int, end: int, ours: Ours, read: Callable[[str], str], written: Callable[[str], str]
) -> Iterator[Edit[str]]:
    """What changes between two positions of a text. `read` and `written` take its URLs from and to how they stand there."""
    if start == end or not ours.mentioned(text[start:end]):
        return
    joined = 0
    position = start
    for found in (_WRITTEN if read is decoded else _IN_TEXT).finditer(text, start, end):
        if found.start() < position:
            continue
        raw = found[0]
        if read is decoded and (cut := _URL_END.search(raw)):
            raw = raw[: cut.start()]
        url = whole(raw, text[found.start() - 1 : found.start()])
        position = found.start() + len(url)
        once = ours.signed(read(url))
        if once is None and joined < _MOST_JOINED:
            for tail, url_end in _continued(text, found.start() + len(raw), end):
                joined += 1
                once = ours.signed(read(raw + tail))
                if once is not None:
                    position = url_end
                    break
        if once is None:
            once = ours(read(url))
        if once is None:
            continue
        first, last = found.start(), position
        if not once:
            first, last = _with_brackets(text, first, last)
        position = last
        yield Edit(first, last, text[first:last], written(once))


def _continued(text: str, position: int, end: int) -> Iterator[tuple[str, int]]:
    """What a URL that ends with its line may go on with: after each further line all of it, and where that ends."""
    tail = ""
    for _ in range(_LONGEST_PATH):
        line_break = _LINE_BREAK.match(text, position, end)
        more = _CODED.match(text, line_break.end(), end) if line_break else None
        if more is None:
            return
        tail, position = tail + more[0], more.end()
        yield tail, position


def _with_brackets(text: str, first: int, last: int) -> tuple[int, int]:
    """The place of a picture's URL with the brackets that programs put around it where they make a text of a page."""
    for opening, closing in _BRACKETS:
        if text.startswith(closing, last) and text.endswith(opening, 0, first):
            return first - len(opening), last + len(closing)
    return first, last
