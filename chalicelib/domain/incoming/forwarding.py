"""The forward rule: a sender's own mailbox forwards copies to an address of ours. Gmail asks there first whether it may."""

import re
from dataclasses import dataclass

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.mail import mails

_GMAIL = "forwarding-noreply@google.com"
_IN_SUBJECT = re.compile(r"#\s?([0-9]{6,12})\b")
_IN_TEXT = re.compile(r":\s{0,3}([0-9]{6,12})\b")
# `vf-` confirms; the mail has a second link, `uf-`, which takes it back.
_LINK = re.compile(
    r"https://(?:mail|mail-settings|isolated\.mail)\.google\.com/mail/(?:[a-z0-9/]{1,20}/)?vf-[!#-;=?-~]{1,1000}"
)
_MAILBOX = re.compile(r"[^\s<>()\[\]\"',;:]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Gmail asks whether `mailbox` may forward: its owner types the `code` into Gmail's settings, or follows the `link`."""

    mailbox: str
    code: str
    link: str
    at: float


@dataclass(frozen=True, slots=True)
class Forwarding:
    """A sender's forward rule: the `generation` of the address that holds, and what was asked last."""

    generation: int = 0
    asked: Confirmation | None = None


def confirmation(raw: bytes, at: float) -> Confirmation | None:
    """What Gmail asks in a mail that came `at` this time; None if it is no such mail. That Google wrote it, DMARC must say.

    https://support.google.com/mail/answer/10957 (its words differ by language, its sender, links and numbers do not).
    """
    if mails.author(raw) != _GMAIL:
        return None
    mail = Mail(raw)
    text = "\n".join(mail.text(part) for part in mail.own("text/plain"))
    code = _IN_SUBJECT.search(mail.subject) or _IN_TEXT.search(text)
    link = _LINK.search(text)
    if code is None and link is None:
        return None
    mailbox = _MAILBOX.search(mail.subject) or _MAILBOX.search(text)
    return Confirmation(mailbox[0] if mailbox else "", code[1] if code else "", link[0] if link else "", at)
