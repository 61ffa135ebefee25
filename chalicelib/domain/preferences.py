"""What a sender wants to be told, where and when, and what is kept of their messages."""

from enum import StrEnum

from chalicelib.domain.notification_kinds import NotificationKind
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


def _wishes() -> dict[NotificationKind, Tell]:
    return dict.fromkeys(NotificationKind, Tell.EACH) | {NotificationKind.SHARED: Tell.NEVER}


QUIETLY = frozenset(
    {
        NotificationKind.OPEN,
        NotificationKind.CLICK,
        NotificationKind.SHARED,
        NotificationKind.AWAY,
        NotificationKind.REMINDER,
    }
)
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
    tell: dict[NotificationKind, Tell] = field(default_factory=_wishes)
    tell_push: dict[NotificationKind, Tell] = field(default_factory=_wishes)
    sound: dict[NotificationKind, bool] = field(
        default_factory=lambda: {kind: kind not in QUIETLY for kind in NotificationKind}
    )
    group: int = 10
    top_people_only: bool = False
    own_replies: bool = False
    quiet: Quiet = field(default_factory=Quiet)
    unusual: Unusual = field(default_factory=Unusual)
    remind: Patience = field(default_factory=Patience)
    digest: Digest = field(default_factory=Digest)

    def wish(self, channel: Channel, kind: NotificationKind) -> Tell:
        """What they want to be told of a kind on a channel; never, where they want nothing there at all."""
        if not (self.email if channel is Channel.EMAIL else self.push):
            return Tell.NEVER
        return (self.tell if channel is Channel.EMAIL else self.tell_push).get(kind, Tell.NEVER)

    def wanted(self, kind: NotificationKind) -> bool:
        """Whether a kind is told on any channel, or would be."""
        return {self.tell.get(kind), self.tell_push.get(kind)} != {Tell.NEVER}
