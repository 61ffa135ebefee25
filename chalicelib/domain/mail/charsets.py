"""Charsets: by which one a part of a mail is read, so that what is written again is the same, byte for byte."""

import re

_ASCII = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_NAME = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
_NOT_ASCII = re.compile(r"utf-?(?:7|16|32)|ucs-?[24]|(?:cs)?iso-?2022|iso-10646|hz|unicode|.*escape")
_SHIFTED = re.compile(rb"[\0\x1b]")  # no text in ASCII: UTF-16, or the escapes of ISO 2022


def faithful(declared: str, plain: bytes) -> str | None:
    """By which charset a text can be read and written again unchanged; None where tags and URLs are not ASCII in it.

    Where neither the declared one nor UTF-8 is right it is ASCII: all other bytes are passed on as they are.
    """
    declared = declared.strip().lower().replace("_", "-")
    if _NOT_ASCII.match(declared) or _SHIFTED.search(plain):
        return None
    for charset in (declared, "utf-8"):
        if not _NAME.fullmatch(charset):
            continue
        try:
            if _ASCII.decode(charset) != _ASCII.decode("ascii"):
                return None
            if plain.decode(charset).encode(charset) == plain:
                return charset
        except (LookupError, UnicodeError):
            continue
    return "ascii"
