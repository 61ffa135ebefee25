"""What preferences look like in the API: each wish as it is changed, and as it is shown."""

from typing import Annotated, Any, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import BadInput
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Frequency, Keep, Patience, Tell, Unit, Unusual, Whom
from chalicelib.routes.resources.shapes import Address, Input
from chalicelib.work.accounts import owning


class TellChange(Input, frozen=True):
    """Of which events of each kind to tell: of a message's first, of each recipient's first, every time, or never."""

    open: Tell | UnsetType = UNSET
    click: Tell | UnsetType = UNSET
    reply: Tell | UnsetType = UNSET
    bounce: Tell | UnsetType = UNSET
    complaint: Tell | UnsetType = UNSET
    reminder: Tell | UnsetType = UNSET
    hot: Tell | UnsetType = UNSET
    revived: Tell | UnsetType = UNSET
    shared: Tell | UnsetType = UNSET
    away: Tell | UnsetType = UNSET


class SoundChange(Input, frozen=True):
    """Of which kinds a push may sound."""

    open: bool | UnsetType = UNSET
    click: bool | UnsetType = UNSET
    reply: bool | UnsetType = UNSET
    bounce: bool | UnsetType = UNSET
    complaint: bool | UnsetType = UNSET
    reminder: bool | UnsetType = UNSET
    hot: bool | UnsetType = UNSET
    revived: bool | UnsetType = UNSET
    shared: bool | UnsetType = UNSET
    away: bool | UnsetType = UNSET


Hour = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class QuietChange(Input, frozen=True):
    """When to be told nothing: between two times of the clock (null for none) and on some weekdays. `replies` break through."""

    start: Hour | UnsetType | None = field(default=UNSET, name="from")
    end: Hour | UnsetType | None = field(default=UNSET, name="to")
    days: list[Weekday] | UnsetType = UNSET
    replies: bool | UnsetType = UNSET


class UnusualChange(Input, frozen=True):
    """When a mail is hot: so many opens within so many hours; when it is revived: opened again after so many days."""

    hot_opens: Annotated[int, Meta(ge=2, le=50)] | UnsetType = UNSET
    hot_hours: Annotated[int, Meta(ge=1, le=168)] | UnsetType = UNSET
    revived_days: Annotated[int, Meta(ge=1, le=366)] | UnsetType = UNSET


Many = Annotated[int, Meta(ge=0, le=366)]


class PatienceChange(Input, frozen=True):
    """After how long to be reminded, of which mails, and whose holidays are no business days ("": nobody's)."""

    whom: Whom | UnsetType = UNSET
    not_opened: Many | UnsetType = UNSET
    no_reply: Many | UnsetType = UNSET
    cannot_know: Many | UnsetType = UNSET
    unit: Unit | UnsetType = UNSET
    country: Annotated[str, Meta(pattern="^([A-Z]{2})?$")] | UnsetType = UNSET


class DigestChange(Input, frozen=True):
    """How often the digest comes, at which hour of the day, and on which day the weekly one."""

    when: Frequency | UnsetType = UNSET
    hour: Annotated[int, Meta(ge=0, le=23)] | UnsetType = UNSET
    weekday: Weekday | UnsetType = UNSET


class PreferencesChange(Input, frozen=True):
    """What to change; what is left out stays as it is."""

    email: bool | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    push: bool | UnsetType = UNSET
    keep: Keep | UnsetType = UNSET
    footer: bool | UnsetType = UNSET
    text_links: bool | UnsetType = UNSET
    through: bool | UnsetType = UNSET
    language: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    group: Annotated[int, Meta(ge=1, le=50)] | UnsetType = UNSET
    top_people_only: bool | UnsetType = UNSET
    own_replies: bool | UnsetType = UNSET
    tell: TellChange = TellChange()
    tell_push: TellChange = TellChange()
    sound: SoundChange = SoundChange()
    quiet: QuietChange = QuietChange()
    unusual: UnusualChange = UnusualChange()
    remind: PatienceChange = PatienceChange()
    digest: DigestChange = DigestChange()


