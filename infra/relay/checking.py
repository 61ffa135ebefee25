"""What is looked at in a mail before it is taken from a client, and what of it does not go out."""

import re

from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import headers, mails
from chalicelib.domain.messages import address
from chalicelib.store.accounts import accounts

NOBODY = "<>"  # as aiosmtpd reads the null sender
MOST_HOPS = 30  # Received fields: more is a loop (RFC 5321, 6.3)

_ONLY_REPORTS = "550 5.7.1 Only a report, such as a read receipt, comes from nobody (RFC 5321, 4.5.5)."
# What a client has no business to say: who else sends it, where failures go, and what SES shall do. The gateway takes it out
# as well (handing_on.sendable).
_NOT_THEIRS = re.compile(r"sender|return-path|resent-.*|x-ses-.*")


def fault(sender: str, mail_from: str, raw: bytes) -> str:
    """Why a mail is not taken, as SMTP says it; "" if it is."""
    try:
        fields = headers.read(raw, 0, len(raw)).fields
    except headers.Unreadable:
        return "554 5.6.0 The mail has more header fields than any program reads."
    hops = sum(field.name == "received" for field in fields)
    if hops > MOST_HOPS:
        return f"554 5.4.6 The mail has been through {hops} servers: it goes round in circles."
    author = mails.author(raw)
    if author is None:
        return "550 5.7.1 The From field must hold one address, and nothing that could be taken for another."
    if not is_theirs(author, sender):
        return f"550 5.7.1 From: {author} is not an address of the account that the password belongs to."
    content_type = headers.value(raw, fields, "content-type").lower()
    return _ONLY_REPORTS if mail_from == NOBODY and not content_type.startswith("multipart/report") else ""


def sendable(raw: bytes) -> bytes:
    """The mail without the header fields that are not its client's to write."""
    for name in {field.name for field in headers.read(raw, 0, len(raw)).fields if _NOT_THEIRS.fullmatch(field.name)}:
        raw = headers.without_header(raw, name)
    return raw


def is_theirs(given: str, sender: str) -> bool:
    """Whether an address is one of a sender's own."""
    try:
        return accounts.sender_of_address(address(given, "from")) == sender
    except BadInput:
        return False
