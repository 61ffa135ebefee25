"""An account and its item, side by side. What an older version never wrote, is as it is by default."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chalicelib.domain.accounts import Account, Change
from chalicelib.domain.messages import Door
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import (
    Digest,
    Frequency,
    Keep,
    Patience,
    Preferences,
    Quiet,
    Tell,
    Unit,
    Unusual,
    Whom,
)
from chalicelib.store import keys
from chalicelib.store.dynamodb.values import Item

_PLAIN = ("through", "language", "group", "top_people_only", "own_replies")

NOTED = "recipients_noted"
"""Said in the item of an account whose messages were all noted by whom they went to (messages/recipients.py)."""

SHEETS_UNTIL = "sheets_until"
"""In the item of an account: the last message whose changes are noted on slips (messages/sheets.py)."""


def of_account(account: Account) -> Item:
    """The item of an account."""
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
        "tell_to": wishes.address or None,
        "by_push": wishes.push,
        "keep": wishes.keep,
        "footer": wishes.footer,
        "text_links": wishes.text_links,
        "tell": {kind.value: wish.value for kind, wish in wishes.tell.items()},
        **{f"push_{kind.value}": wish.value for kind, wish in wishes.tell_push.items()},
    }


def changed(wanted: Change) -> dict[str, Any]:
    """The attributes that a change puts anew: `tell.open` names the value `open` of the map `tell`."""
    named = {
        "name": wanted.name,
        "time_zone": wanted.time_zone,
        "by_email": wanted.email,
        "tell_to": wanted.address,
        "by_push": wanted.push,
        "keep": wanted.keep,
        "footer": wanted.footer,
        "text_links": wanted.text_links,
        **{name: getattr(wanted, name) for name in _PLAIN},
        **{name: _shallow(getattr(wanted, name)) for name in ("quiet", "unusual", "remind", "digest")},
    }
    given = {name: value for name, value in named.items() if value is not None}
    given |= {f"tell.{kind.value}": wish.value for kind, wish in wanted.tell.items()}
    given |= {f"push_{kind.value}": wish.value for kind, wish in wanted.tell_push.items()}
    return given | {f"sound_{kind.value}": wish for kind, wish in wanted.sound.items()}


def to_account(item: Item) -> Account:
    """The account of an item. Where a push was not asked about apart, the wish for mails held for it."""
    usual = Preferences()
    tell = {NotificationKind(kind): Tell(wish) for kind, wish in item["tell"].items()}
    by_push = tell | {kind: Tell(item[f"push_{kind}"]) for kind in NotificationKind if f"push_{kind}" in item}
    sound = {kind: bool(item[f"sound_{kind}"]) for kind in NotificationKind if f"sound_{kind}" in item}
    return Account(
        sender=item["pk"].removeprefix("s#"),
        email=item["email"],
        name=item["name"],
        time_zone=item["time_zone"],
        created_at=item["created_at"],
        preferences=Preferences(
            email=item["by_email"],
            address=item.get("tell_to", ""),
            push=item["by_push"],
            keep=Keep(item.get("keep", Keep.FULL)),
            footer=item.get("footer", False),
            text_links=item.get("text_links", False),
            tell=usual.tell | tell,  # an account is older than some kinds
            tell_push=usual.tell_push | by_push,
            sound=usual.sound | sound,
            quiet=_quiet(item.get("quiet", {})),
            unusual=Unusual(**item.get("unusual", {})),
            remind=_patience(item.get("remind", {})),
            digest=_digest(item.get("digest", {})),
            **{name: item[name] for name in _PLAIN if name in item},
        ),
        last_mail={door: float(item[last_mail(door)]) for door in Door if last_mail(door) in item},
    )


def last_mail(door: Door) -> str:
    """The attribute that holds when the last mail came by a door."""
    return f"mail_{door}"


def _shallow(thing: Any) -> Item | None:
    if thing is None:
        return None
    values = {each.name: getattr(thing, each.name) for each in fields(thing)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _quiet(kept: Mapping[str, Any]) -> Quiet:
    return Quiet(**{**kept, "days": frozenset(kept.get("days", ()))})


def _patience(kept: Mapping[str, Any]) -> Patience:
    named = {"whom": Whom(kept["whom"]), "unit": Unit(kept["unit"])} if kept else {}
    return Patience(**{**kept, **named})


def _digest(kept: Mapping[str, Any]) -> Digest:
    return Digest(**{**kept, "when": Frequency(kept["when"])} if kept else {})
