"""Accounts, their addresses and their devices."""

from hashlib import sha256

from chalicelib.domain.accounts import Account, Address, Alert, Change, Device, Platform, Subscription
from chalicelib.domain.messages import Door
from chalicelib.store import keys, table
from chalicelib.store.accounts import account_items, alerts
from chalicelib.store.dynamodb.values import Item

MOST_DEVICES = 50
MOST_ADDRESSES = 20


def sender_of_address(email: str) -> str | None:
    """Whose address it is, or None."""
    item = table.get(keys.address(email))
    return item["sender"] if item else None


def create(account: Account) -> None:
    """Put a new account and its address, both or none. Raises Conflict if the address has an account already."""
    address = _of_address(account.sender, Address(account.email, account.created_at))
    table.write([*address, table.put_always(account_items.of_account(account) | {account_items.NOTED: True})])


def addresses(sender: str) -> list[Address]:
    """A sender's addresses, all verified: MOST_ADDRESSES at most, and a few more where several came at one moment."""
    found = table.query(keys.desk(sender), "a#", "a$")
    return [_to_address(item) for item in found]


def address(sender: str, email: str) -> Address | None:
    """One of a sender's addresses; None if it is none of theirs."""
    item = table.get(keys.address_of(sender, email))
    return _to_address(item) if item else None


def add_address(sender: str, address: Address, alert: Alert | None = None) -> None:
    """Let an address be a sender's, and have them told by the `alert`. Raises Conflict if it is somebody's already."""
    table.write([*_of_address(sender, address), *([alerts.of(alert)] if alert else [])])


def change_address(sender: str, address: Address, alert: Alert | None = None) -> None:
    """Put an address of a sender's in its own place, as it is now, and have them told by the `alert`."""
    table.write([table.put_always(_line(sender, address)), *([alerts.of(alert)] if alert else [])])


def remove_address(sender: str, email: str) -> None:
    """Let an address be a sender's no more. Raises Conflict if it is not theirs at that moment: it may be somebody else's."""
    line = table.take_away_always(keys.address_of(sender, email))
    table.write([table.take_away(keys.address(email), sender=sender), line])


def load(sender: str) -> Account | None:
    """A sender's account."""
    item = table.get(keys.account(sender))
    return account_items.to_account(item) if item else None


def change(sender: str, wanted: Change) -> Account | None:
    """The account after a change, which touches nothing but what it names: another at the same moment stands as well.

    None if there is no such account.
    """
    given = account_items.changed(wanted)
    if not given:
        return load(sender)
    item = table.change(keys.account(sender), given)
    return account_items.to_account(item) if item else None


def note_mail(sender: str, door: Door, at: float) -> None:
    """Note that a mail came by a door."""
    table.change(keys.account(sender), {account_items.last_mail(door): at})


def own_marks(sender: str) -> tuple[dict[str, int], int | None]:
    """The marks of the sender's own devices (verdicts/hits.py), each with the day on which it was last seen; their version."""
    item = table.get(keys.own(sender))
    return (dict(item["marks"]), item["version"]) if item else ({}, None)


def save_own_marks(sender: str, marks: dict[str, int], was: int | None) -> None:
    """Put the marks in place of version `was`. Raises Conflict if they changed meanwhile."""
    pk, sk = keys.own(sender)
    table.write([table.put({"pk": pk, "sk": sk, "marks": marks, "version": (was or 0) + 1}, was=was)])


def devices(sender: str) -> list[Device]:
    """A sender's devices: MOST_DEVICES at most."""
    found, _ = table.page(keys.desk(sender), "d#", "d$", limit=MOST_DEVICES)
    return [_to_device(item) for item in found]


def device(sender: str, device_id: str) -> Device | None:
    """A sender's device."""
    item = table.get(keys.device(sender, device_id))
    return _to_device(item) if item else None


def add_device(sender: str, device: Device, added: table.Write | None = None) -> None:
    """Put a device; one with the same id is replaced. A browser's subscription is the last one's who registered it: two people
    may have used the same browser, and the first shall not be told on it what is the second's. `added` is written with it:
    raises Conflict as that says.
    """
    writes = [table.put_always(_of_device(sender, device)), *([added] if added else [])]
    if device.subscription is not None:
        digest = _digest(device.endpoint)
        pk, sk = keys.endpoint(digest)
        before = table.get(keys.endpoint(digest))
        if before and before["sender"] != sender:
            writes.append(table.take_away_always(keys.device(before["sender"], before["device"])))
        writes.append(table.put_always({"pk": pk, "sk": sk, "sender": sender, "device": device.id}))
    table.write(writes)


def remove_device(sender: str, device_id: str) -> None:
    """Take a device away."""
    item = table.get(keys.device(sender, device_id))
    if item is None:
        return
    led_to = [keys.endpoint(item["endpoint_hash"])] if "endpoint_hash" in item else []
    table.delete([*led_to, keys.device(sender, device_id)])


def _digest(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()[:32]


def _of_device(sender: str, device: Device) -> Item:
    pk, sk = keys.device(sender, device.id)
    item: Item = {
        "pk": pk,
        "sk": sk,
        "platform": device.platform.value,
        "name": device.name,
        "endpoint": device.endpoint,
        "created_at": device.created_at,
        "seen_at": device.seen_at,
    }
    if device.subscription is not None:
        known = device.subscription
        item |= {"p256dh": known.p256dh, "auth": known.auth, "made_with": known.made_with}
        item["endpoint_hash"] = _digest(device.endpoint)
    return item


def _to_device(item: Item) -> Device:
    known = None
    if "p256dh" in item:
        known = Subscription(item["endpoint"], item["p256dh"], item["auth"], item["made_with"])
    return Device(
        item["sk"].removeprefix("d#"),
        Platform(item["platform"]),
        item["name"],
        item["endpoint"],
        item["created_at"],
        known,
        item.get("seen_at"),
    )


def _of_address(sender: str, address: Address) -> list[table.Write]:
    """The address, which has one owner, and its line among the sender's own."""
    pk, sk = keys.address(address.email)
    return [table.put({"pk": pk, "sk": sk, "sender": sender}, was=None), table.put_always(_line(sender, address))]


def _line(sender: str, address: Address) -> Item:
    pk, sk = keys.address_of(sender, address.email)
    stopped = {"stopped_by": address.stopped_by or None, "stopped_at": address.stopped_at}
    return {"pk": pk, "sk": sk, "verified_at": address.verified_at, "sign_in": address.sign_in or None, **stopped}


def _to_address(item: Item) -> Address:
    return Address(item["sk"].removeprefix("a#"), item["verified_at"], bool(item.get("sign_in")), *_stopped(item))


def _stopped(item: Item) -> tuple[str, float | None]:
    return item.get("stopped_by", ""), item.get("stopped_at")
