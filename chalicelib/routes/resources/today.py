"""What there is to do today: the page and the digest are two views of it."""

from msgspec import Struct

from chalicelib.domain.habits.advice import Approach
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.state import Status
from chalicelib.domain.telling.today import Card, Counts, Due, Line, Today
from chalicelib.domain.telling.turning_to import Person, Unknown
from chalicelib.domain.telling.what_now import Action
from chalicelib.domain.words.sentences import said
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Time, as_time
from chalicelib.work.telling import todays


class CardShape(Struct, frozen=True):
    """Something that happened, or did not, and the one thing to do about it."""

    id: str
    kind: NotificationKind
    at: Time
    message: str
    subject: str
    recipient: str
    name: str
    text: str
    what_now: str
    action: Action
    confidence: float


class PersonShape(Struct, frozen=True):
    """Somebody to write to or call: why, and at what hour, on their clock in words. `message` is what it is about."""

    email: str
    name: str
    approach: Approach
    reason: str
    at: Time
    hour: str
    message: str | None


class LineShape(Struct, frozen=True):
    """One message and the newest that happened to it, by one recipient; `more` others did something too. Where all that was
    told of it was taken back, it is `corrected`, and `text` is the newest of that.
    """

    message: str
    subject: str
    at: Time
    status: Status
    text: str
    recipient: str
    name: str
    more: int
    confidence: float
    muted: bool
    corrected: bool


class UnknownShape(Struct, frozen=True):
    """A mail of which only an answer would tell, and why."""

    message: str
    subject: str
    recipient: str
    name: str
    reason: str


class DueShape(Struct, frozen=True):
    """A reminder to come; a `chosen` one was set for this message."""

    message: str
    subject: str
    recipients: tuple[str, ...]
    at: Time
    chosen: bool


class CountsShape(Struct, frozen=True):
    """How many recipients did what since then, each mail apart; of how many it cannot be known."""

    read: int
    clicked: int
    replied: int
    bounced: int
    cannot_know: int


class TodayShape(Struct, frozen=True):
    """What to do now, whom to write to or call, the latest of each message, what cannot be known, and what is due."""

    at: Time
    since: Time
    time_zone: str
    summary: str
    counts: CountsShape
    now: list[CardShape]
    people: list[PersonShape]
    leave: int
    latest: list[LineShape]
    cannot_know: list[UnknownShape]
    due: list[DueShape]


def show(call: Call) -> TodayShape:
    """What there is to do now, whom to write to or call and when, and what happened in the last day."""
    found, account = todays.today_of(call.sender, call.at)
    return today_shape(found, account.preferences.language)


def today_shape(today: Today, language: str) -> TodayShape:
    """Today, as the API shows it in a language."""
    return TodayShape(
        at=as_time(today.at),
        since=as_time(today.since),
        time_zone=today.zone,
        summary=said(today.summary, language),
        counts=_counts(today.counts),
        now=[_card(each, language) for each in today.now],
        people=[_person(each, language) for each in today.people],
        leave=today.leave,
        latest=[_line(each, language) for each in today.latest],
        cannot_know=[_unknown(each, language) for each in today.cannot_know],
        due=[_due(each) for each in today.due],
    )


def _counts(counts: Counts) -> CountsShape:
    return CountsShape(*counts)


def _card(card: Card, language: str) -> CardShape:
    told = card.notification
    return CardShape(
        id=told.id,
        kind=told.kind,
        at=as_time(told.at),
        message=told.message,
        subject=told.subject,
        recipient=told.email,
        name=told.name,
        text=said(card.headline, language),
        what_now=said(card.what_now.sentence, language),
        action=card.what_now.action,
        confidence=round(told.verdict.confidence, 3),
    )


def _person(person: Person, language: str) -> PersonShape:
    return PersonShape(
        email=person.email,
        name=person.name,
        approach=person.approach,
        reason=said(person.reason, language),
        at=as_time(person.at),
        hour=said(person.hour, language),
        message=person.message,
    )


def _line(line: Line, language: str) -> LineShape:
    return LineShape(
        message=line.message,
        subject=line.subject,
        at=as_time(line.at),
        status=line.status,
        text=said(line.text, language),
        recipient=line.email,
        name=line.name,
        more=line.more,
        confidence=round(line.confidence, 3),
        muted=line.muted,
        corrected=line.corrected,
    )


def _unknown(unknown: Unknown, language: str) -> UnknownShape:
    return UnknownShape(unknown.message, unknown.subject, unknown.email, unknown.name, said(unknown.reason, language))


def _due(due: Due) -> DueShape:
    return DueShape(due.message, due.subject, due.emails, as_time(due.at), due.chosen)
