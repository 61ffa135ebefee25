"""What an incoming mail means for the message that it belongs to: an answer, and whose; or something else, and why.

The thread is the evidence, not the author: people answer from aliases, and colleagues answer for them. A quoted token
alone is weaker, since it travels with a forwarded mail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.events import EventKind, Verdict, VerdictKind
from chalicelib.domain.incoming.auto_subjects import is_automatic
from chalicelib.domain.incoming.sorting import Incoming, Kind
from chalicelib.domain.mail.addresses import CopyId
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL, SAID


class By(StrEnum):
    """By what a mail was matched to a message, strongest first. Never by its subject."""

    ADDRESS = "address"  # it came to the copy's own reply address
    THREAD = "thread"  # it answers, or is about, the copy's Message-ID
    QUOTE = "quote"  # it quotes our tokens


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is recorded: events of this `kind` for these recipients (numbers), with this verdict; None: nothing.

    `why` says in one word what the mail was taken for. `offset` is that of the recipient's own clock, where they wrote it.
    """

    why: str
    kind: EventKind | None = None
    recipients: tuple[int, ...] = ()
    verdict: Verdict | None = None
    offset: int | None = None


def meaning(mail: Incoming, message: Message, copies: Sequence[CopyId], by: By, *, own: bool) -> Meaning:
    """What a mail means for the message. `copies` are those that it was matched to; `own` is whether the sender wrote it."""
    if own:
        return Meaning("follow_up")
    numbers = tuple(dict.fromkeys(_numbers(message, copies)))
    if mail.kind in (Kind.BOUNCE, Kind.COMPLAINT):
        concerned = _concerned(mail, message, numbers)
        if not concerned:
            return Meaning("somebody")
        return Meaning(mail.kind.value, EventKind(mail.kind.value), concerned, _of_notice(mail))
    if mail.kind in (Kind.LOOP, Kind.DELAYED, Kind.RECEIPT):
        return Meaning(mail.kind.value)
    author = next((i for i, each in enumerate(message.recipients) if each.email == mail.author), None)
    several = any(copy == CopyId(message.id, ONE_OF_THEM) for copy in copies)
    who = author if author is not None else ONE_OF_THEM if several else _only(mail, message, numbers)
    if mail.kind is Kind.AUTO_REPLY and not (mail.doubtful and is_automatic(message.subject)):
        if who is None or (by is By.QUOTE and author is None):
            return Meaning("somebody")
        return Meaning("auto_reply", EventKind.AUTO_REPLY, (who,), _of_auto_reply(mail))
    if by is By.QUOTE and mail.listed:
        return Meaning("listed")
    if by is By.QUOTE and author is None:
        return Meaning("possibly_forwarded")
    if who is None:
        return Meaning("somebody")
    offset = None if author is None else mail.offset
    return Meaning("reply", EventKind.REPLY, (who,), _of_reply(mail, by, known=author is not None), offset)


def _numbers(message: Message, copies: Sequence[CopyId]) -> Iterator[int]:
    """The recipients of the copies that a mail was matched to: of a shared one, all who got it."""
    for copy in copies:
        if copy.message == message.id:
            yield from message.shared if copy.recipient == ONE_OF_THEM else (copy.recipient,)


def _only(mail: Incoming, message: Message, numbers: tuple[int, ...]) -> int | None:
    """The recipient whose copy it must be, if that can be told: the only one matched, else the one whose token is quoted."""
    if len(numbers) == 1:
        return numbers[0]
    quoted = (claim.recipient for claim in mail.claims if claim.message == message.id)
    return next((number for number in quoted if number in numbers or not numbers), None)


def _concerned(mail: Incoming, message: Message, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The recipients that a notice is about. The address in it may be another one, to which theirs is forwarded."""
    if len(numbers) == 1:
        return numbers
    emails = {each.email: i for i, each in enumerate(message.recipients) if i in numbers or not numbers}
    failed = [notice.recipient for notice in mail.notices if notice.failed]
    found = [emails[each] for each in failed if each in emails] or [
        emails[each] for each in mail.named if each in emails
    ]
    if found:
        return tuple(dict.fromkeys(found))
    only = _only(mail, message, numbers)
    return () if only is None else (only,)


def _of_reply(mail: Incoming, by: By, *, known: bool) -> Verdict:
    """The verdict on an answer. What reads like a note of absence is one of a person's still, but less surely."""
    hints = mail.reasons if mail.kind is Kind.ORDINARY else ()
    sure = 0.6 if "perhaps_automatic" in hints else 0.9 if not known or by is By.QUOTE else 0.99
    how = ("other_address",) if not known else ("quotes_mail",) if by is By.QUOTE else ()
    return Verdict(VerdictKind.HUMAN, sure, ("reply", *how, *hints))


def _of_auto_reply(mail: Incoming) -> Verdict:
    away = (f"{AWAY_UNTIL}{mail.away_until}",) if mail.away_until else ()
    return Verdict(VerdictKind.BOT, 0.8 if mail.doubtful else 0.97, ("auto_reply", *away, *mail.reasons))


def _of_notice(mail: Incoming) -> Verdict:
    if mail.kind is Kind.COMPLAINT:
        return Verdict(VerdictKind.HUMAN, 0.95, ("complaint",))
    coded = any(notice.failed and (notice.status or notice.action) for notice in mail.notices)
    words = next((f"{SAID}{notice.words}" for notice in mail.notices if notice.failed and notice.words), "")
    reasons = ("bounce", *mail.reasons, *(() if coded else ("no_code",)), *((words,) if words else ()))
    return Verdict(VerdictKind.BOT, 0.85 if not coded else 0.9 if mail.doubtful else 0.97, reasons)
