"""Finds what may be tokens of ours in a text or a URL, whatever was wrapped around them, or broken, on the way.

Scanners and proxies put the URL into one of theirs: percent-coded, once or more (Microsoft's Safe Links, Google's redirects
and image proxy), or in Proofpoint's own ways, which its URL decoder documents:
https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API. Sophos and Mail.ru code it as Base64,
Check Point puts `___` on both its sides. Mails break it over quoted lines.
What is found proves nothing by itself: whether one of our secrets signed it, tokens.read tells.
"""

import html
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from chalicelib.domain.tokens import TokenKind

CODED = "aHR0c"  # with which “http” begins, coded as Base64

_DEEPEST = 4  # wrappers within wrappers
_MOST_TRIED = 20  # tokens of one URL
_LONGEST_WRAPPED = 20_000  # characters
_SHORTEST = 20  # characters of a token

_TOKEN = re.compile(r"/([ocp])/([A-Za-z0-9_-]{1,8192}(?:[=]?\r?\n[>| \t]{0,12}[A-Za-z0-9_-]{1,200}){0,12})")
_BREAK = re.compile(r"[=]?\r?\n[>| \t]{0,12}")
_WORD = re.compile(r"[^\s\"'<>]+")
_PROOFPOINT_2 = re.compile(r"https?-3A__[^\s&]++")  # `-3A` for `%3A`, `_` for `/`
_BASE64 = re.compile(rf"(?<![A-Za-z0-9+/_-]){CODED}(?:HM6L|DovL)[A-Za-z0-9+/_-]{{20,12000}}")  # of http:// and https://
_ESCAPED_SLASH = re.compile(r"&#(?:x2f|47);", re.IGNORECASE)
_BROKEN = re.compile(r"(?<![\w:/?&=%.-])https?:(?:[^\s\"'<>]{1,200}+\r?\n[>| \t]{0,12}){1,12}+[^\s\"'<>]{0,200}")


class Found(NamedTuple):
    """What may be a token in a URL: what stands before it, its kind, and as what it may be meant, as it is written first."""

    before: str
    kind: TokenKind
    spellings: tuple[str, ...]


def in_url(url: str) -> Iterator[Found]:
    """What may be tokens in a URL and in those wrapped in it."""
    tried = 0
    for text in _unwrapped(url):
        for found in _TOKEN.finditer(text):
            if spellings := tuple(_spelled(found[2])):
                tried += 1
                if tried > _MOST_TRIED:
                    return
                yield Found(text[: found.start()], TokenKind(found[1]), spellings)


def in_text(text: str) -> Iterator[tuple[TokenKind, str]]:
    """What may be tokens in a text and in the URLs that are wrapped in its URLs, each with its kind."""
    for each in _with_wrapped(text):
        for kind, written in _TOKEN.findall(each):
            for token in _spelled(written):
                yield TokenKind(kind), token


def _with_wrapped(text: str) -> Iterator[str]:
    yield text
    if _ESCAPED_SLASH.search(text):
        text = html.unescape(text)
        yield text
    words = _WORD.findall(text)
    if "http" in text:
        words += [_BREAK.sub("", broken) for broken in _BROKEN.findall(text)]
    for word in words:
        if "%" in word or "-3A__" in word or CODED in word:  # most words of most mails hold none
            unwrapped = _unwrapped(word[:_LONGEST_WRAPPED])
            next(unwrapped)
            yield from unwrapped


def _unwrapped(url: str) -> Iterator[str]:
    """The URL, and as it reads with one wrapper less each time."""
    for _ in range(_DEEPEST):
        yield url
        if wrapped := _PROOFPOINT_2.search(url):
            url = unquote(wrapped[0].replace("-", "%").replace("_", "/"))
        elif coded := _BASE64.search(url):
            url = _decoded(coded[0])
        elif "%" in url:
            url = unquote(url)
        else:
            return
    yield url


def _decoded(base64: str) -> str:
    """A URL that was coded as Base64, in whichever alphabet; what is cut off in the middle of a letter is left out."""
    whole = base64[: len(base64) // 4 * 4 + (len(base64) % 4 > 1) * (len(base64) % 4)]
    return urlsafe_b64decode(whole.replace("+", "-").replace("/", "_") + "=" * (-len(whole) % 4)).decode(
        "utf-8", "replace"
    )


def _spelled(written: str) -> Iterator[str]:
    """The tokens that may be meant: over one line or more, without what Proofpoint and Check Point put behind it."""
    for token in accumulate(_BREAK.split(written)):
        if len(token) >= _SHORTEST:
            yield token
            if "__" in token:
                yield token[:-2] if token.endswith("__") else token.partition("__")[0]
            if token.endswith("___"):
                yield token[:-3]
