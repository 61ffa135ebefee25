"""Reminders: what did not happen, in three wordings that say no more than is known.

There is no sign of opening; it was read and not answered; only an answer would tell, and none came. A reminder ends when an
answer comes or the thread goes on, whoever noticed; it waits for somebody who is away, and for the sender's day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from chalicelib.domain.consent import Untracked
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.messages import ONE_OF_THEM, Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Patience, Unit, Whom
from chalicelib.domain.records import record
from chalicelib.domain.state import State, Status, Tally
from chalicelib.domain.telling import calendar
from chalicelib.domain.threads import Thread

EVENING = 18  # o'clock: what is due later comes in the morning
GIVEN_UP = 60 * zones.DAY  # after which nobody is reminded of a mail any more


class Unanswered(StrEnum):
    """What is known of a mail that was not answered."""

    NOT_OPENED = "not_opened"
    NO_REPLY = "no_reply"  # read
    CANNOT_KNOW = "cannot_know"


@record
class Reminder:
    """A reminder of a message that comes at `at`, unix seconds. `chosen`: the sender set it for this message.

    `told` names what was said already: the state and the recipient.
    """

    sender: str
    message: str
    at: float
    chosen: bool = False
    told: frozenset[str] = frozenset()
    version: int = 1


@record
class Outcome:
    """What comes of a reminder that is due: what there is to tell, and the reminder as it goes on, None if it is over."""

    notifications: tuple[Notification, ...] = ()
    left: Reminder | None = None


def by_default(message: Message, patience: Patience, zone: str) -> Reminder | None:
    """The reminder that a new message gets without being asked for."""
    wanted = patience.whom is Whom.ALL or (patience.whom is Whom.ONE_RECIPIENT and len(message.recipients) == 1)
    limits = [many for many in (patience.not_opened, patience.no_reply, patience.cannot_know) if many > 0]
    if not wanted or not limits:
        return None
    at = _by_day(calendar.after(message.sent_at, min(limits), patience.unit, zone, patience.country), patience, zone)
    return Reminder(message.sender, message.id, at)


def come_due(
    reminder: Reminder,
    message: Message,
    known: State,
    pictures: Sequence[Picture | None],
    thread: Thread,
    patience: Patience,
    zone: str,
) -> Outcome:
    """What comes of a reminder as of when it was due. `pictures` are those of the recipients then, None where there is none.

    Of those who share a copy one reminder tells, until one of them answers.
    """
    at = reminder.at
    if thread.replied or thread.goes_on or (at > message.sent_at + GIVEN_UP and not reminder.chosen):
        return Outcome()
    found: list[Notification] = []
    later: list[float] = []
    told = set(reminder.told)
    group = [(known.tallies[number], pictures[number]) for number in message.shared]
    answered = any(tally.replied_at is not None for tally, _ in group)
    for number in message.places:
        if number in message.shared:
            continue
        several = number == ONE_OF_THEM
        tally, seen = known.tally(number), None if several else pictures[number]
        if several and (answered or all(_over(*each) for each in group)):
            continue
        if not several and (message.recipients[number].erased or _over(tally, seen)):
            continue
        if seen is not None and seen.away_until is not None:
            later.append(zones.at_hour(zone, seen.away_until + timedelta(days=1), calendar.MORNING))
            continue
        state = unanswered(tally, seen)
        name = f"{state}:{number}"
        due = at if reminder.chosen else _due(message, tally, state, patience, zone)
        if due is None or name in told:
            continue
        if due > at:
            later.append(due)
            continue
        told.add(name)
        found.append(_notification(message, number, tally, state, at))
        if not reminder.chosen and state is Unanswered.NOT_OPENED and patience.no_reply:
            later.append(
                _by_day(calendar.after(at, patience.no_reply, patience.unit, zone, patience.country), patience, zone)
            )
    if not later:
        return Outcome(tuple(found))
    return Outcome(tuple(found), replace(reminder, at=max(min(later), at + 60), told=frozenset(told)))


def unanswered(tally: Tally, seen: Picture | None) -> Unanswered:
    """What is known of a mail that was not answered."""
    if tally.opens or tally.clicks:
        return Unanswered.NO_REPLY
    blind = seen is not None and bool(seen.trackability.blind)
    hidden = blind or tally.status in (Status.CANNOT_KNOW, Status.NOT_TRACKED)
    return Unanswered.CANNOT_KNOW if hidden else Unanswered.NOT_OPENED


def _over(tally: Tally, seen: Picture | None) -> bool:
    """Whether there is nothing to be reminded of: an answer, a mail that never arrived, somebody who wants none, oneself."""
    ended = tally.status in (Status.REPLIED, Status.BOUNCED) or tally.complained_at is not None
    ended = ended or tally.not_tracked == Untracked.SELF
    return ended or (seen is not None and (seen.complained or seen.unreachable))


def _due(message: Message, tally: Tally, state: Unanswered, patience: Patience, zone: str) -> float | None:
    read = [each for each in (tally.opened_at, tally.clicked_at) if each is not None]
    since = max(min(read), message.sent_at) if read and state is Unanswered.NO_REPLY else message.sent_at
    many = getattr(patience, state.value)
    if not many:
        return None
    return _by_day(calendar.after(since, many, patience.unit, zone, patience.country), patience, zone)


def _by_day(at: float, patience: Patience, zone: str) -> float:
    """That time, if it is by day; otherwise the next morning, of a day of work where those are counted."""
    local = zones.local(zone, at)
    if calendar.MORNING <= local.hour < EVENING:
        return at
    day = local.date()
    if local.hour >= EVENING:
        working = patience.unit is Unit.BUSINESS_DAYS
        day = calendar.next_business_day(day, zone, patience.country) if working else day + timedelta(days=1)
    return zones.at_hour(zone, day, calendar.MORNING)


def _notification(message: Message, number: int, tally: Tally, state: Unanswered, at: float) -> Notification:
    several = number == ONE_OF_THEM
    recipient = Recipient("") if several else message.recipients[number]
    read = [each for each in (tally.opened_at, tally.clicked_at) if each is not None]
    return Notification(
        message=message.id,
        sender=message.sender,
        kind=NotificationKind.REMINDER,
        recipient=number,
        email=recipient.email,
        name=recipient.name,
        subject=message.subject,
        sent_at=message.sent_at,
        at=at,
        verdict=Verdict(VerdictKind.UNKNOWN, 1.0, ()),
        first=True,
        thread=message.thread or "",
        recipients=len(message.recipients),
        note=state.value,
        since=min(read) if read else message.sent_at,
        among=message.among if several else (),
        namesake=not several and message.has_namesake(number),
    )
