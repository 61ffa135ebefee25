"""Which program an agent names, on which kind of device, and whether such a program can exist."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from chalicelib.domain.events import VerdictKind
from chalicelib.domain.verdicts import crawlers
from chalicelib.domain.verdicts.signatures import BY_NAME, SIGNATURES

_ANDROID_PHONE = r"^mozilla/5\.0 \(linux; [^()]*android [^()]*\)"  # people name phones M Bot and Spider 8
_WORD = r"[a-z0-9]+"
_CRAWLER = len(SIGNATURES)  # crawlers stand below every signature
_MACHINE_ENDS = ("bot", "bots", "crawler", "spider", "scraper", "fetcher", "archiver", "validator", "linkchecker")
_PROXY_WORDS = ("imageproxy", "image proxy", "image-proxy", "mailproxy", "emailproxy", "mail proxy", "image fetcher")
_LAST_PROXY = max(place for place, signature in enumerate(SIGNATURES) if signature.kind is VerdictKind.PROXY_HUMAN)
_VENDORS = (
    "zscaler", "proofpoint", "mimecast", "barracuda", "forcepoint", "fortiguard", "hornetsecurity", "trendmicro", "ironport",
    "messagelabs", "fireeye", "avanan", "safelinks", "urldefense", "sandbox", "antispam", "antivirus",
)  # fmt: skip
_CHECKS = "scan|secur|filter|gateway|check|valid|verif|extract|crawl|chimp|hunter|monitor"
_PEOPLE = ("cubot",)  # https://www.cubot.net makes phones
_APP_LIBRARIES = ("dalvik/", "cfnetwork/", "volley/")
_BROWSERS = (
    "applewebkit", "gecko/", "gecko)", "trident", "msie", "opera", "android", "iphone", "ipad", " ios", "mobile", "symbian",
    "windows phone", "midp", "up.browser", "netfront", "nokia", "blackberry", "samsung", "sonyericsson", "lg-", "mot-", "sie-",
    "ucweb", "ucbrowser", "docomo", "kddi", "softbank", "j-phone", "roku", "smarttv", "smart-tv", "hbbtv", "playstation",
    "nintendo", "kindle", "lynx", "w3m", "links (", "elinks", "netsurf", "dillo", "konqueror", "webtv",
    "appletv", "watch os", "watchos", "fbav",
)  # fmt: skip
_ADDRESS = r"@[a-z0-9-]+\.[a-z]{2,}"
_OLD_BROWSERS = r"mozilla/5\.0 \(compatible; ?+(?:msie|opera|konqueror|ibrowse|u;|[^;)]*windows|[^;)]*linux)"
_PRODUCT = r"[a-z][\w.+-]*(?: [\w.+-]+){0,3}?[/ ]v?\d"
_BARE_WEBKIT = r"mozilla/5\.0 \([^)]*\) applewebkit/[\d.]+ \(khtml, like gecko\)"
_LAST_CHROME_BEFORE_WINDOWS_10 = 109  # https://support.google.com/chrome/a/answer/7100626
# May 2022. Scanners were seen to pretend to versions up to 101: https://github.com/gophish/gophish/issues/2646
_OLD_CHROME = 102
_LONGEST = 1000  # characters of an agent that are read: real ones are shorter, and nobody may make reading slow


@cache
def _pieces() -> list[tuple[str, int]]:
    """All pieces, each with its signature's place."""
    listed = [(piece, place) for place, signature in enumerate(SIGNATURES) for piece in signature.pieces]
    return listed + [(piece, _CRAWLER) for piece in crawlers.NAMES.replace("\n", "").split("|") if piece]


@cache
def _index() -> dict[str, list[tuple[str, int]]]:
    """The pieces by their first word."""
    index: dict[str, list[tuple[str, int]]] = {}
    for piece, place in _pieces():
        word = re.search(_WORD, piece)
        if word:
            index.setdefault(word.group(), []).append((piece, place))
    return index


_first = iter(
    range(8)
)  # agents that are looked for among all pieces: to make the index takes as long as for ten of them


def _near(words: set[str]) -> Iterable[tuple[str, int]]:
    """The pieces that may stand in a text of these words."""
    if next(_first, None) is not None:
        return _pieces()
    index = _index()
    return chain.from_iterable(index[word] for word in index.keys() & words)


