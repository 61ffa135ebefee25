"""A sender's account, and what speaks for them."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.messages import Door
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Digest, Keep, Patience, Preferences, Quiet, Tell, Unusual
from chalicelib.domain.records import field, record


@record
class Account:
    """A sender. `time_zone` is an IANA name: the clock that mails to the sender use. `last_mail` is when the last mail came by
    each door, unix seconds, right to the hour.
    """

    sender: str
    email: str
    name: str
    time_zone: str
    created_at: float
    preferences: Preferences = field(default_factory=Preferences)
    last_mail: Mapping[Door, float] = field(default_factory=dict)


@record
class Change:
    """What to change of an account. What is None stays as it is, and so does the wish for a kind that is not named."""

    name: str | None = None
    time_zone: str | None = None
    email: bool | None = None
    address: str | None = None
    push: bool | None = None
    keep: Keep | None = None
    footer: bool | None = None
    text_links: bool | None = None
    through: bool | None = None
    language: str | None = None
    group: int | None = None
    top_people_only: bool | None = None
    own_replies: bool | None = None
    tell: Mapping[NotificationKind, Tell] = field(default_factory=dict)
    tell_push: Mapping[NotificationKind, Tell] = field(default_factory=dict)
    sound: Mapping[NotificationKind, bool] = field(default_factory=dict)
    quiet: Quiet | None = None
    unusual: Unusual | None = None
    remind: Patience | None = None
    digest: Digest | None = None


class Scope(StrEnum):
    """What an API token may do. None contains another: a token has those that it was given."""

    READ = "read"  # see what is the sender's
    SEND = "send"  # make, change and delete messages, report replies
    ADMIN = "admin"  # the account itself: tokens, addresses, devices, what to be told


EVERYTHING = frozenset(Scope)


@record
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


@record
class Address:
    """An address of a sender, who has shown that they read its mail. `sign_in` is whether they let who reads it sign in.

    `stopped_by` is why SES brings it nothing any more, "bounce" or "complaint", "" where it does; since when, unix seconds.
    """

    email: str
    verified_at: float
    sign_in: bool = False
    stopped_by: str = ""
    stopped_at: float | None = None


class Happened(StrEnum):
    """What the account's first address is told of: what lets somebody act for the sender who could not before."""

    MADE = "made"  # an API token was
    ADDRESS = "address"  # an address was added
    ENTRANCE = "entrance"  # by one of the addresses, who reads its mail may sign in from now on
    DEVICE = "device"  # somebody signed in from a device that was not seen before


@record
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
    WEB = "web"


@record
class Subscription:
    """Where a browser takes pushes, and its keys (base64url): `p256dh` a point of P-256, `auth` 16 bytes.

    `made_with` is the beginning of that public key of ours with which it was made, for life.
    """

    endpoint: str
    p256dh: str
    auth: str
    made_with: str


@record
class Device:
    """A device that takes pushes. `endpoint` is the ARN of its SNS platform endpoint; a browser's has its subscription beside.

    `seen_at` is when it was last registered: a browser tells of itself on each visit, and one that no visit told of for
    long may be dead though its service goes on taking pushes.
    """

    id: str
    platform: Platform
    name: str
    endpoint: str
    created_at: float
    subscription: Subscription | None = None
    seen_at: float | None = None
