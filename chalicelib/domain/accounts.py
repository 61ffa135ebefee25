"""A sender's account, what speaks for them, and what they want to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.domain.events import EventKind


class Tell(StrEnum):
    """Of which events of one kind the sender is told."""

    FIRST = "first"  # the first recipient of a message
    EACH = "each"  # each recipient's first
    NEVER = "never"  # it stands in the feed only


class Keep(StrEnum):
    """How much is kept of a message. Each keeps less than the one before it."""

    FULL = "full"
    NO_SUBJECT = "no_subject"
    NO_NAMES = "no_names"  # nor a subject
    COUNTS_ONLY = "counts_only"  # nor names, nor a subject; events go when a day has passed, and counts are left


@dataclass(frozen=True, slots=True)
class Preferences:
    """What to be told, and where; `tell` has a wish for each kind of event. What to `keep` of messages sent from now on.

    `address` is the one of theirs that mails to the sender go to; "" is the account's first. With `footer`, tracked mails
    say so, in a line with a link to the recipient's page. With `text_links`, the links of plain texts are tracked, where a
    mail does not say otherwise. `through` is whether what the sender writes to an answer that was handed on goes by us
    again; None: where the mail that was answered went by the gateway.
    """

    email: bool = True
    address: str = ""
    push: bool = True
    keep: Keep = Keep.FULL
    footer: bool = False
    text_links: bool = False
    through: bool | None = None
    tell: dict[EventKind, Tell] = field(
        default_factory=lambda: {
            EventKind.OPEN: Tell.FIRST,
            EventKind.CLICK: Tell.FIRST,
            EventKind.REPLY: Tell.EACH,
            EventKind.BOUNCE: Tell.EACH,
            EventKind.COMPLAINT: Tell.EACH,
        }
    )


@dataclass(frozen=True, slots=True)
class Account:
    """A sender. `time_zone` is an IANA name: the clock that mails to the sender use."""

    sender: str
    email: str
    name: str
    time_zone: str
    created_at: float
    preferences: Preferences = field(default_factory=Preferences)


@dataclass(frozen=True, slots=True)
class Change:
    """What to change of an account. What is None stays as it is, and so does the wish for a kind that `tell` does not name."""

    name: str | None = None
    time_zone: str | None = None
    email: bool | None = None
    address: str | None = None
    push: bool | None = None
    keep: Keep | None = None
    footer: bool | None = None
    text_links: bool | None = None
    through: bool | None = None
    tell: Mapping[EventKind, Tell] = field(default_factory=dict)


class Scope(StrEnum):
    """What an API token may do. None contains another: a token has those that it was given."""

    READ = "read"  # see what is the sender's
    SEND = "send"  # make, change and delete messages, report replies
    ADMIN = "admin"  # the account itself: tokens, addresses, devices, what to be told


EVERYTHING = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is kept of an API token: never the token itself. `session` is one that a sign-in made.

    Times are unix seconds; `used_at` is right to the hour.
    """

    id: str
    sender: str
    name: str
    scopes: frozenset[Scope]
    created_at: float
    expires_at: float | None = None
    used_at: float | None = None
    session: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a sender, who has shown that they read its mail. `sign_in` is whether they let who reads it sign in."""

    email: str
    verified_at: float
    sign_in: bool = False


class Happened(StrEnum):
    """What the account's first address is told of: what lets somebody act for the sender who could not before."""

    MADE = "made"  # an API token was
    ADDRESS = "address"  # an address was added
    ENTRANCE = "entrance"  # by one of the addresses, who reads its mail may sign in from now on
    DEVICE = "device"  # somebody signed in from a device that was not seen before


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that happened on an account. `about` names the token, or the address; it happened at a unix time."""

    sender: str
    happened: Happened
    about: str
    at: float


class Platform(StrEnum):
    """Whose service brings a push to a device."""

    APNS = "apns"
    FCM = "fcm"


@dataclass(frozen=True, slots=True)
class Device:
    """A device that takes pushes. `endpoint` is the ARN of its SNS platform endpoint."""

    id: str
    platform: Platform
    name: str
    endpoint: str
    created_at: float


def wants(preferences: Preferences, kind: EventKind, first: bool) -> bool:
    """Whether the sender wants to be told of this, being the message's first of its kind or not."""
    wish = preferences.tell.get(kind, Tell.NEVER)
    return wish is Tell.EACH or (wish is Tell.FIRST and first)
