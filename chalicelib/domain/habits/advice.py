"""What to do: whom to write to, call or leave alone, and what to do about one mail that was not answered.

It follows from the contact's own rhythm (how soon they open and answer) where that is known, and from people in
general before that. It never says that a mail was not read where that cannot be known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.behaviour import PEOPLE_REPLY, TIME_TO_OPEN, TIME_TO_REPLY, Behaviour, Label, duration
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.habits.slots import WritingHours, next_slot
from chalicelib.domain.state import Status, Tally
from chalicelib.domain.trackability import trackability

HOUR = 3600
# How long people take, as imagined mails beside the contact's own. Replies: most come within a day, nine in ten within
# two (F. Kooti and others, Evolution of Conversations in the Age of Email Overload, 2015, section 3).
PEOPLE_TAKE_TO_REPLY = (0.5 * HOUR, 2 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR)
PEOPLE_TAKE_TO_OPEN = (0.2 * HOUR, 1 * HOUR, 4 * HOUR, 10 * HOUR, 30 * HOUR)
PATIENCE = 0.8  # share of the mails answered at all that are answered after the time we wait
HARDLY = 0.12  # expected rate of answers below which writing once more is not worth it
IN_VAIN = 3  # mails in a row that brought nothing


class Approach(StrEnum):
    """How to reach a contact."""

    WRITE = "write"
    CALL = "call"
    LEAVE = "leave"


class Step(StrEnum):
    """What to do about one mail."""

    DONE = "done"
    WAIT = "wait"
    REMIND = "remind"
    CALL = "call"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Outlook:
    """How to reach a contact; `answers` is the expected share of mails that they answer, `reason` one sentence."""

    approach: Approach
    answers: float
    reason: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to do about one mail and when, in unix seconds (None: nothing more); `reason` is one sentence."""

    step: Step
    at: float | None
    reason: str


def outlook(contact: Contact, labels: Sequence[Behaviour], at: float) -> Outlook:
    """How best to reach a contact with these labels."""
    exchanges = contact.exchanges
    known = [each for each in exchanges if each.replied_at is not None or at - each.sent_at >= TIME_TO_REPLY]
    replies = sum(each.replied_at is not None for each in known)
    answers = PEOPLE_REPLY.after(replies, len(known)).mean
    if contact.bounced and not (contact.opened or contact.clicked or contact.replied):
        return Outlook(
            Approach.LEAVE, 0.0, f"{contact.bounced} of {contact.messages} mails bounced: check the address."
        )
    by_label = {each.label: each for each in labels}
    for label in (Label.OPENS_OFTEN_NEVER_REPLIES, Label.WENT_SILENT):
        if label in by_label:
            return Outlook(Approach.CALL, answers, by_label[label].evidence)
    carried = [each for each in exchanges if not each.blank]
    opened = f"Opened {sum(each.opens > 0 for each in carried)} of {len(carried)}."
    counted = f"Replied to {replies} of {len(known)} mails."
    if not exchanges:
        return Outlook(Approach.WRITE, answers, "Nothing is known about this contact yet.")
    if not known:
        early = "It is too early to say whether they reply."
        return Outlook(Approach.WRITE, answers, f"{early} {opened}" if carried else early)
    if answers >= HARDLY:
        return Outlook(Approach.WRITE, answers, counted)
    if trackability(contact).blind or not carried or any(each.masked for each in carried):
        return Outlook(Approach.CALL, answers, f"{counted} Whether they read them cannot be known.")
    return Outlook(Approach.LEAVE, answers, f"{counted} {opened}")


def rank(outlooks: Mapping[str, Outlook]) -> list[tuple[str, Outlook]]:
    """Contacts in the order in which effort pays: to write to, to call, to leave; within each, the likeliest first."""
    order = list(Approach)
    return sorted(outlooks.items(), key=lambda each: (order.index(each[1].approach), -each[1].answers, each[0]))


def follow_up(
    exchange: Exchange,
    tally: Tally,
    exchanges: Sequence[Exchange],
    labels: Sequence[Behaviour],
    send_time: SendTime,
    at: float,
    allowed: WritingHours | None = None,
) -> FollowUp:
    """What to do about one mail as seen at unix time `at`.

    `tally` is what the recipient did with it. `exchanges` are the newest messages to the contact, this one among them or
    not. `allowed` are the hours in which the sender is willing to write.
    """
    if tally.complained_at is not None:
        return FollowUp(Step.DROP, None, "They marked it as spam: do not write to them again.")
    if tally.status is Status.REPLIED:
        return FollowUp(Step.DONE, None, "They replied.")
    if tally.status is Status.BOUNCED:
        return FollowUp(Step.DROP, None, "It bounced: check the address.")
    others = [each for each in exchanges if each.message != exchange.message]
    kinds = {each.label: each for each in labels}
    unreported = Label.NEVER_REPORTS in kinds or Label.REPLIES_WITHOUT_OPENING in kinds
    hidden = unreported or tally.status in (Status.CANNOT_KNOW, Status.NOT_TRACKED)
    if tally.opens or tally.clicks:
        delays = [each.replied_at - each.sent_at for each in others if each.replied_at is not None]
        usual, doing, done = PEOPLE_TAKE_TO_REPLY, "reply", "Read, but no reply"
    elif hidden:
        delays = [each.replied_at - each.sent_at for each in others if each.replied_at is not None]
        usual, doing, done = PEOPLE_TAKE_TO_REPLY, "reply", "No reply, and whether it was read cannot be known"
    else:
        delays = [each.opened_at - each.sent_at for each in others if each.opened_at is not None]
        usual, doing, done = PEOPLE_TAKE_TO_OPEN, "open", "No sign that it was read"
    patience = _patience(delays, usual)
    whose = "they mostly" if delays else "people mostly"
    rhythm = f"{whose} {doing} within {duration(patience)}"
    if at < exchange.sent_at + patience:
        due = next_slot(send_time, exchange.sent_at + patience, allowed)
        return FollowUp(Step.WAIT, due, f"It is too early: {rhythm}.")
    now = next_slot(send_time, at, allowed)
    silent = kinds.get(Label.OPENS_OFTEN_NEVER_REPLIES) or kinds.get(Label.WENT_SILENT)
    if silent is not None:
        return FollowUp(Step.CALL, now, silent.evidence)
    in_vain = 0 if hidden else _in_vain(exchanges, at)
    if in_vain >= IN_VAIN:
        return FollowUp(Step.DROP, None, f"The last {in_vain} mails brought no reaction.")
    return FollowUp(Step.REMIND, now, f"{done}; {rhythm}.")


def _patience(delays: Sequence[float], usual: Sequence[float]) -> float:
    """The time within which PATIENCE of what comes has come: the contact's own, beside a few imagined of people's."""
    together = sorted([*delays, *usual])
    return together[int(PATIENCE * (len(together) - 1) + 0.5)]


def _in_vain(exchanges: Sequence[Exchange], at: float) -> int:
    """How many of the newest mails in a row were neither opened, clicked nor answered, though there was time."""
    count = 0
    for each in sorted(exchanges, key=lambda each: -each.sent_at):
        if each.opens or each.clicks or each.masked or each.blank or each.replied_at is not None:
            break
        count += at - each.sent_at >= TIME_TO_OPEN
    return count
