"""The header fields of a mail or of one of its parts, by position: read, set and removed by whole lines.

Folded lines, odd spelling, other bytes than ASCII: what is not touched stays as it came (RFC 5322, section 2.2).
"""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from chalicelib.domain.mail.splicing import Edit, splice

MOST_FIELDS = 10_000  # a mail has some fifty; the bound keeps a hostile one from filling the memory
LONGEST_VALUE = 10_000  # characters, of a value with parameters
LOOP_HEADER = "X-Unsealed"  # what we send on carries it, so that nothing goes round in circles
MOST_REPAIRS = 20  # of one header
LINE_LENGTH = 76  # where a field that we write is folded: RFC 5322 asks for 78 at most

_LINE_END = rb"(?:\r\n|\r|\n|\Z)"
_FIELD = re.compile(rb"([!-9;-~]*+):[^\r\n]*+" + _LINE_END + rb"(?:[ \t][^\r\n]*+" + _LINE_END + rb")*+")
_ENVELOPE = re.compile(rb"From [^\r\n]*+" + _LINE_END)  # the first line of a mail from an mbox file
_CONTINUED = re.compile(rb"[ \t][^\r\n]*+" + _LINE_END)  # of nothing, so it says nothing
_LINE = re.compile(rb"[^\r\n]*+" + _LINE_END)
_SPACED = re.compile(rb"([!-9;-~]++)[ \t]++:")
_ABOVE = re.compile(rb"(?:[ \t]*+(?:\r\n|\r|\n))++(?=[!-9;-~]++:)")
_NO_FIELD = b"X-Not-A-Field"
_KNOWN = re.compile(
    r"x-.+|(?:resent-)?(?:from|to|cc|bcc|date|sender|message-id)|subject|reply-to|in-reply-to|references|mime-version|"
    r"content-.+|received|return-path|dkim-signature|arc-.+|list-.+|user-agent|importance|thread-.+|auto-submitted|precedence"
)
_EMPTY = re.compile(rb"\r\n|\r|\n")
_PARAMETER = re.compile(r";\s*+([^\s=;]++)\s*+=\s*+(?:\"((?:[^\"\\]++|\\.)*+)\"?|([^;]*+))", re.DOTALL | re.ASCII)
_CLEAR = re.compile(r"[^\s;\"]++(?:\s*+;(?:\s*+[^\s=;\"]++\s*+=\s*+(?:\"[^\"\\]*+\"|[^\s;\"]++))?+)*+\s*+", re.ASCII)
_SECTION = re.compile(r"([^*]++)(?:\*([0-9]{1,3}))?(\*)?")
_NAME = re.compile(r"[!-9;-~]+")
_VALUE = re.compile(r"[\t -~]*")


class Unreadable(Exception):  # noqa: N818 - it is the mail that is wrong, not the program
    """The structure of a mail cannot be told for sure."""


class Field(NamedTuple):
    """A header field: its name in lower case, and where its lines stand."""

    name: str
    start: int
    end: int


class Header(NamedTuple):
    """The fields between two positions, where they end, and where the body begins: with an empty line between."""

    fields: list[Field]
    end: int
    body: int


def read(raw: bytes, start: int, end: int) -> Header:
    """The header of what stands between two positions.

    As Python's `email` reads it, a line that can be no field begins the body. Raises Unreadable if there are too many.
    """
    found: list[Field] = []
    envelope = _ENVELOPE.match(raw, start, end)
    position = envelope.end() if envelope else start
    while position < end:
        if field := _FIELD.match(raw, position, end):
            found.append(Field(field[1].decode("ascii").lower(), position, field.end()))
            if len(found) > MOST_FIELDS:
                raise Unreadable
            position = field.end()
        elif empty := _EMPTY.match(raw, position, end):
            return Header(found, position, empty.end())
        elif not found and (continued := _CONTINUED.match(raw, position, end)):
            position = continued.end()
        else:
            break
    return Header(found, position, position)


