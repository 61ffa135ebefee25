"""What comes in by mail: each mail that SES received goes through the door that its address names.

`r+TOKEN@` is a copy's reply address: the answer is noted and handed on to the sender, and what the sender writes to it
goes to the recipient. `name=example.com@` and `name@example.com.<domain>` are the gateway's. `in+TOKEN@` is a sender's
forward rule: it takes copies of what their own mailbox received, which are noted only, and for their own messages. SES
keeps each mail in the bucket for two weeks: what is not handed on is not lost.

SNS tells at least once. A mail told twice puts the same events, and is handed on once, but for a crash between SES's yes
and the note of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.config import config
from chalicelib.domain.events import Event, EventKind
from chalicelib.domain.incoming import replies
from chalicelib.domain.incoming.forwarding import confirmation
from chalicelib.domain.incoming.replies import By, Meaning
from chalicelib.domain.incoming.sorting import Envelope, Incoming, Kind, Verdicts, classify
from chalicelib.domain.mail import mails
from chalicelib.domain.mail.addresses import CopyId, copy_of, is_forward_address, is_reply_address
from chalicelib.domain.mail.headers import repaired
from chalicelib.domain.messages import MOST_RECIPIENTS, Message
from chalicelib.domain.verdicts.explanations import WAITS
from chalicelib.domain.webhooks import next_try
from chalicelib.log import logger
from chalicelib.senders import mail as sending
from chalicelib.store import keys
from chalicelib.store.accounts import accounts
from chalicelib.store.keys import Key
from chalicelib.store.mail import inbox, waiting
from chalicelib.store.mail.inbox import Known
from chalicelib.work.mail import answers, forwarding, gateway, ses
from chalicelib.work.tracking.recording import put

_HANDED_ON = (Kind.ORDINARY, Kind.AUTO_REPLY, Kind.RECEIPT)


def receive(batch: Mapping[str, Any]) -> None:
    """Take in the mails that a batch of SNS's records tells of.

    https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
    """
    for record in batch["Records"]:
        try:
            received = ses.receipt(ses.message_of(record, config().inbound_topic), config().inbound_bucket)
            raw = inbox.read(received.key)
        except ses.NotOurs as wrong:
            logger().error("A notification is not one of SES's about a mail.", extra={"reason": str(wrong)})
        except inbox.Missing:
            logger().error("A mail that SES tells of is not in the bucket.")
        else:
            _take_or_wait(raw, received, 0, received.at)


def again(key: Key, at: float, now: float) -> None:
    """Take in a mail that waits, once more: what was done of it is not done again. Raises NoRoom where SES has none yet."""
    found = waiting.claim(key, at, lambda tries: next_try(tries, at))
    if found is None:
        return
    receipt, refused = found
    received = ses.kept(receipt)
    try:
        raw = inbox.read(received.key)
    except inbox.Missing:
        logger().error("A mail that waits is not in the bucket any more: it is given up.")
    else:
        _take_or_wait(raw, received, refused, now, key)
    waiting.no_more(key)


def _take_or_wait(raw: bytes, received: ses.Received, refused: int, now: float, waits: Key | None = None) -> None:
    """Take in a mail; where SES has no room for what follows, it waits in the due list.

    Raises NoRoom where it `waits` there already: its next time is set.
    """
    try:
        _take(raw, received.envelope, received.verdicts, received.at)
    except sending.NoRoom as full:
        logger().warning("SES has no room: a mail waits.", extra={"mail": received.envelope.id, "reason": str(full)})
        receipt = ses.to_keep(received)
        key = waits or keys.waiting(_whose(received.envelope), received.envelope.id)
        waiting.put_back(key, receipt, next_try(refused, now), refused + 1, received.at)
        if waits:
            raise


def _whose(envelope: Envelope) -> str:
    """In whose turn a mail waits: that of the sender whom it is for, or who wrote it."""
    address = envelope.recipients[0]
    if is_forward_address(address):
        return forwarding.sender_of(address) or envelope.id
    copy = copy_of(address, config().secrets) if is_reply_address(address) else None
    message = inbox.message(copy.message) if copy else None
    return (message.sender if message else accounts.sender_of_address(envelope.mail_from or "")) or envelope.id


def _take(raw: bytes, envelope: Envelope, verdicts: Verdicts, at: float) -> None:
    """Bring a mail to the doors that its addresses name; to the gateway once, whatever the number of its addresses."""
    ours = config().inbound_domain
    for_gateway = []
    for address in envelope.recipients:
        domain = address.rpartition("@")[2].lower()
        if domain != ours and not domain.endswith(f".{ours}"):
            _log("A mail came for a domain that is not ours.", envelope)
        elif domain == ours and is_reply_address(address):
            _answer(raw, envelope, verdicts, at, address)
        elif domain == ours and is_forward_address(address):
            if owner := forwarding.sender_of(address):
                _forwarded(raw, envelope, verdicts, at, owner)
            else:
                _log("A mail came for a forward address that is nobody's.", envelope)
        else:  # a slip of the pen as well: the gateway tells its sender how to write
            for_gateway.append(address)
    if for_gateway:
        gateway.receive(raw, replace(envelope, recipients=tuple(for_gateway)), verdicts, at)


def _forwarded(raw: bytes, envelope: Envelope, verdicts: Verdicts, at: float, owner: str) -> None:
    """Note what the `owner`'s mailbox forwarded; what Gmail asks before it does, is for them to answer."""
    asked = confirmation(raw, at) if verdicts.dmarc == "PASS" else None
    if asked is not None:
        return forwarding.ask(owner, asked, envelope.id)
    return _answer(raw, envelope, verdicts, at, None, owner)


