"""Today: what there is to do now, whom to write to or call and at what hour, what happened, and what cannot be known.

One view, which the API gives as data, the page shows and the digest mails. It is made of what was told, the messages that it
was told of, and the contacts they went to: so its cost follows what happened, not what exists.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import Status, Tally
from chalicelib.domain.telling.news import News, headline, together
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.telling.taken_back import Entry, apart
from chalicelib.domain.telling.turning_to import Known, Person, Unknown, people, step_for, unknown
from chalicelib.domain.telling.what_now import Action, WhatNow, what_now
from chalicelib.domain.words.sentences import Sentence, many, say

MOST_NOW, MOST_PEOPLE, MOST_LINES, MOST_DUE = 7, 10, 30, 20
URGENT = (
    NotificationKind.COMPLAINT,
    NotificationKind.REPLY,
    NotificationKind.BOUNCE,
    NotificationKind.HOT,
    NotificationKind.REVIVED,
    NotificationKind.REMINDER,
    NotificationKind.CLICK,
    NotificationKind.OPEN,
    NotificationKind.SHARED,
)
"""What there is to do something about, the most urgent first."""


class Card(NamedTuple):
    """Something to do now."""

    notification: Notification
    headline: Sentence
    what_now: WhatNow


class Line(NamedTuple):
    """One message with the newest that happened to it: what `text` says of one recipient; `more` others did something too.
    Where all of it was taken back it is `corrected`: what `text` says did not happen.
    """

    message: str
    subject: str
    at: float
    status: Status
    text: Sentence
    email: str
    name: str
    more: int
    confidence: float
    muted: bool
    corrected: bool = False


class Due(NamedTuple):
    """A reminder to come."""

    message: str
    subject: str
    emails: tuple[str, ...]
    at: float
    chosen: bool


class Counts(NamedTuple):
    """How many people did what, with each mail apart; of how many it cannot be known."""

    read: int = 0
    clicked: int = 0
    replied: int = 0
    bounced: int = 0
    cannot_know: int = 0


class Today(NamedTuple):
    """What there is to do and what happened since `since`, as seen at `at`, unix seconds."""

    at: float
    since: float
    zone: str
    counts: Counts
    now: tuple[Card, ...]
    people: tuple[Person, ...]
    leave: int
    latest: tuple[Line, ...]
    cannot_know: tuple[Unknown, ...]
    due: tuple[Due, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say: nothing happened, and there is nobody to turn to."""
        return not (self.now or self.people or self.latest)

    @property
    def summary(self) -> Sentence:
        """What happened, in one sentence: "2 replied, 3 read; of 1 it cannot be known"."""
        counts = self.counts
        parts = [
            many("{n} replied", "{n} replied", counts.replied) if counts.replied else None,
            many("{n} read", "{n} read", counts.read) if counts.read else None,
            many("{n} bounced", "{n} bounced", counts.bounced) if counts.bounced else None,
            many("of {n} it cannot be known", "of {n} it cannot be known", counts.cannot_know)
            if counts.cannot_know
            else None,
        ]
        said = _listed([part for part in parts if part is not None])
        return say("{what}.", what=said) if said is not None else say("Nothing has happened.")


def today(
    entries: Sequence[Entry],
    known: Mapping[str, Known],
    pictures: Mapping[str, Picture],
    fresh: Iterable[Known],
    due: Iterable[Reminder],
    zone: str,
    since: float,
    at: float,
) -> Today:
    """Today, of what was told since `since` (`entries`, any order), the messages and contacts that it was about, what was sent
    since (`fresh`) and the reminders to come. What was told of a message that is not `known` counts, and is not shown.
    """
    standing, taken_back = apart(entries)
    shown = [each for each in standing if each.notification.message in known]
    gone = [each for each in taken_back if each.notification.message in known]
    heard = [each for each in shown if not _is_muted(each.notification, known, pictures)]
    cards = _cards(heard, known, pictures, at)
    whom, leave = people(known, pictures)
    hidden = unknown(fresh, pictures)
    return Today(
        at=at,
        since=since,
        zone=zone,
        counts=_counts(standing, len(hidden)),
        now=tuple(cards[:MOST_NOW]),
        people=tuple(whom[:MOST_PEOPLE]),
        leave=leave,
        latest=tuple(_lines(shown, gone, known)[:MOST_LINES]),
        cannot_know=tuple(hidden[:MOST_LINES]),
        due=tuple(_due(due, known)[:MOST_DUE]),
    )


