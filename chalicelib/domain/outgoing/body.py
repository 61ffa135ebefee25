"""One body of a mail: read as text, and changes of the text made in the bytes that carry it (RFC 2045).

It keeps its charset and its transfer encoding. Only where a line would grow too long for the way, a part that is not encoded
becomes quoted-printable.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chalicelib.domain.mail import charsets, headers, transfer
from chalicelib.domain.mail.headers import Header, Unreadable
from chalicelib.domain.mail.parts import Part, transfer_encoding
from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing.not_tracked import Left, Reason

LARGEST = 5_000_000  # bytes as decoded: Gmail cuts a mail off at 102 KB
PGP = b"-----BEGIN PGP "  # a text that is encrypted or signed within itself


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a mail: as text, as the bytes of that, and the part that holds them."""

    text: str
    plain: bytes
    charset: str
    encoding: str
    part: Part


def read_body(raw: bytes, part: Part) -> Body:
    """The body that a part holds. Raises Left, or Unreadable, if it may not be changed."""
    if part.header.body == part.header.end:
        raise Unreadable  # no empty line: some readers would take what comes for more of the header
    encoding = transfer_encoding(raw, part)
    if part.end - part.header.body > 3 * LARGEST:  # as long as quoted-printable can make it
        raise Left(Reason.TOO_LARGE)
    plain = transfer.decoded(raw[part.header.body : part.end], encoding)
    if len(plain) > LARGEST:
        raise Left(Reason.TOO_LARGE)
    if PGP in plain:
        raise Left(Reason.ENCRYPTED)
    charset = charsets.faithful(part.parameters.get("charset", ""), plain)
    if charset is None:
        raise Left(Reason.CHARSET)
    return Body(plain.decode(charset, "surrogateescape"), plain, charset, encoding, part)


def read_bytes(raw: bytes, part: Part) -> Body:
    """The body of a part whose charset is not to be told, each byte a character. Raises Unreadable."""
    encoding = transfer_encoding(raw, part)
    plain = transfer.decoded(raw[part.header.body : part.end], encoding)
    return Body(plain.decode("latin-1"), plain, "latin-1", encoding, part)


def edited(raw: bytes, body: Body, edits: Sequence[Edit[str]]) -> list[Edit[bytes]]:
    """The edits of the text as edits of the mail, in order. Raises Unreadable where they cannot be."""
    part = body.part
    start, end = part.header.body, part.end
    newline = headers.line_end(raw)
    plain_edits = list(_in_bytes(body, edits))
    carried, encoding = transfer.carried(raw[start:end], body.encoding, body.plain, plain_edits, newline)
    found = [Edit(start + edit.start, start + edit.end, edit.before, edit.after) for edit in carried]
    if encoding != body.encoding:
        found.insert(0, _encoding_edit(raw, part.header, encoding, newline))
    return found


def _encoding_edit(raw: bytes, header: Header, encoding: str, newline: bytes) -> Edit[bytes]:
    """The header says another encoding. Raises Unreadable if it says nothing of what it holds: a mail before MIME."""
    line = f"Content-Transfer-Encoding: {encoding}".encode() + newline
    places = {field.name: field for field in reversed(header.fields)}
    if old := places.get("content-transfer-encoding"):
        return Edit(old.start, old.end, raw[old.start : old.end], line)
    if "content-type" not in places:
        raise Unreadable
    after = places["content-type"].end
    return Edit(after, after, b"", line)


def _in_bytes(body: Body, edits: Sequence[Edit[str]]) -> Iterator[Edit[bytes]]:
    """The edits of a text as edits of its bytes. Raises Unreadable if its charset has a memory, so parts tell nothing."""
    position = at = 0
    for edit in edits:
        start = at + len(body.text[position : edit.start].encode(body.charset, "surrogateescape"))
        before = edit.before.encode(body.charset, "surrogateescape")
        position, at = edit.end, start + len(before)
        if body.plain[start:at] != before:
            raise Unreadable
        yield Edit(start, at, before, edit.after.encode(body.charset, "xmlcharrefreplace"))
