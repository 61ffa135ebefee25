"""What contacts look like in the API."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.habits.advice import Approach, Outlook, outlook
from chalicelib.domain.habits.behaviour import Behaviour, Label
from chalicelib.domain.habits.delays import time_to_open, time_to_reply
from chalicelib.domain.habits.follow_ups import FollowUp, Step
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.summaries import Summary
from chalicelib.domain.trackability import Reports
from chalicelib.domain.words.sentences import ENGLISH, said
from chalicelib.routes.resources.send_time_shapes import SendTimeShape, send_time_shape
from chalicelib.routes.resources.shapes import Input, Limit, Time, as_time_if


class TrackabilityShape(Struct, frozen=True):
    """Whether an open by this contact would show, how sure that is, on how many messages it rests, and in words."""

    reports: Reports
    confidence: float
    n: int
    evidence: str


class ContactChange(Input, frozen=True):
    """What you know better of a contact: their `time_zone`, an IANA name or an offset like "+02:00"; null to forget it.

    What a `muted` contact does is not told; it stands in the feed.
    """

    time_zone: Annotated[str, Meta(max_length=64)] | UnsetType | None = UNSET
    muted: bool | UnsetType = UNSET


class BehaviourShape(Struct, frozen=True):
    """A habit, how likely it is to be one (0 to 1), on how many messages that rests, and the evidence in a sentence."""

    label: Label
    confidence: float
    n: int
    evidence: str


class OutlookShape(Struct, frozen=True):
    """How best to reach a contact: write, call or leave; the share of mails they are likely to answer; and why."""

    approach: Approach
    answers: float
    reason: str


class FollowUpShape(Struct, frozen=True):
    """What to do about one mail to one recipient, and when; and why."""

    recipient: str
    step: Step
    at: Time | None
    reason: str


class FollowUpList(Struct, frozen=True):
    """What to do about one mail, for each of its recipients."""

    items: list[FollowUpShape]
    next: None = None


class ContactShape(Struct, frozen=True):
    """One address over time. `opened`, `clicked` and `replied` count messages; `opens`, `clicks`, `replies` events.

    `behaviour` is the surest habit, `behaviours` are all of them; none is claimed on two mails. `seconds_to_open` and
    `seconds_to_reply` are medians over the newest messages.
    """

    email: str
    name: str
    consent: Consent
    consent_by: By | None
    consent_at: Time | None
    messages: int
    opened: int
    clicked: int
    replied: int
    bounced: int
    opens: int
    clicks: int
    replies: int
    last_at: Time | None
    seconds_to_open: float | None
    seconds_to_reply: float | None
    trackability: TrackabilityShape
    behaviour: BehaviourShape | None
    behaviours: list[BehaviourShape]
    outlook: OutlookShape
    send_time: SendTimeShape
    muted: bool
    away_until: date | None


class ContactQuery(Input, frozen=True):
    """Whose address begins with `q`, where the list goes on, how far, and whether with the weight of each hour of the week."""

    q: Annotated[str, Meta(max_length=254)] = ""
    after: str | None = None
    limit: Limit = 50
    weights: bool = True


class NewConsent(Input, frozen=True):
    """What a contact said of being tracked. What they refused on their own page, only they can allow again."""

    consent: Consent


class Erasing(Struct, frozen=True):
    """Whether an erasure is done. If not, it goes on by itself."""

    done: bool


class ContactList(Struct, frozen=True):
    """Contacts by address."""

    items: list[ContactShape]
    next: str | None


class Ranked(Struct, frozen=True):
    """A contact and how best to reach it."""

    email: str
    name: str
    outlook: OutlookShape


class Ranking(Struct, frozen=True):
    """Contacts in the order in which effort pays: to write to, to call, to leave; the likeliest to answer first."""

    items: list[Ranked]
    next: None = None


def contact_shape(seen: Picture, summary: Summary, language: str = ENGLISH, *, weights: bool = True) -> ContactShape:
    """A contact as the API shows it, in words of a language; `weights` is as in send_time_shape."""
    contact, shows, at = seen.contact, seen.trackability, seen.at
    habits = [_behaviour(label, language) for label in seen.labels]
    return ContactShape(
        email=contact.email,
        name=contact.name,
        consent=contact.consent,
        consent_by=contact.consent_by,
        consent_at=as_time_if(contact.consent_at),
        messages=contact.messages,
        opened=contact.opened,
        clicked=contact.clicked,
        replied=contact.replied,
        bounced=contact.bounced,
        opens=contact.opens,
        clicks=contact.clicks,
        replies=contact.replies,
        last_at=as_time_if(contact.last_at),
        seconds_to_open=time_to_open(contact.exchanges),
        seconds_to_reply=time_to_reply(contact.exchanges),
        trackability=TrackabilityShape(
            shows.reports, round(shows.confidence, 3), shows.n, said(shows.evidence, language)
        ),
        behaviour=habits[0] if habits else None,
        behaviours=habits,
        outlook=outlook_shape(outlook(seen), language),
        send_time=send_time_shape(summary, at, language, weights=weights),
        muted=contact.muted,
        away_until=seen.away_until,
    )


def outlook_shape(found: Outlook, language: str = ENGLISH) -> OutlookShape:
    """How to reach a contact, as the API shows it."""
    return OutlookShape(found.approach, round(found.answers, 3), said(found.reason, language))


def follow_up_shape(recipient: str, found: FollowUp, language: str = ENGLISH) -> FollowUpShape:
    """What to do about one mail, as the API shows it."""
    return FollowUpShape(recipient, found.step, as_time_if(found.at), said(found.reason, language))


def _behaviour(label: Behaviour, language: str) -> BehaviourShape:
    return BehaviourShape(label.label, round(label.confidence, 3), label.n, said(label.evidence, language))
