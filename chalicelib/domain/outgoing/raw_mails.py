"""What becomes of a raw mail: the links of its HTML are tracked; those of its plain text too, where the sender wants that.

Whether it is tracked or not, nothing of another mail of ours stays in any text of it, attached mails included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.mail import headers, parts
from chalicelib.domain.mail.headers import Unreadable
from chalicelib.domain.mail.parts import Part
from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.outgoing import alternatives, cleaning, mime
from chalicelib.domain.outgoing.alternatives import Both, Changed, Known
from chalicelib.domain.outgoing.body import edited, read_body, read_bytes
from chalicelib.domain.outgoing.mime import Bodies, NotTracked, Tracked
from chalicelib.domain.outgoing.not_tracked import Left, Reason
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.words.sentences import ENGLISH

_DEEPEST = 5  # mails within mails
_SEALED = ("multipart/signed", "multipart/encrypted")


@dataclass(frozen=True, slots=True)
class Trackable:
    """A mail that can be tracked: its bodies, and what was read in them, once for all its copies.

    `others` are the edits that clean its other parts.
    """

    bodies: Bodies
    known: Known
    others: tuple[Edit[bytes], ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead that are tracked. A link's index is its name."""
        return self.known.links

    @property
    def shows_opens(self) -> bool:
        """Whether it can carry a pixel: a plain text cannot."""
        return bool(self.bodies.pages)


def read(raw: bytes, *, text_links: bool, ours: Ours) -> Trackable | NotTracked:
    """What can be tracked of a mail, or why nothing can. The links of plain texts are with `text_links`.

    `ours` is as in rewriting.read. Never raises for any bytes.
    """
    bodies = mime.read(raw, text_links)
    if isinstance(bodies, NotTracked):
        return bodies
    known = alternatives.read(_both(bodies), ours=ours)
    if not known.links and not bodies.pages:
        return NotTracked(Reason.PLAIN)
    places = {body.part.start for body in (*bodies.pages, bodies.text) if body}
    return Trackable(bodies, known, _cleaned(raw, ours, places))


def rewritten(
    raw: bytes,
    mail: Trackable,
    *,
    pixel_url: str | None,
    tracked: Sequence[str],
    page_url: str | None = None,
    language: str = ENGLISH,
) -> tuple[Tracked | NotTracked, bool]:
    """The mail with its links tracked, and a pixel in its HTML; and whether that stands where Gmail cuts the mail off.

    `tracked` are the URLs that stand for its links. `pixel_url`, `page_url` and `language` are as
    in rewriting.rewritten; a plain text has no letters for other languages than its own.
    """
    spoken = language if mail.known.pages else ENGLISH
    changed: Changed = alternatives.changed(
        mail.known, pixel_url=pixel_url, tracked=tracked, page_url=page_url, language=spoken
    )
    done = mime.rewritten(raw, mail.bodies, changed.pages, changed.text)
    if isinstance(done, Tracked) and mail.others:
        done = replace(done, edits=tuple(sorted((*done.edits, *mail.others), key=lambda edit: edit.start)))
    return done, changed.cut


def cleaned(raw: bytes, ours: Ours) -> tuple[Edit[bytes], ...]:
    """What changes of a mail so that nothing of another mail of ours goes out with it, in order. Never raises for any bytes.

    What is signed or encrypted stays: a change would break it.
    """
    return _cleaned(raw, ours, set())


def _cleaned(raw: bytes, ours: Ours, known: set[int]) -> tuple[Edit[bytes], ...]:
    """The same of all parts but those that begin at a position that is `known`."""
    try:
        leaves = [leaf for leaf in _leaves(raw, 0) if leaf.start not in known]
    except Unreadable:
        return ()
    edits = [edit for leaf in leaves for edit in _of_leaf(raw, leaf, ours)]
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _leaves(raw: bytes, depth: int) -> Iterator[Part]:
    """The texts of a mail that may be changed, those of attached mails too."""
    sealed = 0
    for part in parts.parts(raw):
        if part.start < sealed:
            continue
        if part.kind in _SEALED:
            sealed = part.end
        elif part.kind.startswith("text/"):
            yield part
        elif part.kind == "message/rfc822" and depth < _DEEPEST:
            yield from _attached(raw, part, depth + 1)


def _attached(raw: bytes, part: Part, depth: int) -> Iterator[Part]:
    """Those of an attached mail, at their places in the whole one."""
    at = part.header.body
    if parts.transfer_encoding(raw, part) in ("base64", "quoted-printable"):
        return  # RFC 2046, 5.2.1 forbids it
    try:
        for leaf in _leaves(raw[at : part.end], depth):
            fields = [field._replace(start=field.start + at, end=field.end + at) for field in leaf.header.fields]
            header = headers.Header(fields, leaf.header.end + at, leaf.header.body + at)
            yield Part(leaf.kind, leaf.parameters, header, leaf.start + at, leaf.end + at)
    except Unreadable:
        return


def _of_leaf(raw: bytes, leaf: Part, ours: Ours) -> list[Edit[bytes]]:
    try:
        body = read_body(raw, leaf)
    except Left as left:
        if left.reason is not Reason.CHARSET:
            return []
        body = read_bytes(raw, leaf)
    except Unreadable:
        return []
    is_page = leaf.kind == "text/html" and body.charset != "latin-1"
    changes = cleaning.of_html(body.text, ours) if is_page else cleaning.of_text(body.text, ours)
    try:
        return edited(raw, body, changes) if changes else []
    except Unreadable:
        return []


def cleaned_mail(raw: bytes, ours: Ours) -> bytes:
    """The mail with nothing left in it of another mail of ours."""
    return splice(raw, cleaned(raw, ours))


def _both(bodies: Bodies) -> Both:
    text = bodies.text
    delsp = text is not None and text.part.parameters.get("delsp", "").lower() == "yes"
    return Both(tuple(page.text for page in bodies.pages), text.text if text else None, delsp=delsp)
