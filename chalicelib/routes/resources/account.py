"""The API's calls on the account itself: who the sender is, what they want to be told, and where."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.domain.accounts import Account, Change, Device, Keep, Platform, Tell
from chalicelib.domain.events import EventKind
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Address, Input, Time, as_time
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts import owning, registering


class AccountShape(Struct, frozen=True):
    """The sender. `email` is the account's first address; mails to them give times on the clock of `time_zone`."""

    email: str
    name: str
    time_zone: str
    created_at: Time


class AccountChange(Input, frozen=True):
    """What to change; what is left out stays as it is. A `time_zone` is like Europe/Berlin or +02:00."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET


class TellChange(Input, frozen=True):
    """Of which events of each kind to tell: of a message's first, of each recipient's first, or never."""

    open: Tell | UnsetType = UNSET
    click: Tell | UnsetType = UNSET
    reply: Tell | UnsetType = UNSET
    bounce: Tell | UnsetType = UNSET
    complaint: Tell | UnsetType = UNSET


class PreferencesChange(Input, frozen=True):
    """What to change; what is left out stays as it is."""

    email: bool | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    push: bool | UnsetType = UNSET
    keep: Keep | UnsetType = UNSET
    footer: bool | UnsetType = UNSET
    text_links: bool | UnsetType = UNSET
    through: bool | UnsetType = UNSET
    tell: TellChange = TellChange()


class TellShape(Struct, frozen=True):
    """Of which events of each kind the sender is told."""

    open: Tell
    click: Tell
    reply: Tell
    bounce: Tell
    complaint: Tell


class PreferencesShape(Struct, frozen=True):
    """What the sender is told, and on which channels; what is kept of messages sent from now on; and whether they say so.

    `address` is the one of theirs that mails to them go to: the account's first, unless they chose another.
    `keep`: everything; no subject; no names either; counts only, without the single events after a day. With `footer`, a
    line in each tracked mail says that it is, and leads to the recipient's page. With `text_links`, the links of plain texts
    are tracked. `through` is whether what the sender writes to an answer that was forwarded to them goes by Unsealed again:
    while it is null, where the mail that was answered went by the gateway.
    """

    email: bool
    address: str
    push: bool
    keep: Keep
    footer: bool
    text_links: bool
    through: bool | None
    tell: TellShape


class NewDevice(Input, frozen=True):
    """A device that takes pushes, by the token that its app was given by Apple or Google."""

    platform: Platform
    token: Annotated[str, Meta(min_length=8, max_length=4096, pattern="^[ -~]*$")]
    name: Annotated[str, Meta(max_length=100)] = ""


class DeviceShape(Struct, frozen=True):
    """A device that takes pushes."""

    id: str
    platform: Platform
    name: str
    created_at: Time


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
    return _preferences(owning.account(call.sender))


def set_preferences(call: Call, body: PreferencesChange) -> PreferencesShape:
    """Change what the sender is notified of, and where."""
    tell = {EventKind(kind): wish for kind, wish in body.tell.given().items()}
    return _preferences(owning.change(call.sender, Change(**body.given() | {"tell": tell})))


def devices(call: Call) -> DeviceList:
    """The devices that receive the sender's pushes."""
    return DeviceList([_device(each) for each in accounts.devices(call.sender)])


def add_device(call: Call, body: NewDevice) -> DeviceShape:
    """Register a device for pushes. The same token registered again is the same device."""
    return _device(registering.add_device(call.sender, body.platform, body.token, body.name, call.at))


def remove_device(call: Call, id: str) -> None:
    """Stop sending pushes to a device."""
    registering.remove_device(call.sender, id)


def _account(account: Account) -> AccountShape:
    return AccountShape(account.email, account.name, account.time_zone, as_time(account.created_at))


def _preferences(account: Account) -> PreferencesShape:
    wishes = account.preferences
    tell = TellShape(**{kind.value: wishes.tell[kind] for kind in EventKind if kind in wishes.tell})
    return PreferencesShape(
        email=wishes.email,
        address=owning.where_told(account),
        push=wishes.push,
        keep=wishes.keep,
        footer=wishes.footer,
        text_links=wishes.text_links,
        through=wishes.through,
        tell=tell,
    )


def _device(device: Device) -> DeviceShape:
    return DeviceShape(device.id, device.platform, device.name, as_time(device.created_at))
