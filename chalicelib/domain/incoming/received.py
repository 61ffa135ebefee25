"""A mail that came in, read leniently: its header fields, its parts, and their text. Any bytes are a mail.

Where outgoing/mime.py must be sure, since it writes, this only looks: what is broken is read as far as it goes, within bounds
of time and memory that no mail can lift.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chalicelib.domain.mail import charsets, headers, mails, transfer
from chalicelib.domain.mail.headers import Header, Unreadable

MOST_PARTS = 200
DEEPEST = 10  # parts within parts
LONGEST_FIELD = 20_000  # characters of a header field that are looked at
MAILS_WITHIN = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}
)
MOST_TEXT = 4_000_000  # bytes of one mail's texts that are looked at, as they are coded

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_LINES = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its media type with parameters, header and place. `attached` is whether it belongs to a mail within."""

    kind: str
    parameters: dict[str, str]
    header: Header
    end: int
    attached: bool


class Mail:
    """A mail and all its parts, each before those that it holds; those of attached mails too."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = tuple(_parts(raw))
        self._looked_at = 0

    def field(self, name: str, part: Part | None = None) -> str:
        """The first field with this name, unfolded, each byte a character, cut to LONGEST_FIELD; "" if there is none."""
        for field in (part or self.parts[0]).header.fields:
            if field.name == name:
                short = field._replace(end=min(field.end, field.start + LONGEST_FIELD))
                return headers.value(self.raw, [short], name)
        return ""

    def has(self, name: str) -> bool:
        """Whether the mail itself has a field with this name."""
        return any(field.name == name for field in self.parts[0].header.fields)

    def own(self, kind: str) -> Iterator[Part]:
        """The parts of a kind (`text/`, `message/delivery-status`) that belong to no attached mail."""
        return (part for part in self.parts if part.kind.startswith(kind) and not part.attached)

    def text(self, part: Part) -> str:
        """What a part says, as far as it can be read. Empty once MOST_TEXT was looked at."""
        left = MOST_TEXT - self._looked_at
        coded = self.raw[part.header.body : min(part.end, part.header.body + max(left, 0))]
        self._looked_at += len(coded)
        encoding = self.field("content-transfer-encoding", part).lower()
        charset = part.parameters.get("charset", "")
        plain = _decoded(coded, encoding)
        return charsets.text_of(plain, charset)

    @cached_property
    def subject(self) -> str:
        """The subject in letters, on one line."""
        return mails.decoded(self.field("subject")[:1000])

    @cached_property
    def author(self) -> tuple[str, str]:
        """The first address that the mail is from, as it is compared and kept, and the name with it; "" if there is none."""
        found = next(mails.mailboxes(self.field("from")), None)
        return found or ("", mails.decoded(self.field("from")[:1000]))


def groups(text: str) -> Iterator[dict[str, str]]:
    """The groups of fields of a report's machine-readable part (RFC 3464, section 2.1; RFC 5965), names in lower case."""
    found: dict[str, str] = {}
    name = ""
    for line in (each.rstrip(" \t") for each in _LINES.split(text[:LONGEST_FIELD])):
        if not line:
            if found:
                yield found
            found, name = {}, ""
        elif line[0] in " \t" and name:
            found[name] += " " + line.strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            found.setdefault(name, value.strip())
    if found:
        yield found


def _parts(raw: bytes) -> Iterator[Part]:
    pending = [(0, len(raw), 0, "text/plain", False)]
    count = 0
    while pending and count < MOST_PARTS:
        start, end, depth, usual_kind, attached = pending.pop()
        count += 1
        header = _header(raw, start, end)
        content_type = headers.value(raw, header.fields, "content-type")
        kind, parameters = headers.parameters(content_type[: headers.LONGEST_VALUE])
        if kind.count("/") != 1:
            kind = usual_kind
        yield Part(kind, parameters, header, end, attached)
        if depth == DEEPEST:
            continue
        if kind.startswith("multipart/"):
            usual_kind = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            held = _held(raw, header.body, end, parameters.get("boundary", ""))
            pending.extend(reversed([(first, last, depth + 1, usual_kind, attached) for first, last in held]))
        elif kind in MAILS_WITHIN:
            pending.append((header.body, end, depth + 1, "text/plain", True))


def _header(raw: bytes, start: int, end: int) -> Header:
    try:
        return headers.read(raw, start, end)
    except Unreadable:  # ten thousand fields and more: nobody's mail
        return Header([], start, start)


def _held(raw: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """Where the parts stand that a part holds, as far as delimiters are found."""
    delimiter = boundary.strip().encode("latin-1", "replace")
    if not delimiter:
        return []
    lines = re.compile(rb"(?<![^\r\n])--" + re.escape(delimiter) + rb"(--)?[ \t]*+(?:\r\n|\r|\n|\Z)")
    starts: list[tuple[int, int]] = []  # of each delimiter and of what follows it
    for found in lines.finditer(raw, start, end):
        starts.append((found.start(), found.end()))
        if found[1] or len(starts) > MOST_PARTS:
            break
    else:
        starts.append((end, end))
    return [(first, max(first, last)) for (_, first), (last, _) in pairwise(starts)]


def _decoded(coded: bytes, encoding: str) -> bytes:
    try:
        return transfer.decoded(coded, encoding)
    except Unreadable:
        if encoding != "base64":
            return coded
    packed = _NOT_BASE64.sub(b"", coded)
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
