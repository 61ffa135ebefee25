"""A sender's account, what speaks for them, and what they want to be told."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.kinds import Told
from chalicelib.domain.records import field, record
from chalicelib.domain.words.sentences import ENGLISH


class Tell(StrEnum):
    """Of which events of one kind the sender is told."""

    FIRST = "first"  # the first recipient of a message
    EACH = "each"  # each recipient's first
    EVERY = "every"  # each time; of what happens once, the same as each
    NEVER = "never"  # it stands in the feed only


class Channel(StrEnum):
    """Where the sender is told; webhooks have wishes of their own."""

    EMAIL = "email"
    PUSH = "push"


class Keep(StrEnum):
    """How much is kept of a message. Each keeps less than the one before it."""

    FULL = "full"
    NO_SUBJECT = "no_subject"
    NO_NAMES = "no_names"  # nor a subject
    COUNTS_ONLY = "counts_only"  # nor names, nor a subject; events go when a day has passed, and counts are left


class Frequency(StrEnum):
    """How often the digest comes."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Unit(StrEnum):
    """What a patience is counted in."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"


class Whom(StrEnum):
    """Which mails the sender is reminded of without asking for it."""

    NOBODY = "nobody"
    ONE_RECIPIENT = "one_recipient"  # mails to one person
    ALL = "all"


@record
class Quiet:
    """When the sender is told nothing, on the clock of their account: from an hour to another ("HH:MM", "" for no such
    hours), and all through some weekdays (0 is Monday). What waited is told at the end. `replies` break through.
    """

    start: str = ""
    end: str = ""
    days: frozenset[int] = frozenset()
    replies: bool = False


@record
class Unusual:
    """What is hot: so many counted opens within so many hours. What is revived: opened again after so many days."""

    hot_opens: int = 3
    hot_hours: int = 24
    revived_days: int = 14


@record
class Patience:
    """After how many of `unit` to remind of a mail that shows no sign of opening, of one read but not answered, and of one
    of which only an answer would tell; 0 for never. `country` is whose holidays are no business days, "" for none.
    """

    whom: Whom = Whom.NOBODY
    not_opened: int = 2
    no_reply: int = 3
    cannot_know: int = 5
    unit: Unit = Unit.BUSINESS_DAYS
    country: str = ""


@record
class Digest:
    """How often the digest comes, at which hour of the sender's day, and on which weekday (0 is Monday) the weekly one."""

    when: Frequency = Frequency.NEVER
    hour: int = 8
    weekday: int = 0


def _wishes() -> dict[Told, Tell]:
    return dict.fromkeys(Told, Tell.EACH) | {Told.SHARED: Tell.NEVER}


QUIETLY = frozenset({Told.OPEN, Told.CLICK, Told.SHARED, Told.AWAY, Told.REMINDER})
"""What makes no sound, unless the sender says otherwise."""


@record
class Preferences:
    """What to be told, and where; `tell` (by mail) and `tell_push` have a wish for each kind. What to `keep` of messages sent
    from now on.

    `address` is the one of theirs that mails to the sender go to; "" is the account's first. With `footer`, tracked mails
    say so, in a line with a link to the recipient's page. With `text_links`, the links of plain texts are tracked, where a
    mail does not say otherwise. `sound` says of which kinds a push may sound. Mails to more than `group` people tell of the
    first only. `own_replies`: a reply is mailed about even where it is handed on itself. `through` is whether what the sender
    writes to an answer that was handed on goes by us again; None: where the mail that was answered went by the gateway.
    """

    email: bool = True
    address: str = ""
    push: bool = True
    keep: Keep = Keep.FULL
    footer: bool = False
    text_links: bool = False
    through: bool | None = None
    language: str = ENGLISH
    tell: dict[Told, Tell] = field(default_factory=_wishes)
    tell_push: dict[Told, Tell] = field(default_factory=_wishes)
    sound: dict[Told, bool] = field(default_factory=lambda: {kind: kind not in QUIETLY for kind in Told})
    group: int = 10
    top_people_only: bool = False
    own_replies: bool = False
    quiet: Quiet = field(default_factory=Quiet)
    unusual: Unusual = field(default_factory=Unusual)
    remind: Patience = field(default_factory=Patience)
    digest: Digest = field(default_factory=Digest)

    def wish(self, channel: Channel, kind: Told) -> Tell:
        """What they want to be told of a kind on a channel; never, where they want nothing there at all."""
        if not (self.email if channel is Channel.EMAIL else self.push):
            return Tell.NEVER
        return (self.tell if channel is Channel.EMAIL else self.tell_push).get(kind, Tell.NEVER)

    def wanted(self, kind: Told) -> bool:
        """Whether a kind is told on any channel, or would be."""
        return {self.tell.get(kind), self.tell_push.get(kind)} != {Tell.NEVER}


@record
class Account:
    """A sender. `time_zone` is an IANA name: the clock that mails to the sender use."""

    sender: str
    email: str
    name: str
    time_zone: str
    created_at: float
    preferences: Preferences = field(default_factory=Preferences)


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
    tell: Mapping[Told, Tell] = field(default_factory=dict)
    tell_push: Mapping[Told, Tell] = field(default_factory=dict)
    sound: Mapping[Told, bool] = field(default_factory=dict)
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