class TellShape(Struct, frozen=True):
    """Of which events of each kind the sender is told."""

    open: Tell
    click: Tell
    reply: Tell
    bounce: Tell
    complaint: Tell
    reminder: Tell
    hot: Tell
    revived: Tell
    shared: Tell
    away: Tell


class SoundShape(Struct, frozen=True):
    """Of which kinds a push may sound."""

    open: bool
    click: bool
    reply: bool
    bounce: bool
    complaint: bool
    reminder: bool
    hot: bool
    revived: bool
    shared: bool
    away: bool


class QuietShape(Struct, frozen=True):
    """When the sender is told nothing, on the account's clock; what waited is told in one summary at the end."""

    start: str | None = field(name="from")
    end: str | None = field(name="to")
    days: list[Weekday] = []
    replies: bool = False


class DigestShape(Struct, frozen=True):
    """How often the digest comes, at which hour of the day, and on which day the weekly one."""

    when: Frequency
    hour: int
    weekday: Weekday


class PreferencesShape(Struct, frozen=True):
    """What the sender is told, and on which channels; what is kept of messages sent from now on; and whether they say so.

    `address` is the one of theirs that mails to them go to: the account's first, unless they chose another.
    `keep`: everything; no subject; no names either; counts only, without the single events after a day. With `footer`, a
    line in each tracked mail says that it is, and leads to the recipient's page. With `text_links`, the links of plain texts
    are tracked. `through` is whether what the sender writes to an answer that was forwarded to them goes by Unsealed again:
    while it is null, where the mail that was answered went by the gateway. `tell` is by mail, `tell_push` by push. Mails to
    more than `group` people tell of the first only. `language` is that of mails to the sender: en, hi or kn.
    """

    email: bool
    address: str
    push: bool
    keep: Keep
    footer: bool
    text_links: bool
    through: bool | None
    language: str
    group: int
    top_people_only: bool
    own_replies: bool
    tell: TellShape
    tell_push: TellShape
    sound: SoundShape
    quiet: QuietShape
    unusual: Unusual
    remind: Patience
    digest: DigestShape


def quiet_change(body: QuietChange) -> dict[str, Any]:
    """What is to change of the quiet hours. Raises BadInput where one end of them is missing."""
    given = body.given()
    if ("start" in given) != ("end" in given) or (given.get("start") is None) != (given.get("end") is None):
        raise BadInput("Quiet hours have a beginning and an end: say both “from” and “to”.", "quiet")
    days = {"days": frozenset(WEEKDAYS.index(day) for day in given["days"])} if "days" in given else {}
    return {name: value or "" if name in ("start", "end") else value for name, value in given.items()} | days


def digest_change(body: DigestChange) -> dict[str, Any]:
    """What is to change of the digest."""
    given = body.given()
    return given | ({"weekday": WEEKDAYS.index(given["weekday"])} if "weekday" in given else {})


def preferences_shape(account: Account) -> PreferencesShape:
    """A sender's preferences as the API shows them."""
    wishes, quiet = account.preferences, account.preferences.quiet
    return PreferencesShape(
        email=wishes.email,
        address=owning.where_told(account),
        push=wishes.push,
        keep=wishes.keep,
        footer=wishes.footer,
        text_links=wishes.text_links,
        through=wishes.through,
        language=wishes.language,
        group=wishes.group,
        top_people_only=wishes.top_people_only,
        own_replies=wishes.own_replies,
        tell=TellShape(**{kind.value: wishes.tell[kind] for kind in NotificationKind}),
        tell_push=TellShape(**{kind.value: wishes.tell_push[kind] for kind in NotificationKind}),
        sound=SoundShape(**{kind.value: wishes.sound[kind] for kind in NotificationKind}),
        quiet=QuietShape(
            quiet.start or None, quiet.end or None, [WEEKDAYS[day] for day in sorted(quiet.days)], quiet.replies
        ),
        unusual=wishes.unusual,
        remind=wishes.remind,
        digest=DigestShape(wishes.digest.when, wishes.digest.hour, WEEKDAYS[wishes.digest.weekday]),
    )
