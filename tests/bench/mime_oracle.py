"""What Python's own mail parser sees of a mail before and after it was rewritten."""

import re
from collections.abc import Collection, Sequence
from email import message_from_bytes
from email.message import Message
from urllib.parse import quote

from chalicelib.domain.mail.transfer import LONGEST_LINE
from chalicelib.domain.outgoing import raw_mails
from chalicelib.domain.outgoing.mime import NotTracked, Tracked
from tests.bench.rewriting_oracle import OURS, PIXEL, TRACKING, tracked_url, tree_faults
from tests.rewriting import undo

HTML = ("text/html",)
BOTH = ("text/html", "text/plain")

_TRACKED = re.compile(rf"{re.escape(TRACKING)}c/([0-9]+)")
_ASCII = "".join(map(chr, range(0x80)))

# What Python's and html5lib's parsers raise for some broken mails.
CANNOT_READ = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def rewrite_mail(raw: bytes, text_links: bool = False) -> Tracked | NotTracked:
    """The mail with the links of its HTML tracked; those of its plain text too, with `text_links`."""
    mail = raw_mails.read(raw, text_links=text_links, ours=OURS)
    if isinstance(mail, NotTracked):
        return mail
    tracked = [tracked_url(index, destination) for index, destination in enumerate(mail.links)]
    return raw_mails.rewritten(raw, mail, pixel_url=PIXEL, tracked=tracked)[0]


def faults(raw: bytes, tracked: Tracked, kinds: Collection[str] = HTML) -> list[str]:
    """What is wrong with the rewriting of a mail: nothing, if the list is empty. Only bodies of these `kinds` may change."""
    return damage(raw, tracked, kinds) or _faults(raw, tracked)


def damage(raw: bytes, tracked: Tracked, kinds: Collection[str] = HTML) -> list[str]:
    """What came to harm besides the bodies: one of a kind."""
    if undo(tracked) != raw:
        return ["undoing does not give the original back"]
    try:
        before, after = (list(message_from_bytes(mail).walk()) for mail in (raw, tracked.raw))
        if len(before) != len(after):
            return [f"{len(before)} parts became {len(after)}"]
        changed = [
            old.get_content_type() for old, new in zip(before, after, strict=True) if _payload(old) != _payload(new)
        ]
        harmed = [kind for kind in changed if kind not in kinds or (kind != "text/html" and changed.count(kind) > 1)]
        found = [f"a part of type {kind} was changed" for kind in harmed]
        if not changed:
            found.append("nothing was changed")
        if any(_header(old) != _header(new) for old, new in zip(before, after, strict=True)):
            found.append("a header was changed")
    except CANNOT_READ as error:
        return [f"Python cannot read the mail: {error!r}"]
    if _longest_line(tracked.raw) > LONGEST_LINE >= _longest_line(raw):
        found.append("a line is too long")
    return found


def _faults(raw: bytes, tracked: Tracked) -> list[str]:
    before, after = (message_from_bytes(mail) for mail in (raw, tracked.raw))
    found = []
    for old, new in zip(before.walk(), after.walk(), strict=True):
        if _payload(old) != _payload(new):
            charset = _charset(old)
            was, changed = (_payload(part).decode(charset, "surrogateescape") for part in (old, new))
            if old.get_content_type() == "text/html":
                found += tree_faults(was, changed, tracked.links, pixel=PIXEL in changed)
            else:
                found += _text_faults(was, changed, tracked.links)
    if before.get_content_type() != "text/plain" and tracked.raw.count(b"o/token") > 1:
        found.append("more than one pixel")
    return found


def _text_faults(text: str, changed: str, destinations: Sequence[str]) -> list[str]:
    """Whether each tracked link leads where there stood a link to, line by line, and nothing else changed."""
    lines, after = text.split("\n"), changed.split("\n")
    if len(lines) != len(after):
        return [f"{len(lines)} lines became {len(after)}"]
    found = []
    for line, now in zip(lines, after, strict=True):
        stood = _TRACKED.sub(lambda link: destinations[int(link[1])], now)
        if stood != line and quote(stood, safe=_ASCII) != quote(line, safe=_ASCII):
            found.append(f"{line!r} became {now!r}")
        elif stood != now and line.lstrip(" \t").startswith(">"):
            found.append(f"{line!r} is quoted")
    return found


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