def _answer(
    raw: bytes, envelope: Envelope, verdicts: Verdicts, at: float, address: str | None, owner: str | None = None
) -> None:
    """Note what a mail means for the message that it belongs to; only one of the `owner`'s, where there is one.

    What came to a reply `address` is handed on as well.
    """
    forwarded = address is None  # by a mailbox's filter: its envelope is that of the filter
    raw = repaired(raw)
    mail = classify(raw, None if forwarded else envelope.mail_from, config().secrets, at)
    if mail.kind is Kind.LOOP:
        return _log("A mail has come round in a circle.", envelope)
    match = _match(mail, copy_of(address, config().secrets) if address else None, owner)
    refused = _refused(verdicts)
    if match is None:
        return _log("A mail belongs to no message.", envelope, refused or mail.kind)
    message, known, by = match
    if refused:
        _log("A mail is refused.", envelope, refused)
        if address is not None and _is_for_the_sender(mail):
            answers.withhold(mail.author, message, known[0].copy, envelope, refused, at)
        return None
    own = bool(mail.author) and accounts.sender_of_address(mail.author) == message.sender
    found = replies.meaning(mail, message, [each.copy for each in known], by, own=own)
    handed_on = address is not None and not own and _is_for_the_sender(mail) and not _was_sent_to(raw, message, address)
    full: sending.NoRoom | None = None
    place = ""
    if handed_on:
        try:
            place = answers.hand_on(raw, mail, message, known[0], envelope, at)
        except sending.NoRoom as failure:
            full, place = failure, WAITS
    _record(found, message, mail.own_id or envelope.id, at, place)
    if found.kind is None:
        _log("A mail is no event.", envelope, found.why)
    if own and address is not None:
        answers.pass_on(raw, message, known[0].copy, address, envelope, verdicts, at)
    if full is not None:
        raise full
    return None


def _is_for_the_sender(mail: Incoming) -> bool:
    """Whether somebody may have written it to be read. A machine's mail without a sender is noted only."""
    if mail.null_sender:
        return mail.kind is Kind.ORDINARY
    return mail.kind in _HANDED_ON or mail.doubtful


def _was_sent_to(raw: bytes, message: Message, address: str) -> bool:
    """Whether an answer to all went to the sender as well as to this reply address: then they have it already."""
    named = [each.email for _, each in zip(range(MOST_RECIPIENTS), mails.recipients(raw), strict=False)]
    return address.lower() in named and any(accounts.sender_of_address(each) == message.sender for each in named)


def _refused(verdicts: Verdicts) -> str:
    """Why a mail is neither believed nor handed on; "" if it may be. Whose policy is `none` asks for no consequence."""
    if verdicts.virus == "FAIL" or verdicts.spam == "FAIL":
        return "virus" if verdicts.virus == "FAIL" else "spam"
    return "dmarc" if verdicts.dmarc == "FAIL" and verdicts.dmarc_policy in ("reject", "quarantine") else ""


def _match(mail: Incoming, copy: CopyId | None, owner: str | None) -> tuple[Message, list[Known], By] | None:
    """The message that a mail belongs to, the copies of it that it was matched to, and by what. `owner` must have sent it.

    What came to a copy's own address is for who sent that one: if it is gone, it is for nobody.
    """
    if copy is not None:
        message = inbox.message(copy.message)
        return (message, [Known(copy, inbox.original(copy, mail.ids, message.sender))], By.ADDRESS) if message else None
    for by, known in _candidates(mail, owner or ""):
        for message_id in dict.fromkeys(each.copy.message for each in known):
            message = inbox.message(message_id)
            if message is not None and owner in (None, message.sender):
                return message, [each for each in known if each.copy.message == message_id], by
    return None


def _candidates(mail: Incoming, owner: str) -> Iterator[tuple[By, list[Known]]]:
    for known in inbox.copies(mail.ids, owner):
        if owner or inbox.are_of_one(known):
            yield By.THREAD, known
    for copy in mail.copies:
        yield By.THREAD, [Known(copy, "")]
    for claim in mail.claims:
        yield By.QUOTE, [Known(CopyId(claim.message, claim.recipient), "")]


def _record(found: Meaning, message: Message, mail: str, at: float, place: str) -> None:
    """Note what a mail means. Where an answer is by now stands in its verdict: one that is handed on need no mail tell of."""
    if found.kind is None or found.verdict is None:
        return
    verdict = found.verdict
    if place and found.kind == EventKind.REPLY:
        verdict = replace(verdict, reasons=(*verdict.reasons, place))
    for recipient in found.recipients:
        name = ses.event_id(found.kind, message.id, recipient, mail)
        put(Event(name, message.id, recipient, found.kind, at, verdict, offset=found.offset))


def _log(sentence: str, envelope: Envelope, reason: str = "") -> None:
    logger().warning(sentence, extra={"mail": envelope.id, "reason": reason})
