"""The transfer encodings of a mail's parts (RFC 2045, section 6): read, and edited without writing the rest anew."""

import binascii
import re
from collections import deque
from collections.abc import Iterator, Sequence

from chalicelib.domain.mail.headers import Unreadable
from chalicelib.domain.mail.splicing import Edit, splice

LONGEST_LINE = 998  # bytes: RFC 5322, section 2.1.1; what is longer may be cut or refused on its way

_PLAIN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits"})  # the last four are often meant
_CODED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*+(?:\r\n|\r|\n|\Z))")
_UNSAFE = re.compile(rb"[^\t\n\r -<>-~]|[ \t](?=[\r\n]|\Z)|\r(?!\n)")
_FULL_LINE = re.compile(rb"[^\r\n]{72}(?:(?<==)[^\r\n]{2}|(?<==[^\r\n])[^\r\n])?+(?=[^\r\n])")  # no `=20` is cut


def decoded(coded: bytes, encoding: str) -> bytes:
    """What an encoded part says. Raises Unreadable where that is not sure."""
    if encoding in _PLAIN:
        return coded
    if encoding == "quoted-printable":
        return _CODED.sub(lambda found: binascii.a2b_hex(found[1]) if found[1] else b"", coded)
    if encoding != "base64":
        raise Unreadable
    packed = coded.translate(None, b" \t\r\n")
    try:
        plain = binascii.a2b_base64(packed)
    except binascii.Error:
        raise Unreadable from None
    if binascii.b2a_base64(plain, newline=False) != packed:
        raise Unreadable  # something else stands between or behind it
    return plain


def carried(
    coded: bytes, encoding: str, plain: bytes, edits: Sequence[Edit[bytes]], newline: bytes
) -> tuple[list[Edit[bytes]], str]:
    """The edits of what a part says as edits of its encoded form, and the encoding that it then has.

    What is not edited keeps its way of being encoded, line by line; only base64 is written anew, and a plain part becomes
    quoted-printable where a line would grow too long for the way.
    """
    if encoding == "quoted-printable":
        return _in_quoted(coded, edits, newline), encoding
    changed = splice(plain, edits)
    if encoding == "base64":
        start = len(coded) - len(coded.lstrip())
        end = max(start, len(coded.rstrip()))
        return [Edit(start, end, coded[start:end], _packed(changed, newline))], encoding
    if any(len(line) > LONGEST_LINE for line in changed.splitlines()):
        return [Edit(0, len(coded), coded, _quoted(changed, newline))], "quoted-printable"
    return list(edits), encoding


def _in_quoted(coded: bytes, edits: Sequence[Edit[bytes]], newline: bytes) -> list[Edit[bytes]]:
    positions = iter(_positions(coded, [position for edit in edits for position in (edit.start, edit.end)]))
    soft_break = b"=" + newline  # so that no line grows too long, before or behind
    return [
        Edit(
            start, end, coded[start:end], soft_break + _quoted(edit.after, newline) + soft_break if edit.after else b""
        )
        for edit, start, end in zip(edits, positions, positions, strict=True)
    ]


def _positions(coded: bytes, plain_positions: Sequence[int]) -> Iterator[int]:
    """Where in quoted-printable text the bytes stand that have these positions, in ascending order, once it is read."""
    wanted = deque(plain_positions)
    at = plain_at = 0
    for found in _CODED.finditer(coded):
        text_end = plain_at + found.start() - at
        while wanted and wanted[0] <= text_end:
            yield at + wanted.popleft() - plain_at
        at, plain_at = found.end(), text_end + (found[1] is not None)
    while wanted:
        yield at + wanted.popleft() - plain_at


def _quoted(plain: bytes, newline: bytes) -> bytes:
    escaped = _UNSAFE.sub(lambda found: b"=%02X" % found[0][0], plain)
    return _FULL_LINE.sub(lambda found: found[0] + b"=" + newline, escaped)


def _packed(plain: bytes, newline: bytes) -> bytes:
    return newline.join(binascii.b2a_base64(plain[at : at + 57], newline=False) for at in range(0, len(plain), 57))
