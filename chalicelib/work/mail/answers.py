"""Answers on their way: to the sender whose mail they answer, and from the sender to the recipient; or why they stay behind.

Once each, and of each copy and each sender no more a day than some: a reply address that got about is nobody's mail cannon.
"""

from dataclasses import replace
from hashlib import sha256

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.incoming import handing_on
from chalicelib.domain.incoming.sorting import Envelope, Incoming, Verdicts
from chalicelib.domain.mail import mails
from chalicelib.domain.mail.addresses import CopyId, reply_address
from chalicelib.domain.mail.headers import Unreadable
from chalicelib.domain.messages import LONGEST_ADDRESS, ONE_OF_THEM, Message
from chalicelib.domain.outgoing import raw_mails
from chalicelib.domain.verdicts.explanations import HANDED_ON, KEPT
from chalicelib.log import logger
from chalicelib.senders import mail as sending
from chalicelib.store.accounts import accounts, quotas
from chalicelib.store.mail import inbox
from chalicelib.store.mail.inbox import Known
from chalicelib.work.accounts import owning
from chalicelib.work.mail import gateway, notices, ses
from chalicelib.work.messages.copying import ours

MOST_OF_A_COPY = 30  # answers to one reply address that are handed on in a day
MOST_ANSWERS = 300  # to all of a sender's
MOST_WITHHELD_TOLD = 2  # a day of each copy: an address that spammers know leaves the others' to be told
MOST_WITHHELD = 30  # a day of all of a sender's
_WHY = {
    "virus": "it contains a virus",
    "spam": "it looks like spam",
    "dmarc": "that could not be proven: DMARC failed, and the domain of that address asks that such mail be refused",
}
_TOO_MANY, _REFUSED = "withheld", "refused"
_KEPT = (_TOO_MANY, _REFUSED)  # what is noted of an answer that stays in the bucket


def pass_on(
    raw: bytes, message: Message, copy: CopyId, address: str, envelope: Envelope, verdicts: Verdicts, at: float
) -> None:
    """Bring the sender's own mail to the recipient whom its only address stands for, as the gateway does.

    Not where the recipient is named as well: they have it then. A copy that came by Bcc names neither.
    """
    places = message.shared if copy.recipient == ONE_OF_THEM else (copy.recipient,)
    for number in places:
        _pass_on_to(message.recipients[number].email, raw, address, envelope, verdicts, at)


def _pass_on_to(email: str, raw: bytes, address: str, envelope: Envelope, verdicts: Verdicts, at: float) -> None:
    try:
        named = {each.email for each in mails.recipients(raw)}
        changed = handing_on.addressed(raw, address, email)
    except Unreadable:
        logger().warning("A mail cannot be read.", extra={"mail": envelope.id, "reason": ""})
        return
    if address.lower() in named and email not in named:
        known_as = f"{email.replace('@', '=')}@{config().inbound_domain}"
        gateway.receive(changed, replace(envelope, recipients=(known_as,)), verdicts, at)


def withhold(author: str, message: Message, copy: CopyId, envelope: Envelope, why: str, at: float) -> None:
    """Tell the sender of an answer that is not handed on: who it says that it is from, why, and where it is."""
    account = accounts.load(message.sender)
    if account is None:
        return
    of_copy = f"withheld-{copy.message}-{copy.recipient}"
    if not quotas.take_once(account.sender, of_copy, envelope.id, 1, MOST_WITHHELD_TOLD, at):
        logger().warning(
            "A sender was told of enough withheld replies to one address today.",
            extra={"mail": envelope.id, "message_id": message.id},
        )
        return
    said = author[:LONGEST_ADDRESS] or "somebody who names no address"
    text = (
        f"A reply to “{message.subject or 'your mail'}” was withheld. It says that it is from {said}, and {_WHY[why]}.\n\n"
        "It is kept for 14 days. Whoever runs this Unsealed can bring it to you:\n\n"
        f"    aws s3 cp s3://{config().inbound_bucket}/{ses.PREFIX}{envelope.id} reply.eml\n\n"
        "Open it with care: who wrote it may not be who it says, and what it holds may do harm. "
        f"Of such replies to one recipient's copy you are told {MOST_WITHHELD_TOLD} times a day at most, and "
        f"{MOST_WITHHELD} times in all: there may be more of them today."
    )
    notices.tell(account, "withheld", MOST_WITHHELD, envelope.id, "A reply was withheld", text, at)


def _has_room(message: Message, copy: CopyId, account: Account, name: str, envelope: Envelope, at: float) -> bool:
    """Whether one more answer may be handed on today, of this copy and of this sender. The sender is told, once, if not."""
    whose = account.sender
    limits = ((f"answers-{copy.message}-{copy.recipient}", MOST_OF_A_COPY), ("answers", MOST_ANSWERS))
    if all(quotas.take_once(whose, what, name, 1, most, at) for what, most in limits):
        return True
    text = (
        f"More mails came to reply addresses of yours than are handed on in a day: {MOST_OF_A_COPY} for each copy, "
        f"{MOST_ANSWERS} in all; the day ends at midnight, UTC. The first one that was not is to "
        f"“{message.subject or 'your mail'}”. They are recorded as replies, and kept for 14 days; whoever runs this Unsealed "
        f"finds them:\n\n    aws s3 cp s3://{config().inbound_bucket}/{ses.PREFIX}{envelope.id} reply.eml\n\n"
        "You are told of this once a day."
    )
    notices.tell(account, "answers", 1, envelope.id, "More replies than are handed on", text, at)
    return False


def hand_on(raw: bytes, mail: Incoming, message: Message, known: Known, envelope: Envelope, at: float) -> str:
    """Send an answer on to the sender, once; where it is then: HANDED_ON, or KEPT in the bucket. Raises NoRoom."""
    account = accounts.load(message.sender)
    name = sha256(b"\0".join([message.sender.encode(), mail.own_id.encode(), raw[mail.body :]])).hexdigest()
    if account is None or (done := inbox.outcome(name)) in _KEPT:
        return KEPT
    if done is not None:
        return HANDED_ON
    if not _has_room(message, known.copy, account, name, envelope, at):
        inbox.note_handed_on(name, _TOO_MANY, at)
        return KEPT
    answering = reply_address(known.copy, config().inbound_domain, config().secrets)
    thread = message.thread if message.thread and message.thread.startswith("<") else ""
    try:
        mailbox = owning.where_told(account)
        clean = raw_mails.cleaned_mail(raw, ours())
        wished = account.preferences.through
        through = bool(known.original) if wished is None else wished
        changed = handing_on.handed_on(clean, mail, answering, mailbox, known.original or thread, through=through)
        outcome = sending.forward(changed, mailbox, answering)
    except (sending.Undeliverable, Unreadable) as failure:
        logger().error(
            "An answer cannot be handed on: it stays in the bucket.",
            extra={"message_id": message.id, "reason": f"{type(failure).__name__} {failure}"},
        )
        outcome = _REFUSED
    inbox.note_handed_on(name, outcome, at)
    return KEPT if outcome in _KEPT else HANDED_ON
