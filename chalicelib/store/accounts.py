"""Accounts, API tokens and devices. A token is kept as its hash: who reads the table cannot sign in with what it holds."""

from dataclasses import replace
from hashlib import sha256

from chalicelib.domain.accounts import Account, Device, Platform, Preferences, Tell
from chalicelib.domain.events import EventKind
from chalicelib.store import keys, table
from chalicelib.store.values import Item

MOST_DEVICES = 50


def sender_of_token(token: str) -> str | None:
    """Whose token it is, or None."""
    item = table.get(keys.token(_digest(token)))
    return item["sender"] if item else None


def sender_of_address(email: str) -> str | None:
    """Whose address it is, or None."""
    item = table.get(keys.address(email))
    return item["sender"] if item else None


def create(account: Account) -> None:
    """Put a new account and its address, both or none. Raises Conflict if the address has an account already."""
    pk, sk = keys.address(account.email)
    address = {"pk": pk, "sk": sk, "sender": account.sender}
    table.write([table.put(address, was=None), table.put_always(_of_account(account))])


def add_token(sender: str, token: str, name: str, at: float) -> None:
    """Let a token speak for a sender."""
    pk, sk = keys.token(_digest(token))
    table.write([table.put_always({"pk": pk, "sk": sk, "sender": sender, "name": name, "created_at": at})])


def load(sender: str) -> Account | None:
    """A sender's account."""
    item = table.get(keys.account(sender))
    return _to_account(item) if item else None


def save_preferences(account: Account, preferences: Preferences) -> None:
    """Put what a sender wants to be told in place of what it was."""
    table.write([table.put_always(_of_account(replace(account, preferences=preferences)))])


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
    return [
        Device(
            item["sk"].removeprefix("d#"),
            Platform(item["platform"]),
            item["name"],
            item["endpoint"],
            item["created_at"],
        )
        for item in found
    ]


def add_device(sender: str, device: Device) -> None:
    """Put a device; one with the same id is replaced."""
    pk, sk = keys.device(sender, device.id)
    kept = {"platform": device.platform.value, "name": device.name, "endpoint": device.endpoint}
    table.write([table.put_always({"pk": pk, "sk": sk, **kept, "created_at": device.created_at})])


def remove_device(sender: str, device_id: str) -> None:
    """Take a device away."""
    table.delete([keys.device(sender, device_id)])


def _of_account(account: Account) -> Item:
    pk, sk = keys.account(account.sender)
    wishes = account.preferences
    return {
        "pk": pk,
        "sk": sk,
        "email": account.email,
        "name": account.name,
        "time_zone": account.time_zone,
        "created_at": account.created_at,
        "by_email": wishes.email,
        "by_push": wishes.push,
        "tell": {kind.value: wish.value for kind, wish in wishes.tell.items()},
    }


def _to_account(item: Item) -> Account:
    tell = {EventKind(kind): Tell(wish) for kind, wish in item["tell"].items()}
    return Account(
        sender=item["pk"].removeprefix("s#"),
        email=item["email"],
        name=item["name"],
        time_zone=item["time_zone"],
        created_at=item["created_at"],
        preferences=Preferences(item["by_email"], item["by_push"], tell),
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
