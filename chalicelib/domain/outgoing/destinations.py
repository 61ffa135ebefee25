"""Where a tracked link may lead: what is refused here is never signed, so the redirect can trust what it signed."""

import re
import unicodedata

from chalicelib.domain.errors import BadInput
from chalicelib.domain.words.sentences import Sentence, say

LONGEST = (
    4_096  # characters: the token is a third longer, and API Gateway takes about 10 KB of request line and headers
)

_SPACE = " \t\n\f\r"
_SCHEME = re.compile(r"[hH][tT][tT][pP][sS]?://")
# A host without what browsers refuse in one (WHATWG URL, "forbidden host code points"), or an IPv6 address; a port.
_HOST = r"(?:[^\x00-\x20#/:<>?@\[\\\]^|\x7f-\U0010ffff]++|\[[0-9a-fA-F:.]++\])(?::[0-9]{0,5}+)?+"
_PLAIN = re.compile(rf"{_SCHEME.pattern}{_HOST}(?:[/?#][ -\[\]-~]*+)?+")
# Of letters, digits and marks that need no coding and begin nobody's merge tag (merge_tags.py).
_USUAL = re.compile(r"https?://(?!-)[a-zA-Z0-9.-]++(?:[/=]++[a-zA-Z0-9.,:;+?&][a-zA-Z0-9_.,:;+?&-]*+)*+[/=]*+")
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # all that end a label of a host (UTS 46)
_LETTERS = frozenset("LMN")  # what a label in another script may hold, by the first letter of its Unicode category,
_SIGNS = frozenset("-_\u00b7\u30fb\u05f3\u05f4\u0f0b")  # and by name (RFC 5892, appendix A)


def is_usual(url: str) -> bool:
    """A first look: whether a link may lead to a URL as it is written, and no merge tag stands in it. Most are such."""
    return _USUAL.fullmatch(url) is not None and len(url) <= LONGEST


def check(url: str, field: str) -> str:
    """The URL as a browser would request it: ASCII, without the white space around it.

    A host in another script is put into Punycode (RFC 3492), other characters outside ASCII into percent-coded UTF-8.
    What was ASCII stays byte for byte, so that a URL inside the URL survives. Raises BadInput, naming `field`.
    """
    url = url.strip(_SPACE)
    if len(url) <= LONGEST and _PLAIN.fullmatch(url):
        return url
    if not _SCHEME.match(url):
        raise BadInput("Only links that begin with http:// or https:// can be tracked.", field)
    if not url.isascii():
        url = _ascii(url, field)
    if len(url) > LONGEST:
        raise BadInput(
            say("A link can be tracked up to {most} characters; this one has {n}.", most=LONGEST, n=len(url)), field
        )
    if not _PLAIN.fullmatch(url):
        raise BadInput(say("“{url}” cannot be tracked: {fault}.", url=url[:80], fault=_fault(url)), field)
    return url


def _fault(url: str) -> Sentence:
    if re.search(r"[\x00-\x1f\x7f]", url):
        return say("it contains a control character or a line break")
    if "\\" in url:
        return say("it contains a backslash")
    if "@" in _parts(url)[1]:
        return say("it names a user before the host")
    return say("it has no host that a browser would accept")


def _parts(url: str) -> tuple[str, str, str]:
    """The scheme with its slashes, the host with its port, and the rest."""
    scheme, slashes, rest = url.partition("://")
    found = re.search(r"[/?#\\]", rest)
    end = found.start() if found else len(rest)
    return scheme + slashes, rest[:end], rest[end:]


def _ascii(url: str, field: str) -> str:
    scheme, host, rest = _parts(url)
    try:
        coded = "".join(character if character.isascii() else _percent(character) for character in rest)
    except UnicodeEncodeError:
        raise BadInput("A link cannot be tracked if it is not valid Unicode.", field) from None
    if not host.isascii():
        host = ".".join(_label(label, field) for label in _DOTS.split(host))
    return scheme + host + coded


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _label(label: str, field: str) -> str:
    """A label of a host as browsers look it up (UTS 46, non-transitional): `straße` keeps its ß."""
    label, colon, port = label.partition(":")
    if label.isascii():
        return label + colon + port
    label = unicodedata.normalize("NFKC", label.lower())
    if len(label) > 63 or not all(unicodedata.category(letter)[0] in _LETTERS or letter in _SIGNS for letter in label):
        raise BadInput(say("“{label}” cannot be part of a host.", label=label[:80]), field)
    if label.isascii():
        return label + colon + port
    return "xn--" + label.encode("punycode").decode() + colon + port