def value(raw: bytes, fields: list[Field], name: str) -> str:
    """The value of the first field with this name, unfolded, each byte a character; empty if there is none."""
    for field in fields:
        if field.name == name:
            text = raw[field.start : field.end].decode("latin-1").partition(":")[2]
            return re.sub(r"[\r\n]+", "", text).strip(" \t\r\n")
    return ""


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A value such as `text/html; charset=utf-8` in its parts, names in lower case.

    Of two parameters with one name the first one counts; long and coded ones are put together (RFC 2231). Raises
    Unreadable if the value is longer than any could be.
    """
    if len(value) > LONGEST_VALUE:
        raise Unreadable
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, quoted, bare in _PARAMETER.findall(value):
        section = _SECTION.fullmatch(name.lower())
        if section:
            text = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) or bare.strip(" \t\r\n")
            number = int(section[2] or 0)
            sections.setdefault(section[1], {}).setdefault(number, (text, section[3] is not None))
    first = value.partition(";")[0].strip(" \t\r\n").lower()
    return first, {name: _joined([found[number] for number in sorted(found)]) for name, found in sections.items()}


def is_clear(value: str) -> bool:
    """Whether every reader of a value such as `text/html; charset=utf-8` must take it for the same."""
    return len(value) <= LONGEST_VALUE and _CLEAR.fullmatch(value) is not None


def _joined(sections: list[tuple[str, bool]]) -> str:
    text = "".join(unquote_to_bytes(text).decode("latin-1") if coded else text for text, coded in sections)
    return text.split("'", 2)[-1] if sections[0][1] else text


def line_end(raw: bytes) -> bytes:
    """How a mail ends its lines: as it ends the first one."""
    at = raw.find(b"\n")
    return b"\n" if at >= 0 and raw[at - 1 : at] != b"\r" else b"\r\n"


def with_header(raw: bytes, name: str, value: str) -> bytes:
    """The mail with this field once: in the place of the first one with its name, else behind the other fields.

    The value is ASCII as it goes on the wire (RFC 2047 for other letters). Raises ValueError if a name or value cannot
    stand in a header, so nobody writes a line of his own into a mail.
    """
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError(f"no header field: {name!r}")
    header = read(raw, 0, len(raw))
    newline = line_end(raw)
    line = _folded(f"{name}: {value}", newline)
    same = [field for field in header.fields if field.name == name.lower()]
    if same:
        first = Edit(same[0].start, same[0].end, raw[same[0].start : same[0].end], line)
        return splice(raw, [first, *_removals(raw, same[1:])])
    end = header.end
    if end and raw[end - 1 : end] not in (b"\r", b"\n"):
        line = newline + line
    return splice(raw, [Edit(end, end, b"", line)])


def without_header(raw: bytes, name: str) -> bytes:
    """The mail without any field of this name."""
    fields = read(raw, 0, len(raw)).fields
    return splice(raw, _removals(raw, [field for field in fields if field.name == name.lower()]))


def repaired(raw: bytes) -> bytes:
    """The mail with a header that holds fields only, and an empty line behind it.

    Empty lines before it go, and a space before a colon. A line that is no field, with known fields behind it, becomes one
    (`X-Not-A-Field`); any other begins the body. One of too many fields stays as it is.
    """
    try:
        return _repaired(raw)
    except Unreadable:
        return raw


def _repaired(raw: bytes) -> bytes:
    if above := _ABOVE.match(raw):
        raw = raw[above.end() :]
    for _ in range(MOST_REPAIRS):
        header = read(raw, 0, len(raw))
        nameless = next((field for field in header.fields if not field.name), None)
        if nameless is not None:
            raw = splice(raw, [Edit(nameless.start, nameless.start, b"", _NO_FIELD)])
            continue
        if header.body > header.end or header.body >= len(raw):
            return raw
        at = header.body
        if spaced := _SPACED.match(raw, at):
            raw = splice(raw, [Edit(spaced.end(1), spaced.end(), raw[spaced.end(1) : spaced.end()], b":")])
            continue
        line = _LINE.match(raw, at)
        behind = read(raw, line.end() if line else at, len(raw))
        known = behind.fields and _KNOWN.fullmatch(behind.fields[0].name)
        written = _NO_FIELD + b": " if known else line_end(raw)
        raw = splice(raw, [Edit(at, at, b"", written)])
        if not known:
            return raw
    return raw


def _removals(raw: bytes, fields: list[Field]) -> list[Edit[bytes]]:
    return [Edit(field.start, field.end, raw[field.start : field.end], b"") for field in fields]


def _folded(text: str, newline: bytes) -> bytes:
    lines = [""]
    for word in re.findall(r"(?:\A\s*+|\s?)\S+(?:\s+(?=\s\S))?", text):  # of the space between two, one begins the next
        if lines[-1] and len(lines[-1] + word) > LINE_LENGTH:
            lines.append("")
        lines[-1] += word
    return newline.join(line.encode("ascii") for line in lines) + newline