@lru_cache(maxsize=64)
def read(agent: str) -> tuple[str, str, str]:
    """An agent's program, device and oddity. A provider's proxy fetches for a person whose device it does not name.

    A few are remembered, in memory and without any address: half of all opens come through the proxies of a handful of
    providers.
    """
    named = program(agent)
    proxy = BY_NAME[named].kind in (VerdictKind.PROXY_HUMAN, VerdictKind.PREFETCH)
    return named, "" if proxy else device(agent), oddity(agent)


def program(agent: str) -> str:
    """The name of the agent's signature: one of signatures.BY_NAME, for any text at all."""
    text = agent[:_LONGEST].strip().lower()
    if not text or text in ("-", "null", "none", "undefined", "(null)", "unknown"):
        return "empty"
    if text == "mozilla/5.0":
        return "apple_prefetch"
    place, machine = _signature_in(text)
    if place > _LAST_PROXY and any(words in text for words in _PROXY_WORDS):
        return "image_proxy"
    if place < _CRAWLER:
        return SIGNATURES[place].name
    if any(vendor in text for vendor in _VENDORS):
        return "mail_scanner"
    if place == _CRAWLER or machine or _introduces_itself(text):
        return "crawler"
    if "okhttp" in text:
        return "okhttp"
    if any(name in text for name in _APP_LIBRARIES):
        return "app_library"
    if re.fullmatch(_BARE_WEBKIT, text):
        return "bare_webkit"
    if any(word in text for word in _BROWSERS):
        return "browser"
    if "mail" in text and not re.search(_CHECKS, text):
        return "mail_app"
    return "program" if re.match(_PRODUCT, text) else "other"


def _introduces_itself(text: str) -> bool:
    """Whether the agent gives a page or an address to complain to, or a name where a browser has its system."""
    return (
        ("://" in text and "msie" not in text and "xbmc" not in text)
        or ("@" in text and re.search(_ADDRESS, text) is not None)
        or "[at]" in text
        or "(at)" in text
        or ("like gecko;" in text and "opera" not in text)
        or (text.startswith("mozilla/5.0 (compatible;") and not re.match(_OLD_BROWSERS, text))
    )


def _signature_in(text: str) -> tuple[int, bool]:
    """The place of the highest signature in the text (one past the crawlers' if none), and whether a word names a machine."""
    if "android" in text:
        text = re.sub(_ANDROID_PHONE, "", text)
    words, best = set(re.findall(_WORD, text)), _CRAWLER + 1
    for piece, place in _near(words):
        if place < best and (piece in text or piece[0] == "^") and _stands(text, piece):
            best = place
    if not any(name in text for name in _MACHINE_ENDS):
        return best, False
    return best, any(word.endswith(_MACHINE_ENDS) and not word.startswith(_PEOPLE) for word in words)


def _stands(text: str, piece: str) -> bool:
    """Whether the piece stands in the text between edges of words."""
    if piece[0] == "^":
        return text.startswith(piece[1:]) and not (piece[-1].isalnum() and text[len(piece) - 1 : len(piece)].isalnum())
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not (text[start - 1 : start].isalnum() or (piece[-1].isalnum() and text[end : end + 1].isalnum())):
            return True
        start = text.find(piece, start + 1)
    return False


def device(agent: str) -> str:
    """The coarse family of the device that an agent names, or ""."""
    text = agent[:_LONGEST].lower()
    for word, family in _DEVICES:
        if word in text:
            return family
    return ""


_DEVICES = (
    ("iphone", "iphone"),
    ("ipod", "iphone"),
    ("ipad", "ipad"),
    ("smart-tv", "tv"),
    ("smarttv", "tv"),
    ("web0s", "tv"),
    ("android", "android"),
    ("dalvik", "android"),
    ("windows", "windows"),
    ("macintosh", "mac"),
    ("mac os x", "mac"),
    ("darwin", "mac"),
    ("cros ", "chromebook"),
    ("linux", "linux"),
    ("midp", "phone"),
)


def oddity(agent: str) -> str:
    """ "impossible" for a browser that cannot be, "fossil" for a desktop Chrome that updates itself and did not, else ""."""
    text = agent[:_LONGEST].lower()
    number = text.partition("chrome/")[2].partition(".")[0]
    if not (number.isascii() and number.isdigit()) or "electron/" in text or "mobile" in text or "android" in text:
        return ""
    version = int(number[:9])
    old_windows = "windows nt 6." in text or "windows nt 5." in text
    if (old_windows and version > _LAST_CHROME_BEFORE_WINDOWS_10) or "windows nt 11" in text:
        return "impossible"
    desktop = "windows nt 10" in text or "mac os x 10_" in text or "x11; linux" in text or old_windows
    return "fossil" if desktop and version < _OLD_CHROME else ""
