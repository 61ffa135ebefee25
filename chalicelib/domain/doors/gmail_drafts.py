"""The drafts of a Gmail mailbox, as its API tells of them: whom each goes to, and which may be the one that is open.

Gmail does not tell an add-on which draft is open in the composer, only whom it goes to.
https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.domain.mail import headers, mails

FIELDS = ("to", "cc", "bcc")
LARGEST = 5_500_000  # bytes of the mail: it is read, and written again, in base64 while a person waits

People = Mapping[str, frozenset[str]]
"""The addresses in each of the `FIELDS`, as they are compared."""


class GmailDraft(NamedTuple):
    """A draft. `saved` is the id of what was last saved of it: each saving gives it another. `at` is when, unix seconds."""

    id: str
    saved: str
    thread: str
    at: float
    size: int
    subject: str
    begins: str
    people: People


def read(found: Mapping[str, Any]) -> GmailDraft:
    """A draft as `users.drafts.get` gives it in the form `metadata`."""
    mail = found.get("message", {})
    fields = [(str(each["name"]).lower(), str(each["value"])) for each in mail.get("payload", {}).get("headers", ())]
    return GmailDraft(
        id=str(found["id"]),
        saved=str(mail["id"]),
        thread=str(mail.get("threadId", "")),
        at=int(mail.get("internalDate", 0)) / 1000,
        size=int(mail.get("sizeEstimate", 0)),
        subject=next((mails.decoded(value) for name, value in fields if name == "subject"), ""),
        begins=str(mail.get("snippet", "")),
        people=people({name: [value for field, value in fields if field == name] for name in FIELDS}),
    )


def people(named: Mapping[str, Iterable[str]]) -> People:
    """The addresses in some fields, each of them a list of mailboxes."""
    return {
        name: frozenset(email for value in named.get(name, ()) for email, _ in mails.mailboxes(value))
        for name in FIELDS
    }


def written_to(raw: bytes) -> People:
    """The addresses that a raw mail goes to. Raises headers.Unreadable."""
    fields = headers.read(raw, 0, len(raw)).fields
    return people({name: [headers.value(raw, [each], name) for each in fields if each.name == name] for name in FIELDS})


def to_the_same(drafts: Iterable[GmailDraft], whom: People) -> list[GmailDraft]:
    """Those that go to exactly these, in the same fields; the one that was saved last stands first."""
    return sorted((each for each in drafts if each.people == whom), key=lambda each: -each.at)


def everybody(whom: People) -> Sequence[str]:
    """All of them, each once."""
    return list(dict.fromkeys(email for name in FIELDS for email in sorted(whom[name])))
