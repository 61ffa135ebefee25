"""The API's calls on the account itself: who the sender is, what they want to be told, and where."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.domain.accounts import Account, Change, Device, Platform
from chalicelib.domain.errors import BadInput
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.preference_shapes import (
    PreferencesChange,
    PreferencesShape,
    digest_change,
    preferences_shape,
    quiet_change,
)
from chalicelib.routes.resources.shapes import Input, Time, as_time, as_time_if
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts import owning, registering
from chalicelib.work.telling import pushing


class AccountShape(Struct, frozen=True):
    """The sender. `email` is the account's first address; mails to them give times on the clock of `time_zone`. `last_mail` is
    when the last mail came by each door: of one by which none came, nothing.
    """

    email: str
    name: str
    time_zone: str
    created_at: Time
    last_mail: dict[str, Time]


class AccountChange(Input, frozen=True):
    """What to change; what is left out stays as it is. A `time_zone` is like Europe/Berlin or +02:00."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET


class PushKeys(Input, frozen=True):
    """The keys of a browser's subscription, as it gives them: base64url."""

    p256dh: Annotated[str, Meta(max_length=200)]
    auth: Annotated[str, Meta(max_length=100)]


class NewDevice(Input, frozen=True):
    """A device that takes pushes: a phone by the token that its app was given by Apple or Google, a browser (`web`) by the
    endpoint of its subscription and its `keys`.
    """

    platform: Platform
    token: Annotated[str, Meta(min_length=8, max_length=4096, pattern="^[ -~]*$")]
    name: Annotated[str, Meta(max_length=100)] = ""
    keys: PushKeys | None = None


class PushKey(Struct, frozen=True):
    """The public key that browsers subscribe with (`applicationServerKey`), base64url; empty where there is none."""

    key: str


class DeviceShape(Struct, frozen=True):
    """A device that takes pushes."""

    id: str
    platform: Platform
    name: str
    created_at: Time
    seen_at: Time | None


class DeviceList(Struct, frozen=True):
    """The sender's devices."""

    items: list[DeviceShape]
    next: None = None


def show(call: Call) -> AccountShape:
    """The sender's account."""
    return _account(owning.account(call.sender))


def change(call: Call, body: AccountChange) -> AccountShape:
    """Change the sender's name, or the time zone used in mails to them."""
    return _account(owning.change(call.sender, Change(**body.given())))


def preferences(call: Call) -> PreferencesShape:
    """What the sender is notified of, and where."""
    return preferences_shape(owning.account(call.sender))


def set_preferences(call: Call, body: PreferencesChange) -> PreferencesShape:
    """Change what the sender is notified of, when, and where."""
    given = body.given()
    tell = {NotificationKind(kind): wish for kind, wish in body.tell.given().items()}
    by_push = tell | {NotificationKind(kind): wish for kind, wish in body.tell_push.given().items()}
    sound = {NotificationKind(kind): wish for kind, wish in body.sound.given().items()}
    parts = {"quiet": quiet_change(body.quiet), "digest": digest_change(body.digest)}
    parts |= {"unusual": body.unusual.given(), "remind": body.remind.given()}
    plain = given | {"tell": tell, "tell_push": by_push, "sound": sound} | dict.fromkeys(parts)
    return preferences_shape(owning.prefer(call.sender, Change(**plain), parts, call.at))


def devices(call: Call) -> DeviceList:
    """The devices that receive the sender's pushes."""
    return DeviceList([_device(each) for each in accounts.devices(call.sender)])


def add_device(call: Call, body: NewDevice) -> DeviceShape:
    """Register a device for pushes. The same token registered again is the same device."""
    if body.platform is Platform.WEB:
        if body.keys is None:
            raise BadInput("A browser's subscription has keys: p256dh and auth.", "keys")
        given = (body.token, body.keys.p256dh, body.keys.auth, body.name)
        return _device(registering.add_browser(call.sender, *given, call.at))
    return _device(registering.add_device(call.sender, body.platform, body.token, body.name, call.at))


def push_key(call: Call) -> PushKey:
    """The public key that browsers subscribe to pushes with."""
    call.headers["Cache-Control"] = "private, max-age=3600"
    return PushKey(pushing.web_push().public_key())


def remove_device(call: Call, id: str) -> None:
    """Stop sending pushes to a device."""
    registering.remove_device(call.sender, id)


def _account(account: Account) -> AccountShape:
    last_mail = {door.value: as_time(at) for door, at in account.last_mail.items()}
    return AccountShape(account.email, account.name, account.time_zone, as_time(account.created_at), last_mail)


def _device(device: Device) -> DeviceShape:
    return DeviceShape(device.id, device.platform, device.name, as_time(device.created_at), as_time_if(device.seen_at))
