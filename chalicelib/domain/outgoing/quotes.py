"""Where somebody else's mail begins inside a reply: what stands from there on is not the sender's, so it is not tracked.

Told by what all programs do alike, whatever they are called and whatever language they speak (attributions.py): a line that
says who wrote when, above what is quoted, or the fields of the other mail's header. And, where that is missing or stands
deeper, by the names that some programs give to what they quote; those are what the clients are seen to send.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator

from chalicelib.domain.outgoing import attribution_lines, attribution_words, attributions, header_blocks
from chalicelib.domain.outgoing.html import attributes, one_of
from chalicelib.domain.outgoing.html_text import last_lines, lines

# What programs put before the ids and classes of a mail that they quote: Outlook, Gmail, Yahoo, AOL.
_PREFIXES = r"(?:x_|m_-?[0-9]{1,20}_?|ydp[0-9a-f]{1,16}_?|yiv[0-9]{1,16}_?|aolmail_|ox-[0-9a-f]{10}-)"
_NAMES = one_of(
    (
        "gmail_quote(?:_container)?", "gmail_extra", "gmail_attr",  # Gmail, and the clients that imitate it
        "moz-cite-prefix", "moz-forward-container", "moz-email-headers-table",  # Thunderbird
        "appendonsend", "divRplyFwdMsg",  # Outlook on the web, new Outlook
        "mail-editor-reference-message-container", "ms-outlook-mobile-reference-message",  # Outlook on phones, new Outlook
        "OLK_SRC_BODY_SECTION", "OutlookMessageHeader",  # Outlook for Mac, Outlook 2003
        "yahoo_quoted(?:_[0-9]{1,16})?", "replyBody", "aolReplacedBody", "protonmail_quote", "tutanota_quote",
        "zmail_extra(?:_hr)?", "zwchr", "missive_quote", "freshdesk_quote", "front-blockquote",
        "messageReplySection", "messageForwardSection",  # Spark
        "isReplyContent", "isForwardContent", "ntes-mailmaster-quote", "lark-mail-quote[0-9-]{0,20}",
        "history-quote-wrapper", "edo-original", "cm_replymail_content_wrapper", "airmail_original",
        "quoted_header", "quoted-content", "reply-intro",
    ),
    written=str,
)  # fmt: skip
_NAME = re.compile(rf"{_PREFIXES}{{0,8}}(?:{_NAMES})")
# Outlook for Windows (Word) since 2007, read without white space.
_STYLE = re.compile(r"border-top:solid[#\w]{1,20}[0-9.]{1,5}pt;padding:3(?:\.0)?pt0(?:in|cm)")

_USUAL = ("_quote", "cite", "border-top", "RplyFwd", "appendonsend", "OLK_SRC")  # what is in most of them
_BEGINNING = 4_000  # characters: an answer is mostly shorter than what it quotes

# In a tag there is a value with a name of a quote sign among its words, or one that begins as Outlook's style does. GMX and its
# sisters put “quote” there, as the whole value. It is that of an id, a class, a name or a style.
_VALUE = (
    rf"(?<=[dDsSeE\s])=\s*+[\"']?\s*+(?:border|mso-|quote(?= ?[\"'>])|(?:[\w-]++\s++)*?{_PREFIXES}{{0,8}}(?:{_NAMES}))"
)
SIGN = rf"(?:[^>=]++|(?!{_VALUE})=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+="
"""What every quote sign has in its tag: few tags without one do, so only those with it need a closer look."""

NAMED = ("div", "span")
TAGS = ("blockquote", *NAMED)
"""What tells a quote: a `blockquote`, and those that are `NAMED` so, with a sign in them."""

# Few mails are quoted without the time at which they were sent. Where it is missing there is an address, or the day.
_TIME = re.compile(r":[0-5]\d(?<=\d:\d\d)(?!\d)")
# What they have where the time is missing, the name of the field that it stands behind, and among how many characters it is
# sought: hardly a mail names neither a time nor an address, so a short look for the day will do.
_TIMELESS = (
    (re.compile(r"@(?<=[\w.+-]@)"), header_blocks.may_name_the_sender, sys.maxsize),
    (re.compile(r"20[0-9]{2}(?=[\s,<.)年-])(?<=[\s.,/-]20..)"), header_blocks.may_name_the_day, 8_000),
)
_HEAD_END = re.compile("</head>")
_HEAD = re.compile(r"(?:\s*+<(?:![^>]*+|html[^>]*+|head[^>]*+)>)*+(?<=head>)", re.IGNORECASE)
_BEFORE, _BEHIND = 1_500, 1_000  # characters around a time, in which the rest of the line or the header stands
_LAST_COLON = re.compile(r"(?:[^:：]|[:：](?!\s*+(?:<|&nbsp;|\n)))*+[:：]")  # up to one at the end of a line
_COLON = re.compile(r"[:：](?=[\s<&])")
_ENDS = frozenset(" \t\r\n\xa0<&")  # what stands behind a colon that ends words
_CLOSEST = 40  # characters between two that are looked at
_LONGEST_VALUE = 120  # characters of a field, up to what tells
_LONGEST_NAME = 30  # characters of a field's name, with the end tag behind it
# What words above a quote cannot do without: a colon, a rule, the marks that GroupWise puts.
_SAID = re.compile(r">[^<>:：]*+(?:[:：](?=//)[^<>:：]*+)*+[:：](?!//)")
_DRAWN = ("---", "___", "———", "===", "***", ">>", "&gt;&gt;", "&gt; &gt;", "&#", "&colon")
_NEAR, _CLOSE = 500, 200
_MOST_LOOKS = 6  # at times with no address near them: a timetable has many
_RULE = re.compile(r"<hr[\s/>]|border-top|[-_—]{5}", re.IGNORECASE)
_WHEN = re.compile(r"[@0-9](?:(?<=@)|(?<=1)9[0-9]{2}|(?<=2)0[0-9]{2}|(?: ?[:.hH] ?[0-5]|[./-])[0-9]|[年월時点])")
_NO_WORD = re.compile(r"[*_]?+\s*+(?:(?:<[^<>]*+>|&nbsp;)\s*+)*+")
_CONTAINER = re.compile(
    r"(?:[^<]*+<(?!blockquote|div|table|pre|p[\s>])[^<>]*+>){0,6}[^<]{0,40}<(?:blockquote|(?:div|table|pre|p)\s[^>]{0,400}?"
    r"(?:border-left|border:|quote|cite|margin-left|padding-left))",
    re.IGNORECASE,
)


def may_be_said(html: str) -> bool:
    """A first look: whether there is what no words above a quote can do without. That is a time of day, or else an address or
    a year, with the name of a field or a word for writing beside it.
    """
    seen = _seen(html)
    return _TIME.search(html, seen) is not None or any(
        next(_timeless(html, sign.finditer(html, seen, min(seen + length, len(html))), is_field), -1) >= 0
        for sign, is_field, length in _TIMELESS
    )


def has_usual_sign(html: str) -> bool:
    """A first look at a mail's beginning: whether it is likely that a quote sign stands there. Most have one of these in its
    name.
    """
    beginning = html[:_BEGINNING]
    return any(name in beginning for name in _USUAL)


def is_quote_sign(html: str, tag: str, at: int, inside: int, end: int) -> bool:
    """Whether a start tag, with its name in lower case, begins a quoted part. Its attributes begin at `inside`."""
    if end - inside == 1:
        return _is_attributed(html, at)
    named = attributes(html[inside : end - 1])
    if named.get("name") == "quote" or any(
        _NAME.fullmatch(word) for value in ("id", "class", "name") for word in named.get(value, "").split()
    ):
        return True
    if tag == "blockquote":  # Apple Mail, Thunderbird and many others
        return named.get("type", "").lower() == "cite" or _is_attributed(html, at)
    return tag == "div" and bool(_STYLE.search("".join(named.get("style", "").lower().split())))


def _is_attributed(html: str, at: int) -> bool:
    """Whether a line above says whose words come now."""
    colon = max(html.rfind(":", max(at - _NEAR, 0), at), html.rfind("：", max(at - _NEAR, 0), at))
    if colon < 0 or not _NO_WORD.fullmatch(html, colon + 1, at) or not _WHEN.search(html, max(at - _NEAR, 0), at):
        return False
    start = html.rfind(">", 0, max(at - _BEHIND, 0)) + 1
    above = last_lines(html, start, at, attribution_lines.MOST_LINES)
    return bool(above) and attribution_lines.begun(above, len(above) - 1, lambda _: True) >= 0


def start_of_words(html: str, before: int) -> int:
    """Where the words stand that programs put above a mail that is answered or forwarded; the end if they do not.

    Only those matter that stand before a position: the end is answered, or some place behind that position, if none do.
    """
    seen = _seen(html)
    timed = _timed(html, _TIME.finditer(html, seen, min(before + _BEFORE, len(html))))
    at = _beside(html, timed, before, _BEFORE, _BEHIND)
    before = at if 0 <= at < before else before
    for sign, is_field, length in _TIMELESS:
        signs = sign.finditer(html, seen, min(before, seen + length))
        at = _beside(html, _timeless(html, signs, is_field), before, _NEAR, _NEAR)
        before = at if 0 <= at < before else before
    return before


def _seen(html: str) -> int:
    """Where what is seen of a mail begins: not in its head, whose styles are full of colons."""
    end = _HEAD_END.search(html) if _HEAD.match(html) else None
    return end.start() if end else 0


def _timed(html: str, times: Iterable[re.Match[str]]) -> Iterator[int]:
    """Where times stand that may be those of mails."""
    looks = _MOST_LOOKS
    for found in times:
        if html.find("@", max(found.start() - _NEAR, 0), found.end() + _NEAR) < 0:
            looks -= 1
            if looks < 0 or not _may_be_of_a_mail(html, found.start()):
                continue
        yield found.start()


def _timeless(html: str, signs: Iterable[re.Match[str]], is_field: Callable[[str], bool]) -> Iterator[int]:
    """Where addresses or years stand that may be those of mails: behind the name of a field, or before a word for writing."""
    last = -_CLOSEST
    for found in signs:
        at = found.start()
        if at - last < _CLOSEST:  # a link and its text
            continue
        last = at
        start = max(at - _LONGEST_VALUE, 0)
        colon = _colon_before(html, start, at)
        if colon >= 0 and is_field(_word_before(html, colon)):
            yield at
            continue
        colon = _colon_behind(html, at, at + _LONGEST_VALUE)
        if colon >= 0 and attribution_words.says_written(html[start:colon]):
            yield at


def _word_before(html: str, colon: int) -> str:
    """The last word before a colon, within its tag or not."""
    said = html[max(colon - _LONGEST_NAME, 0) : colon]
    if said.endswith(">"):
        said = said.rpartition("</")[0]
    return said.rstrip().replace(">", " ").replace(";", " ").rpartition(" ")[2]


def _colon_before(html: str, start: int, at: int) -> int:
    """Where the last colon is between two positions that ends words, but for one that does not; -1 if there is none."""
    wide = -1 if html.isascii() else html.rfind("：", start, at)
    colon = html.rfind(":", start, at)
    if colon > wide and html[colon + 1] not in _ENDS:
        colon = html.rfind(":", start, colon)
    return max(colon if html[colon + 1] in _ENDS else -1, wide)


def _colon_behind(html: str, at: int, end: int) -> int:
    """The same of the first one."""
    wide = -1 if html.isascii() else html.find("：", at, end)
    colon = html.find(":", at, end if wide < 0 else wide)
    if colon >= 0 and html[colon + 1 : colon + 2] not in _ENDS:
        colon = html.find(":", colon + 1, end if wide < 0 else wide)
    return colon if colon >= 0 and html[colon + 1 : colon + 2] in _ENDS else wide


def _beside(html: str, positions: Iterable[int], before: int, above: int, below: int) -> int:
    """Where such words begin within so many characters above and below positions, which rise; -1 if they do not."""
    start = end = -1
    for at in positions:
        if at > end and end >= 0:
            if (found := _start_between(html, start, end, before)) >= 0:
                return found
            start = -1
        if start < 0:
            start = html.rfind(">", 0, max(at - above, 0)) + 1
            if start >= before or (before < len(html) and not _may_tell(html, start, before)):
                return -1
        end = at + below
    return _start_between(html, start, min(end, len(html)), before) if end >= 0 else -1


def _may_tell(html: str, start: int, end: int) -> bool:
    """A first look between two positions: whether something is seen there without which no words stand above a quote."""
    before = max(start - 1, 0)
    if not html.startswith(("<", ">"), before):
        return True
    for found in _SAID.finditer(html, before, end):
        if not html.startswith(("<style", "<STYLE"), html.rfind("<", 0, found.start())):
            return True
    region = html[start:end]
    return any(drawn in region for drawn in _DRAWN)


def _may_be_of_a_mail(html: str, at: int) -> bool:
    """A first look at what has nothing else of a mail near it: there is the name of a field, or a word for writing before
    a colon.
    """
    for found in _COLON.finditer(html, max(at - _NEAR // 2, 0), at):
        if header_blocks.may_name_the_sender(_word_before(html, found.start())):
            return True
    colon = _LAST_COLON.match(html, at + 1, at + _CLOSE)
    return colon is not None and attribution_words.says_written(html[max(at - _CLOSE // 2, 0) : colon.end()])


def _start_between(html: str, start: int, end: int, before: int) -> int:
    return attributions.first(
        lines(html, start, end),
        before,
        is_ruled=lambda at: _RULE.search(html, max(at - 400, 0), at) is not None,
        contains=lambda at: _CONTAINER.match(html, at) is not None,
    )
