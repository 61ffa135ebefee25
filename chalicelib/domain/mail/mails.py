"""What a raw mail says of itself: who wrote it, to whom, about what, in which thread (RFC 5322, sections 3.4 and 3.6)."""

import re
from collections.abc import Iterator
from contextlib import suppress

from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import encoded_words, headers
from chalicelib.domain.messages import Recipient, address

LONGEST_SUBJECT = 998  # characters: RFC 5322 has no longer line
LONGEST_FIELD = 100_000  # characters of a list of addresses; what comes behind is not looked at

# A mailbox of a list, however odd: what stands before an address in angle brackets, and that address. A group's name
# and its colon and semicolon part mailboxes as commas do.
_MAILBOX = re.compile(
    r"((?:\"(?:[^\"\\]|\\.)*+\"?|\([^()]*+\)?|[^,:;<\"(])*+)(?:<([^<>]*+)>?)?([,:;]?)", re.DOTALL | re.ASCII
)
# One mailbox and nothing else. No angle bracket hides in a quoted name or a comment, so nobody can take that for it.
_ASIDE = r"\([^()<>@]*+\)\s*+"
_ONE = re.compile(
    rf"((?:\"(?:[^\"\\<>]|\\[^<>])*+\"|[^<>,:;()\"\\]|{_ASIDE})*+)<\s*+([^<>\s]++)\s*+>\s*+(?:{_ASIDE})?+"
    rf"|\s*+([^<>,:;()\"\\\s]++)\s*+(?:{_ASIDE})?+"
)
_QUOTED_OR_COMMENT = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"?|\([^()]*+\)?", re.DOTALL)
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"?", re.DOTALL)
_ID = re.compile(r"<[^<>\s]{1,900}>")


def author(raw: bytes) -> str | None:
    """The one address that the mail is from, as it is compared and kept.

    None unless there is one From field with one address in it, which every reader must take for the same: what is
    decided by it would else be decided for another sender.
    """
    values = list(_values(raw, "from"))
    found = _ONE.fullmatch(values[0]) if len(values) == 1 and len(values[0]) <= LONGEST_FIELD else None
    if found is None:
        return None
    phrase, angled, bare = found.groups()
    if "@" in _QUOTED.sub("", phrase or "") and _address(phrase) != _address(angled):
        return None
    return _address(angled or bare)


def author_name(raw: bytes) -> str:
    """The name that stands with the address in From, "" if none does."""
    return next((name for value in _values(raw, "from") for _, name in mailboxes(value)), "")


def recipients(raw: bytes) -> tuple[Recipient, ...]:
    """Everybody in To and Cc, each once, in order. What is no address is left out."""
    found: dict[str, Recipient] = {}
    for name in ("to", "cc"):
        for value in _values(raw, name):
            for email, called in mailboxes(value):
                found.setdefault(email, Recipient(email, called))
    return tuple(found.values())


def mailboxes(value: str) -> Iterator[tuple[str, str]]:
    """The addresses in the value of a field, as they are compared and kept, each with the name that stands with it."""
    for phrase, angled, _ in _MAILBOX.findall(value[:LONGEST_FIELD]):
        email = _address(angled or _QUOTED_OR_COMMENT.sub(lambda found: " " if found[1] is None else found[0], phrase))
        if email is not None:
            yield email, decoded(_QUOTED_OR_COMMENT.sub(_spoken, phrase) if angled else "")[:200]


def _spoken(found: re.Match[str]) -> str:
    """A quoted string as it is meant; of a comment nothing."""
    return " " if found[1] is None else re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)


def subject(raw: bytes) -> str:
    """The subject in letters, on one line."""
    return decoded(_first(raw, "subject")[: 8 * LONGEST_SUBJECT])[:LONGEST_SUBJECT]


def identity(raw: bytes) -> str | None:
    """The mail's own id, in its angle brackets."""
    found = _ID.search(_first(raw, "message-id"))
    return found[0] if found else None


def thread(raw: bytes) -> str | None:
    """The id of the mail that began the thread; the mail's own if it begins one."""
    for name in ("references", "in-reply-to"):
        found = _ID.search(_first(raw, name)[:LONGEST_FIELD])
        if found:
            return found[0]
    return identity(raw)


def decoded(text: str) -> str:
    """The text of a header in letters (RFC 2047), its white space drawn together. `text` has a character for each byte."""
    with suppress(UnicodeError):  # another charset, told by nobody
        text = text.encode("latin-1").decode("utf-8")
    text = encoded_words.decoded(text)
    printable = "".join(letter if letter.isprintable() or letter.isspace() else "\ufffd" for letter in text)
    return " ".join(printable.split())


def _values(raw: bytes, name: str) -> Iterator[str]:
    try:
        fields = headers.read(raw, 0, len(raw)).fields
    except headers.Unreadable:
        return
    for field in fields:
        if field.name == name:
            yield headers.value(raw, [field], name)


def _first(raw: bytes, name: str) -> str:
    return next(_values(raw, name), "")


def _address(text: str) -> str | None:
    try:
        return address(text, "address")
    except BadInput:
        return None
