"""The parts of a mail, by position (RFC 2046): which there are and where each stands."""

import re
from collections.abc import Iterator

from chalicelib.domain.mail import headers
from chalicelib.domain.mail.headers import Header, Unreadable
from chalicelib.domain.records import record

MOST_PARTS = 1_000
DEEPEST = 30  # parts within parts


@record
class Part:
    """What stands from `start` to `end` of a mail: its header, then its body. `kind` is its media type."""

    kind: str
    parameters: dict[str, str]
    header: Header
    start: int
    end: int


def parts(raw: bytes) -> Iterator[Part]:
    """The mail and all parts of it, each before those that it holds. Attached mails are not looked into.

    Raises Unreadable if a part should hold others and they are not found, or if there are too many.
    """
    pending = [(0, len(raw), 0, "text/plain")]
    count = 0
    while pending:
        start, end, depth, usual_kind = pending.pop()
        count += 1
        if count > MOST_PARTS or depth > DEEPEST:
            raise Unreadable
        header = headers.read(raw, start, end)
        content_type = headers.value(raw, header.fields, "content-type")
        kind, parameters = headers.parameters(content_type)
        if kind.count("/") != 1:
            kind = "text/plain" if kind else usual_kind
        part = Part(kind, parameters, header, start, end)
        yield part
        if kind.startswith("multipart/"):
            if not headers.is_clear(content_type):
                raise Unreadable
            usual_kind = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            held = [(first, last, depth + 1, usual_kind) for first, last in _held(raw, part)]
            pending.extend(reversed(held))


def _held(raw: bytes, part: Part) -> Iterator[tuple[int, int]]:
    """Where the parts stand that a part holds. The line end before a delimiter belongs to the delimiter."""
    boundary = part.parameters.get("boundary", "").rstrip().encode("latin-1", "replace")
    if not boundary:
        raise Unreadable
    delimiter = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]*+(?:\r\n|\r|\n|\Z)")
    start = count = 0
    for found in delimiter.finditer(raw, part.header.body, part.end):
        at = found.start()
        if at > part.start and raw[at - 1 : at] not in (b"\r", b"\n"):
            continue
        if start:
            yield start, max(start, at - (2 if raw[at - 2 : at] == b"\r\n" else 1))
        start = found.end()
        count += 1
        if found[1] or count > MOST_PARTS:
            break
    else:
        if start:
            yield start, part.end
    if not count:
        raise Unreadable


def is_attachment(raw: bytes, part: Part) -> bool:
    """Whether a part is a file that came with the mail (RFC 2183)."""
    disposition, parameters = headers.parameters(headers.value(raw, part.header.fields, "content-disposition"))
    return disposition == "attachment" or "filename" in parameters


def transfer_encoding(raw: bytes, part: Part) -> str:
    """How a part is encoded, in lower case; empty if it does not say."""
    return headers.value(raw, part.header.fields, "content-transfer-encoding").lower()
