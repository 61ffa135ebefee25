"""Charsets: how a text is read that is only looked at, and how one that is written again, the same byte for byte."""

import re

from chalicelib.domain.mail.charset_labels import LABELS

_ASCII = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_NAME = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
_NOT_ASCII = re.compile(r"utf-?(?:7|16|32)|ucs-?[24]|(?:cs)?iso-?2022|iso-10646|hz|unicode|.*escape")
_SHIFTED = re.compile(rb"[\0\x1b]")  # no text in ASCII: UTF-16, or the escapes of ISO 2022

_CODECS = {label: codec for codec, labels in LABELS.items() for label in labels.split()}
# Charsets of mail that no page is in.
_CODECS |= {
    "iso-2022-kr": "iso2022_kr",
    "utf-7": "utf_7",
    "cp850": "cp850",
    "cp437": "cp437",
    "hz-gb-2312": "hz",
    "viscii": "cp1258",
}
_UNSURE = frozenset(
    {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "default", "default_charset"}
)
_ESCAPE = re.compile(rb"(\x1b(?:\([BJI]|\$[@B]|\$\(D))")
_TWO_BYTES = frozenset({b"\x1b$@", b"\x1b$B"})
_PAIR = re.compile(rb"[\x21-\x7e]{2}")
_EUC = re.compile(rb"[\xa1-\xfe]{2}|\x8e([\xa1-\xdf])")


def text_of(plain: bytes, label: str) -> str:
    """What a text says, as everybody's programs read its charset (the Encoding Standard), with U+FFFD for what is none.

    Where nobody says which it is, or one that is none, it is UTF-8 if it can be, else windows-1252.
    """
    label = label.strip().lower().partition("*")[0]  # of an encoded word, a language may follow (RFC 2231, section 5)
    codec = _CODECS.get(label) or _CODECS.get(label.replace("_", "-"))
    if codec is None or label in _UNSURE:
        try:
            return plain.decode("utf-8")
        except UnicodeDecodeError:
            return plain.decode(codec or "cp1252", "replace")
    if codec == "iso2022_jp":
        return _of_escapes(plain)
    try:
        return plain.decode(codec)
    except UnicodeDecodeError:
        if codec == "euc_jp":
            return _EUC.sub(lambda found: found[1] or _shifted(bytes(each & 0x7F for each in found[0])), plain).decode(
                "cp932", "replace"
            )
        return plain.decode(codec, "replace")


def _of_escapes(plain: bytes) -> str:
    """What a text in ISO-2022-JP says, with the letters of NEC's that Python's codec lacks, such as ①."""
    found, mode = [], b"\x1b(B"
    for piece in _ESCAPE.split(plain):
        if _ESCAPE.fullmatch(piece):
            mode = piece
        elif mode in _TWO_BYTES:
            found.append(_PAIR.sub(lambda pair: _shifted(pair[0]), piece).decode("cp932", "replace"))
        elif mode == b"\x1b(I":
            found.append(bytes(each | 0x80 for each in piece).decode("cp932", "replace"))
        elif mode == b"\x1b$(D":
            found.append((mode + piece).decode("iso2022_jp_1", "replace"))
        else:
            found.append(piece.decode("utf-8", "replace"))
    return "".join(found)


def _shifted(pair: bytes) -> bytes:
    """A letter of JIS X 0208 as Shift_JIS has it."""
    row, cell = pair
    first = ((row - 1) >> 1) + (0x71 if row < 0x5F else 0xB1)
    return bytes((first, cell + (0x7E if row % 2 == 0 else 0x1F if cell < 0x60 else 0x20)))


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
