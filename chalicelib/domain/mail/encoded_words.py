"""The encoded words of header fields (RFC 2047), read as far as they can be: never shown raw."""

import binascii
import re

from chalicelib.domain.mail import charsets

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?\r\n]{0,2000})\?=", re.IGNORECASE)
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def decoded(text: str) -> str:
    """A field's value in letters. `text` has a character for each byte, as ASCII or UTF-8.

    White space between encoded words is none; what one letter's bytes are parted over is read together.
    """
    found: list[str] = []
    pending, label, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or word[1].lower() != label or not end:
            found += [charsets.text_of(pending, label), between if between.strip() or not end else ""]
            pending, label = b"", word[1].lower()
        pending += _bytes(word[2].lower(), word[3].encode("utf-8", "replace"))
        end = word.end()
    return "".join([*found, charsets.text_of(pending, label), text[end:]])


def _bytes(encoding: str, coded: bytes) -> bytes:
    if encoding == "q":
        return _HEX.sub(lambda found: binascii.a2b_hex(found[1]), coded.replace(b"_", b" "))
    packed = _NOT_BASE64.sub(b"", coded)
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
