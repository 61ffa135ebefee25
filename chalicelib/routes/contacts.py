"""The API's calls on contacts, and on when to write to them."""

from datetime import datetime

from msgspec import Struct

from chalicelib.domain.contacts import Contact
from chalicelib.domain.refusals import NotFound
from chalicelib.domain.summaries import Summary, summarise
from chalicelib.domain.trackability import Reports, trackability
from chalicelib.routes.cursors import cursor, position
from chalicelib.routes.dispatch import Call
from chalicelib.routes.shapes import Input, Limit, as_time, as_time_if
from chalicelib.store import contacts


class PageQuery(Input, frozen=True):
    """Where a list goes on, and how far."""

    after: str | None = None
    limit: Limit = 50


class SendTimeShape(Struct, frozen=True):
    """When to write to a contact: the hour of the week (`weekday` 0 is Monday) on the clock of `time_zone`.

    `weights` (168, Monday 00:00 first) say how likely each hour is to find them reading; `counts` how often each did.
    Without `enough_data` it is the hour that suits most people. `reason` says so in words.
    """

    enough_data: bool
    weekday: int
    hour: int
    time_zone: str
    weights: tuple[float, ...]
    counts: tuple[int, ...]
    n: float
    gain: float
    reason: str
    computed_at: datetime


class TrackabilityShape(Struct, frozen=True):
    """Whether an open by this contact would show, how sure that is, on how many messages it rests, and in words."""

    reports: Reports
    confidence: float
    n: int
    evidence: str


class ContactShape(Struct, frozen=True):
    """One address over time. `opened`, `clicked` and `replied` count messages; `opens`, `clicks`, `replies` events."""

    email: str
    name: str
    messages: int
    opened: int
    clicked: int
    replied: int
    bounced: int
    opens: int
    clicks: int
    replies: int
    last_at: datetime | None
    trackability: TrackabilityShape
    send_time: SendTimeShape


class ContactList(Struct, frozen=True):
    """Contacts by address."""

    items: list[ContactShape]
    next: str | None


class ContactSendTime(Struct, frozen=True):
    """The scheduled summary of one contact."""

    email: str
    send_time: SendTimeShape


class SendTimeList(Struct, frozen=True):
    """The scheduled summaries, by address."""

    items: list[ContactSendTime]
    next: str | None


def listed(call: Call, query: PageQuery) -> ContactList:
    """The sender's contacts."""
    found, last = contacts.listed(call.sender, after=position("contacts", query.after), limit=query.limit)
    return ContactList([_contact(each, summarise(each, None, call.at)) for each in found], cursor("contacts", last))


def show(call: Call, email: str) -> ContactShape:
    """One contact: what it did with the sender's messages, and when to write to it."""
    found = contacts.find(call.sender, email.lower())
    if found is None:
        raise NotFound("You never wrote to this address.")
    return _contact(found, summarise(found, None, call.at))


def send_times(call: Call, query: PageQuery) -> SendTimeList:
    """When to write to each contact, as the schedule last computed it."""
    found, last = contacts.summaries(call.sender, after=position("send-times", query.after), limit=query.limit)
    return SendTimeList([ContactSendTime(each.email, _send_time(each)) for each in found], cursor("send-times", last))


def _contact(contact: Contact, summary: Summary) -> ContactShape:
    shows = trackability(contact)
    return ContactShape(
        email=contact.email,
        name=contact.name,
        messages=contact.messages,
        opened=contact.opened,
        clicked=contact.clicked,
        replied=contact.replied,
        bounced=contact.bounced,
        opens=contact.opens,
        clicks=contact.clicks,
        replies=contact.replies,
        last_at=as_time_if(contact.last_at),
        trackability=TrackabilityShape(shows.reports, round(shows.confidence, 3), shows.n, shows.evidence),
        send_time=_send_time(summary),
    )


def _send_time(summary: Summary) -> SendTimeShape:
    best = summary.send_time
    return SendTimeShape(
        enough_data=best.enough_data,
        weekday=best.weekday,
        hour=best.hour,
        time_zone=best.time_zone,
        weights=tuple(round(weight, 6) for weight in best.weights),
        counts=summary.counts,
        n=round(best.n, 3),
        gain=round(best.gain, 3),
        reason=best.reason,
        computed_at=as_time(summary.at),
    )
