"""Whom of today's people to turn to, at what hour and why; and of which mails only an answer would tell."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chalicelib.domain.consent import CUT, Untracked
from chalicelib.domain.contacts import Exchange, short_id
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.advice import Approach, outlook
from chalicelib.domain.habits.follow_ups import FollowUp, Step, follow_up
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import State, Status
from chalicelib.domain.words.sentences import Sentence, say


class Known(NamedTuple):
    """A message as it stands."""

    message: Message
    state: State


class Person(NamedTuple):
    """Somebody to write to or call, why, when, and about which message."""

    email: str
    name: str
    approach: Approach
    reason: str
    at: float
    hour: Sentence
    message: str | None
    subject: str


class Unknown(NamedTuple):
    """A mail of which only an answer would tell."""

    message: str
    subject: str
    email: str
    name: str
    reason: str


def people(known: Mapping[str, Known], pictures: Mapping[str, Picture]) -> tuple[list[Person], int]:
    """Whom to write to or call about the newest of these mails that wait for them; how many to leave alone."""
    newest: dict[str, tuple[Known, int]] = {}
    for each in sorted(known.values(), key=lambda each: each.message.sent_at):
        for number, recipient in enumerate(each.message.recipients):
            newest[recipient.email] = (each, number)
    found: list[tuple[float, Person]] = []
    leave = 0
    for email, (each, number) in newest.items():
        seen = pictures.get(email)
        exchange = _exchange(seen, each.message.id)
        if seen is None or exchange is None or seen.contact.muted or each.state.muted:
            continue
        view = outlook(seen)
        leave += view.approach is Approach.LEAVE
        step = follow_up(seen, exchange, each.state.tallies[number])
        if step.step not in (Step.REMIND, Step.CALL) or step.at is None:
            continue
        at = step.at - (step.at + zones.offset(seen.zone, step.at)) % 3600  # of an hour that has begun, its start
        hour = say("{when:hour}", when=zones.moment(at, seen.zone))
        approach = Approach.CALL if step.step is Step.CALL else Approach.WRITE
        person = Person(
            email, seen.contact.name, approach, step.reason, at, hour, each.message.id, each.message.subject
        )
        found.append((view.worth, person))
    found.sort(key=lambda each: (-each[0], each[1].email))
    return [person for _, person in found], leave


def step_for(told: Notification, known: Mapping[str, Known], seen: Picture | None) -> FollowUp | None:
    """What to do next about the message that something was told of; None where its recipient is not known."""
    message = known.get(told.message)
    exchange = _exchange(seen, told.message)
    if message is None or seen is None or exchange is None:
        return None
    return follow_up(seen, exchange, message.state.tallies[told.recipient])


def _exchange(seen: Picture | None, message: str) -> Exchange | None:
    exchanges = seen.contact.exchanges if seen is not None else ()
    return next((each for each in exchanges if each.message == short_id(message)), None)


def unknown(fresh: Iterable[Known], pictures: Mapping[str, Picture]) -> list[Unknown]:
    """The copies of these messages of which only an answer would tell."""
    found = []
    for each in fresh:
        for number, recipient in enumerate(each.message.recipients):
            tally, status = each.state.tallies[number], each.state.status_of(each.message, number)
            if number in each.message.shared:
                tally = each.state.tally(ONE_OF_THEM)
                if tally.status is not status:
                    continue  # one of them opened it: that is something
            hidden = status in (Status.CANNOT_KNOW, Status.NOT_TRACKED) and tally.not_tracked != Untracked.SELF
            if hidden and not recipient.erased:
                seen = pictures.get(recipient.email)
                why = seen.trackability.evidence if seen is not None and seen.trackability.blind else ""
                if status is Status.NOT_TRACKED:
                    why = say("This copy is not tracked.")
                elif tally.blind == CUT:
                    why = say("Gmail cuts so long a mail off before its pixel. A click or a reply would tell.")
                reason = why or say("Their mail program hides opens. A click or a reply would tell.")
                found.append(Unknown(each.message.id, each.message.subject, recipient.email, recipient.name, reason))
    return found
