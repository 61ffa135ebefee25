"""The bodies of a mail, found by position and spliced: every other byte of the mail stays (RFC 2045 and 2046).

They are its HTML, in one body or in several that are shown one below the other, and, where the sender wants the links of texts
tracked, its one plain text. A mail whose body may not be touched, or whose structure cannot be told for sure, is left as it
came, and says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from chalicelib.domain.mail import headers, transfer
from chalicelib.domain.mail.headers import LOOP_HEADER, Header, Unreadable
from chalicelib.domain.mail.parts import Part, is_attachment, parts, transfer_encoding
from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.outgoing.body import LARGEST, PGP, Body, edited, read_body
from chalicelib.domain.outgoing.not_tracked import Left, Reason
from chalicelib.domain.outgoing.plain_text import Changes
from chalicelib.domain.outgoing.rewriting import Rewritten

MOST_BODIES = 20  # Apple Mail begins a new one behind each attachment
LARGEST_MAIL = 52_428_800  # bytes: SES takes 40 MB


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
class Bodies:
    """What may be changed of a mail: its HTML, its plain text, or one beside the other."""

    pages: tuple[Body, ...]
    text: Body | None = None


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


def read(raw: bytes, text_links: bool = False) -> Bodies | NotTracked:
    """The bodies of a mail that may be changed, or why none may. Its plain text is one of them with `text_links`."""
    if len(raw) > LARGEST_MAIL:
        return NotTracked(Reason.TOO_LARGE)
    try:
        pages, text = _found(raw)
        if pages:
            return Bodies(tuple(read_body(raw, page) for page in pages), _body_if(raw, text) if text_links else None)
        if text is not None and text_links:
            return Bodies((), read_body(raw, text))
    except Unreadable:
        return NotTracked(Reason.UNREADABLE)
    except Left as left:
        return NotTracked(left.reason)
    return NotTracked(Reason.PLAIN)


def rewritten(
    raw: bytes, bodies: Bodies, pages: Sequence[Rewritten], text: Changes | None = None
) -> Tracked | NotTracked:
    """The mail with the edits of its bodies made. Where only its HTML can be changed, it alone is."""
    edits: list[Edit[bytes]] = []
    if bodies.text and text:
        try:
            edits += edited(raw, bodies.text, text.edits)
        except Unreadable:
            if not bodies.pages:
                return NotTracked(Reason.UNREADABLE)
    try:
        for body, page in zip(bodies.pages, pages, strict=True):
            edits += edited(raw, body, page.edits)
    except Unreadable:
        return NotTracked(Reason.UNREADABLE)
    links = tuple(chain.from_iterable(page.links for page in pages)) if pages else text.links if text else ()
    return Tracked(raw, links, tuple(sorted(edits, key=lambda edit: edit.start)))


def _found(raw: bytes) -> tuple[list[Part], Part | None]:
    """The parts that hold the HTML and the plain text: the only one, or that beside the HTML as an alternative to it."""
    pages: list[Part] = []
    texts: list[Part] = []
    alternatives: list[Part] = []
    for part in parts(raw):
        if part.start == 0:
            _refuse_machines(raw, part.header)
        if (reason := _SEALED.get(part.kind)) and not (reason is Reason.CALENDAR and is_attachment(raw, part)):
            raise Left(reason)
        if part.kind == "multipart/alternative":
            alternatives.append(part)
        if not part.kind.startswith("text/"):
            continue
        if _holds_pgp(raw, part):
            raise Left(Reason.ENCRYPTED)
        if not is_attachment(raw, part):
            if part.kind == "text/html":
                pages.append(part)
            elif part.kind == "text/plain" and "name" not in part.parameters:
                texts.append(part)
    if len(pages) > 1:  # a page that has a name is a file, where another shows the mail
        pages = [page for page in pages if "name" not in page.parameters] or pages[:1]
    if len(pages) > MOST_BODIES:
        raise Left(Reason.MANY_BODIES)
    if pages:
        around = [each for each in alternatives if any(_holds(each, page) for page in pages)]
        texts = [text for text in texts if any(_holds(each, text) for each in around)]
    return pages, texts[0] if len(texts) == 1 else None


def _holds(whole: Part, part: Part) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _refuse_machines(raw: bytes, header: Header) -> None:
    """Leave a mail that says of itself that no person sent it."""
    if any(field.name == LOOP_HEADER.lower() for field in header.fields):
        raise Left(Reason.LOOP)
    submitted, _ = headers.parameters(headers.value(raw, header.fields, "auto-submitted"))
    if submitted not in ("", "no"):
        raise Left(Reason.AUTOMATIC)


def _holds_pgp(raw: bytes, part: Part) -> bool:
    """Whether a text is encrypted or signed in the old way, within itself."""
    start, end = part.header.body, part.end
    if transfer_encoding(raw, part) != "base64":
        return raw.find(PGP, start, end) >= 0
    if end - start > 2 * LARGEST:
        return False
    try:
        return PGP in transfer.decoded(raw[start:end], "base64")
    except Unreadable:
        return False


def _body_if(raw: bytes, part: Part | None) -> Body | None:
    """The body that a part holds, if it may be changed."""
    try:
        return None if part is None else read_body(raw, part)
    except (Unreadable, Left):
        return None
