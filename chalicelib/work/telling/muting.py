"""Muting from a mail: what its footer's address names is told no more. Whoever holds the address may; it is the sender's."""

from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain.accounts import Change
from chalicelib.domain.messages import ONE_OF_THEM, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Frequency, Tell
from chalicelib.domain.telling.mutes import DIGEST, MESSAGE, PERSON, STOPPABLE, THREAD
from chalicelib.domain.tokens import Claim, TokenKind, read
from chalicelib.store.mail import inbox
from chalicelib.store.messages import threads
from chalicelib.work.accounts import owning
from chalicelib.work.contacts.changing import change as change_contact
from chalicelib.work.messages import changing


class Mutable(NamedTuple):
    """What an address of ours may mute: of which sender, what (domain/telling/mutes.py), and what that is called."""

    sender: str
    what: str
    message: str
    subject: str
    thread: str
    email: str
    name: str
    language: str


def mutable(token: str) -> Mutable | None:
    """What an address names; None where it is none of ours, or there is nothing of it any more."""
    claim = read(TokenKind.MUTE, token, config().secrets)
    if claim is None or claim.destination not in STOPPABLE:
        return None
    return _of(claim)


def _of(claim: Claim) -> Mutable | None:
    message = inbox.message(claim.message)
    if message is None or claim.recipient not in message.places:
        return None
    recipient = Recipient("") if claim.recipient == ONE_OF_THEM else message.recipients[claim.recipient]
    language = owning.account(message.sender).preferences.language
    thread = message.thread or ""
    return Mutable(
        message.sender,
        claim.destination,
        message.id,
        message.subject,
        thread,
        recipient.email,
        recipient.name,
        language,
    )


def mute(named: Mutable, at: float) -> None:
    """Tell no more of it. Raises Conflict where something changed at that moment."""
    what = named.what
    if what == MESSAGE:
        changing.change(named.sender, named.message, muted=True, sent_at=None, at=at)
    elif what == THREAD:
        threads.mute(named.sender, named.thread, muted=True)
    elif what == PERSON:
        change_contact(named.sender, named.email, None, at, muted=True)
    elif what == DIGEST:
        owning.prefer(named.sender, Change(), {"digest": {"when": Frequency.NEVER}}, at)
    else:
        owning.change(named.sender, Change(tell={NotificationKind(what): Tell.NEVER}))
