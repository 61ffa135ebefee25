"""The outbox: what there is to tell, claimed before it is sent and marked after. It is the feed as well."""

from dataclasses import dataclass

from chalicelib.domain.notifications import Notification
from chalicelib.store import items, keys, table


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told or to be told. `position` is its place in the feed, `at` when it was decided, unix seconds."""

    position: str
    at: float
    notification: Notification


def claim(key: keys.Key, by: str) -> frozenset[str] | None:
    """Claim an entry; the channels that it was already sent on, or None if another has it or it is gone.

    `by` names the stream's record. The same record comes again only after its function broke off: it may claim again.
    """
    item = table.update(
        key,
        "SET claimed_by = :by",
        {":by": by},
        condition="attribute_exists(pk) AND (attribute_not_exists(claimed_by) OR claimed_by = :by)",
    )
    return None if item is None else frozenset(name.removeprefix("sent_") for name in item if name.startswith("sent_"))


def mark(key: keys.Key, channel: str, outcome: str) -> None:
    """Note that an entry is done on a channel. `outcome` is the service's own id of it, or why it cannot be sent."""
    table.update(key, f"SET sent_{channel} = :outcome", {":outcome": outcome}, condition="attribute_exists(pk)")


def told(sender: str, *, after: str, limit: int) -> list[Entry]:
    """At most `limit` entries of a sender past a position, oldest first."""
    found, _ = table.page(keys.desk(sender), f"n#{after}", "n#~", limit=limit)
    return [Entry(item["sk"].removeprefix("n#"), item["decided_at"], items.to_notification(item)) for item in found]
