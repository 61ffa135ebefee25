"""What Python's own mail parser sees of a mail before and after it was rewritten."""

from email import message_from_bytes
from email.message import Message

from chalicelib.domain.mail.transfer import LONGEST_LINE
from chalicelib.domain.outgoing.mime import Tracked, undo
from tests.bench import rewriting_oracle

# What Python's and html5lib's parsers raise for some broken mails.
CANNOT_READ = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def faults(raw: bytes, tracked: Tracked) -> list[str]:
    """What is wrong with the rewriting of a mail: nothing, if the list is empty."""
    damaged = damage(raw, tracked)
    return damaged or _html_faults(raw, tracked)


def damage(raw: bytes, tracked: Tracked) -> list[str]:
    """What came to harm besides the HTML body."""
    if undo(tracked) != raw:
        return ["undoing does not give the original back"]
    try:
        before, after = (list(message_from_bytes(mail).walk()) for mail in (raw, tracked.raw))
        if len(before) != len(after):
            return [f"{len(before)} parts became {len(after)}"]
        changed = [old for old, new in zip(before, after, strict=True) if _payload(old) != _payload(new)]
        found = [f"a part of type {part.get_content_type()} was changed" for part in changed]
        found = (
            [] if [part.get_content_type() for part in changed] == ["text/html"] else found or ["nothing was changed"]
        )
        if any(_header(old) != _header(new) for old, new in zip(before, after, strict=True)):
            found.append("a header was changed")
    except CANNOT_READ as error:
        return [f"Python cannot read the mail: {error!r}"]
    if _longest_line(tracked.raw) > LONGEST_LINE >= _longest_line(raw):
        found.append("a line is too long")
    return found


def _html_faults(raw: bytes, tracked: Tracked) -> list[str]:
    before, after = (message_from_bytes(mail) for mail in (raw, tracked.raw))
    for old, new in zip(before.walk(), after.walk(), strict=True):
        if _payload(old) != _payload(new):
            charset = _charset(old)
            html, changed = (_payload(part).decode(charset, "surrogateescape") for part in (old, new))
            return rewriting_oracle.tree_faults(html, changed, tracked.links)
    return []


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(part: Message) -> list[tuple[str, str]]:
    """Its fields, but for the encoding, which may have to change."""
    return [(name, str(value)) for name, value in part.items() if name.lower() != "content-transfer-encoding"]


def _charset(part: Message) -> str:
    for charset in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            _payload(part).decode(charset)
            return charset
        except (LookupError, UnicodeError):
            continue
    return "ascii"


def _longest_line(raw: bytes) -> int:
    return max(map(len, raw.splitlines()), default=0)