def _is_muted(told: Notification, known: Mapping[str, Known], pictures: Mapping[str, Picture]) -> bool:
    message, seen = known.get(told.message), pictures.get(told.email)
    return (message is not None and message.state.muted) or (seen is not None and seen.contact.muted)


def _cards(
    entries: Sequence[Entry], known: Mapping[str, Known], pictures: Mapping[str, Picture], at: float
) -> list[Card]:
    """Of each recipient of each message the most urgent thing, if there is something to do about it."""
    best: dict[tuple[str, int], Entry] = {}
    for each in entries:
        told = each.notification
        place = (told.message, told.recipient)
        if told.kind in URGENT and (place not in best or _urgency(told) < _urgency(best[place].notification)):
            best[place] = each
    cards = []
    for entry in sorted(best.values(), key=lambda each: (_urgency(each.notification), -each.notification.at)):
        told, seen = entry.notification, pictures.get(entry.notification.email)
        news = News(told, entry.decided_at, at, seen, step_for(told, known, seen))
        found = what_now(news)
        if found.action is not Action.WAIT:
            cards.append(Card(told, headline(news), found))
    return cards


def _urgency(told: Notification) -> int:
    return URGENT.index(told.kind)


def _counts(entries: Iterable[Entry], cannot_know: int) -> Counts:
    done: dict[NotificationKind, set[tuple[str, int]]] = {}
    for each in entries:
        told = each.notification
        done.setdefault(told.kind, set()).add((told.message, told.recipient))
    clicked, replied = done.get(NotificationKind.CLICK, set()), done.get(NotificationKind.REPLY, set())
    read = done.get(NotificationKind.OPEN, set()) | clicked
    return Counts(len(read), len(clicked), len(replied), len(done.get(NotificationKind.BOUNCE, ())), cannot_know)


def _lines(standing: Sequence[Entry], taken_back: Sequence[Entry], known: Mapping[str, Known]) -> list[Line]:
    """One line a message, the one with the newest first. Of what was taken back only where nothing else stands."""
    by_message: dict[str, list[Entry]] = {}
    for each in standing:
        by_message.setdefault(each.notification.message, []).append(each)
    true = set(by_message)
    for each in taken_back:
        if each.notification.message not in true:
            by_message.setdefault(each.notification.message, []).append(each)
    lines = []
    for message, told in sorted(by_message.items(), key=lambda each: each[1][0].decided_at, reverse=True):
        newest = told[0].notification
        found = known[message]
        tally = found.state.tally(newest.recipient)
        lines.append(
            Line(
                message,
                newest.subject,
                newest.at,
                tally.status,
                _line(newest, tally),
                newest.email,
                str(together(newest.among)) if newest.among else newest.name,
                len({each.notification.recipient for each in told}) - 1,
                newest.verdict.confidence,
                found.state.muted,
                message not in true,
            )
        )
    return lines


def _line(told: Notification, tally: Tally) -> Sentence:
    said = headline(News(told, told.at, told.at))
    if told.kind is NotificationKind.OPEN and tally.opens > 1 and not told.correction:
        return say("{what}, {times} times", what=said, times=tally.opens)
    return said


def _due(due: Iterable[Reminder], known: Mapping[str, Known]) -> list[Due]:
    found = []
    for each in sorted(due, key=lambda each: each.at):
        message = known.get(each.message)
        if message is not None:
            emails = tuple(recipient.email for recipient in message.message.recipients if not recipient.erased)
            found.append(Due(each.message, message.message.subject, emails, each.at, each.chosen))
    return found


def _listed(parts: Sequence[Sentence]) -> Sentence | None:
    """The parts one after the other."""
    whole: Sentence | None = None
    for part in parts:
        whole = part if whole is None else say("{some}, {more}", some=whole, more=part)
    return whole
