"""An answer handed on to the sender: the same mail, with the few header fields changed that its new way asks for.

SES sends from a domain of its owner's only (DMARC, RFC 7489): so the author stands in the name, and in Reply-To. It
refuses some fields where they stand twice, obeys its own, and a signature of the first way would be wrong on the second.
"""

import re
from email.header import Header

from chalicelib.domain.incoming.sorting import Incoming
from chalicelib.domain.mail import headers, mails
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.splicing import Edit, splice

_ONCE = re.compile(
    r"from|to|cc|subject|date|message-id|in-reply-to|references|reply-to|mime-version|content-.*", re.ASCII
)
_NOT_OURS = re.compile(
    r"dkim-signature|domainkey-signature|return-path|sender|bcc|resent-.*|authentication-results|received-spf|arc-.*|"
    r"x-ses-.*|x-google-dkim-signature|errors-to|disposition-notification-to|return-receipt-to"
)
_LONGEST_NAME = 100  # characters
_LONGEST_THREAD = 8_000  # characters


def handed_on(
    raw: bytes, mail: Incoming, reply_address: str, mailbox: str, original: str = "", *, through: bool = False
) -> bytes:
    """The mail as it goes to the sender. Its body, attachments and thread are as they came.

    It is from `reply_address`, the answering copy's; where that stands among the addressees, `mailbox`, the sender's own
    address, takes its place. `original` is the Message-ID, in its brackets, of the mail in the sender's own folder, to
    which the thread is led back; what is no id leads nowhere. With `through`, what the sender answers goes to
    `reply_address`, unless the author asks for an address of another one's.
    Raises headers.Unreadable if nobody could have written this header.
    """
    changed = sendable(raw)
    changed = addressed(changed, reply_address, mailbox)
    changed = headers.with_header(changed, "From", in_the_name_of(mail.name, mail.author, reply_address))
    asked = [email for email, _ in mails.mailboxes(_value(changed, "reply-to"))]
    if through and set(asked) <= {mail.author}:
        changed = headers.with_header(changed, "Reply-To", reply_address)
    elif mail.author and not _value(changed, "reply-to"):
        changed = headers.with_header(changed, "Reply-To", mail.author)
    if _ids(original) == [original]:
        references = [*_ids(_value(changed, "references")), original]
        changed = headers.with_header(changed, "References", " ".join(dict.fromkeys(references)))
        changed = headers.with_header(changed, "In-Reply-To", original)
    return headers.with_header(changed, LOOP_HEADER, "handed-on")


def sendable(raw: bytes) -> bytes:
    """The mail without the fields that SES would refuse or obey, or that were true on its first way only.

    A header line that is none, which SES refuses too, is repaired. Raises headers.Unreadable.
    """
    raw = headers.repaired(raw)
    seen: set[str] = set()
    edits = []
    for field in headers.read(raw, 0, len(raw)).fields:
        if _NOT_OURS.fullmatch(field.name) or (field.name in seen and _ONCE.fullmatch(field.name)):
            edits.append(Edit(field.start, field.end, raw[field.start : field.end], b""))
        seen.add(field.name)
    return splice(raw, edits)


def addressed(raw: bytes, reply_address: str, email: str) -> bytes:
    """The mail with this address in the place of a reply address in To and Cc. Raises headers.Unreadable."""
    ours = re.compile(re.escape(reply_address.encode("ascii")), re.IGNORECASE)
    edits = [
        Edit(found.start(), found.end(), found[0], email.encode("ascii"))
        for field in headers.read(raw, 0, len(raw)).fields
        if field.name in ("to", "cc")
        for found in ours.finditer(raw, field.start, field.end)
    ]
    return splice(raw, edits)


def in_the_name_of(name: str, author: str, reply_address: str) -> str:
    """A From field that shows its reader who wrote the mail, though it is from an address of ours."""
    name = name[:_LONGEST_NAME]
    words = f"{name} ({author})" if name and name != author else author or "Unknown"
    if words.isascii() and words.isprintable():
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + f'" <{reply_address}>'
    return f"{Header(words, 'utf-8').encode().replace(chr(10), '')} <{reply_address}>"


def _value(raw: bytes, name: str) -> str:
    return headers.value(raw, headers.read(raw, 0, len(raw)).fields, name)


def _ids(value: str) -> list[str]:
    return re.findall(r"<[!-;=?-~]{1,255}>", value[-_LONGEST_THREAD:])
