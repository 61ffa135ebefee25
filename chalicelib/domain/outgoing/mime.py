"""The one HTML body of a mail, found by position and spliced: every other byte of the mail stays (RFC 2045 and 2046).

A mail whose body may not be touched, or whose structure cannot be told for sure, is left as it came, and says why.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.mail import headers, transfer
from chalicelib.domain.mail.headers import Header, Unreadable
from chalicelib.domain.mail.parts import Part, is_attachment, parts, transfer_encoding
from chalicelib.domain.outgoing.rewriting import Rewritten
from chalicelib.domain.outgoing.splicing import Edit, splice, unsplice

LOOP_HEADER = "X-Unsealed"  # what we send on carries it, so that nothing goes round in circles
LARGEST_MAIL = 52_428_800  # bytes: SES takes 40 MB
LARGEST_HTML = 5_000_000  # bytes as decoded: Gmail cuts a mail off at 102 KB


class Reason(StrEnum):
    """Why a mail is not tracked."""

    PLAIN = "plain"  # it has no HTML body
    SIGNED = "signed"  # a change would break the signature
    ENCRYPTED = "encrypted"
    CALENDAR = "calendar"  # an invitation
    REPORT = "report"  # a bounce or a receipt
    AUTOMATIC = "automatic"  # sent by a machine (RFC 3834)
    LOOP = "loop"  # sent by us
    MANY_BODIES = "many_bodies"
    CHARSET = "charset"  # its tags are not written in ASCII
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"  # its structure or its encoding cannot be told for sure


@dataclass(frozen=True, slots=True)
class NotTracked:
    """The mail stays as it came."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Tracked:
    """A mail with its links tracked and its pixel in it. `links` are the destinations, `edits` what changes of it."""

    original: bytes
    links: tuple[str, ...]
    edits: tuple[Edit[bytes], ...]

    @property
    def raw(self) -> bytes:
        """The changed mail, made anew each time: it may be large."""
        return splice(self.original, self.edits)


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML body of a mail: as text, as the bytes of that, and the part that holds them."""

    html: str
    plain: bytes
    charset: str
    encoding: str
    part: Part


_SEALED = {
    "multipart/signed": Reason.SIGNED,
    "application/pkcs7-signature": Reason.SIGNED,
    "application/x-pkcs7-signature": Reason.SIGNED,
    "application/pgp-signature": Reason.SIGNED,
    "multipart/encrypted": Reason.ENCRYPTED,
    "application/pkcs7-mime": Reason.ENCRYPTED,
    "application/x-pkcs7-mime": Reason.ENCRYPTED,
    "application/pgp-encrypted": Reason.ENCRYPTED,
    "multipart/report": Reason.REPORT,
    "message/delivery-status": Reason.REPORT,
    "message/disposition-notification": Reason.REPORT,
    "message/feedback-report": Reason.REPORT,
    "text/calendar": Reason.CALENDAR,
}
_PGP = b"-----BEGIN PGP "
_ASCII = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_CHARSET = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
_NOT_ASCII = re.compile(r"utf-?(?:7|16|32)|ucs-?[24]|(?:cs)?iso-?2022|iso-10646|hz|unicode|.*escape")
_SHIFTED = re.compile(rb"[\0\x1b]")  # nobody's HTML in ASCII: UTF-16, or the escapes of ISO 2022


def rewrite_mail(raw: bytes, rewrite_html: Callable[[str], Rewritten]) -> Tracked | NotTracked:
    """The mail with its HTML body rewritten, or why it stays as it came. Never raises for any bytes.

    For one mail and many recipients, `read` it once and `rewritten` for each.
    """
    body = read(raw)
    return body if isinstance(body, NotTracked) else rewritten(raw, body, rewrite_html(body.html))


def read(raw: bytes) -> Body | NotTracked:
    """The HTML body of a mail, or why it may not be touched."""
    if len(raw) > LARGEST_MAIL:
        return NotTracked(Reason.TOO_LARGE)
    try:
        found = _html_part(raw)
        return NotTracked(found) if isinstance(found, Reason) else _body(raw, found)
    except Unreadable:
        return NotTracked(Reason.UNREADABLE)


def rewritten(raw: bytes, body: Body, html: Rewritten) -> Tracked | NotTracked:
    """The mail with the edits of its HTML body made."""
    try:
        edits = _edits(raw, body, html.edits)
    except Unreadable:
        return NotTracked(Reason.UNREADABLE)
    return Tracked(raw, html.links, tuple(edits))


def undo(tracked: Tracked) -> bytes:
    """The mail as it was before."""
    return unsplice(tracked.raw, tracked.edits)


def _html_part(raw: bytes) -> Part | Reason:
    bodies: list[Part] = []
    for part in parts(raw):
        if part.start == 0 and (reason := _machine(raw, part.header)):
            return reason
        if reason := _SEALED.get(part.kind):
            return reason
        if part.kind.startswith("text/") and _holds_pgp(raw, part):
            return Reason.ENCRYPTED
        if part.kind == "text/html" and not is_attachment(raw, part):
            bodies.append(part)
    if len(bodies) != 1:
        return Reason.MANY_BODIES if bodies else Reason.PLAIN
    return bodies[0]


def _machine(raw: bytes, header: Header) -> Reason | None:
    """Whether a mail says of itself that no person sent it."""
    if any(field.name == LOOP_HEADER.lower() for field in header.fields):
        return Reason.LOOP
    submitted, _ = headers.parameters(headers.value(raw, header.fields, "auto-submitted"))
    return Reason.AUTOMATIC if submitted not in ("", "no") else None


def _holds_pgp(raw: bytes, part: Part) -> bool:
    """Whether a text is encrypted or signed in the old way, within itself."""
    start, end = part.header.body, part.end
    if transfer_encoding(raw, part) != "base64":
        return raw.find(_PGP, start, end) >= 0
    if end - start > 2 * LARGEST_HTML:
        return False
    try:
        return _PGP in transfer.decoded(raw[start:end], "base64")
    except Unreadable:
        return False


def _body(raw: bytes, part: Part) -> Body | NotTracked:
    if part.header.body == part.header.end:
        raise Unreadable  # no empty line: some readers would take what comes for more of the header
    encoding = transfer_encoding(raw, part)
    if part.end - part.header.body > 3 * LARGEST_HTML:  # as long as quoted-printable can make it
        return NotTracked(Reason.TOO_LARGE)
    plain = transfer.decoded(raw[part.header.body : part.end], encoding)
    if len(plain) > LARGEST_HTML:
        return NotTracked(Reason.TOO_LARGE)
    if _PGP in plain:
        return NotTracked(Reason.ENCRYPTED)
    charset = _charset(part.parameters.get("charset", ""), plain)
    if charset is None:
        return NotTracked(Reason.CHARSET)
    return Body(plain.decode(charset, "surrogateescape"), plain, charset, encoding, part)


def _charset(declared: str, plain: bytes) -> str | None:
    """By which charset the text can be read and written again unchanged; None where tags are not ASCII in it.

    Where neither the declared one nor UTF-8 is right, all other bytes than ASCII are passed on as they are.
    """
    declared = declared.strip().lower().replace("_", "-")
    if _NOT_ASCII.match(declared) or _SHIFTED.search(plain):
        return None
    for charset in (declared, "utf-8"):
        if not _CHARSET.fullmatch(charset):
            continue
        try:
            if _ASCII.decode(charset) != _ASCII.decode("ascii"):
                return None
            if plain.decode(charset).encode(charset) == plain:
                return charset
        except (LookupError, UnicodeError):
            continue
    return "ascii"


def _edits(raw: bytes, body: Body, edits: Sequence[Edit[str]]) -> list[Edit[bytes]]:
    """The edits of the text as edits of the mail."""
    part = body.part
    start, end = part.header.body, part.end
    newline = headers.line_end(raw)
    plain_edits = list(_in_bytes(body, edits))
    carried, encoding = transfer.carried(raw[start:end], body.encoding, body.plain, plain_edits, newline)
    found = [Edit(start + edit.start, start + edit.end, edit.before, edit.after) for edit in carried]
    if encoding != body.encoding:
        line = f"Content-Transfer-Encoding: {encoding}".encode() + newline
        old = [field for field in part.header.fields if field.name == "content-transfer-encoding"]
        after = next(field.end for field in part.header.fields if field.name == "content-type")
        at, until = (old[0].start, old[0].end) if old else (after, after)
        found.insert(0, Edit(at, until, raw[at:until], line))
    return found


def _in_bytes(body: Body, edits: Sequence[Edit[str]]) -> Iterator[Edit[bytes]]:
    """The edits of a text as edits of its bytes. Raises Unreadable if its charset has a memory, so parts tell nothing."""
    position = at = 0
    for edit in edits:
        start = at + len(body.html[position : edit.start].encode(body.charset, "surrogateescape"))
        before = edit.before.encode(body.charset, "surrogateescape")
        position, at = edit.end, start + len(before)
        if body.plain[start:at] != before:
            raise Unreadable
        yield Edit(start, at, before, edit.after.encode(body.charset, "xmlcharrefreplace"))
