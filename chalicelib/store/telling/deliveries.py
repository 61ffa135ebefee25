"""Deliveries: what webhooks are to be posted. One names its notification and its webhook, so that it holds nothing of them:
what was erased meanwhile is not sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from chalicelib.domain.errors import Conflict
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

KEPT = 17 * 86_400  # seconds: longer than the stream and then the dead letters may bring it, and its tries take
_LIST = "deliveries"
_MOST_OF_A_SHARD = 25


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification, named by its key in the outbox, on its way to one webhook. Each try makes a new `version` of it."""

    key: keys.Key
    version: int
    expires: int

    @property
    def tries(self) -> int:
        """How many were begun."""
        return self.version - 1

    @property
    def sender(self) -> str:
        """Whose it is."""
        return self.key.pk.removeprefix("s#")

    @property
    def webhook(self) -> str:
        """The id of the webhook."""
        return keys.delivered(self.key)[0]

    @property
    def notification(self) -> keys.Key:
        """What is to be told."""
        return keys.delivered(self.key)[1]


def add(notification: keys.Key, webhook: str) -> None:
    """Put a delivery; that it is there already, or done, is a quiet success. The stream brings it to its first try."""
    key = keys.delivery(notification, webhook)
    new = Delivery(key, 1, int(keys.decided_at(notification)) + KEPT)
    try:
        table.write([table.put(_of_delivery(new), was=None)])
    except Conflict:
        return


def claim(delivery: Delivery, due_at: float) -> Delivery | None:
    """The delivery with one try more, and due again should nobody say what came of it; None if another has it.

    The next try is written before this one is made: what breaks off is not lost.
    """
    claimed = replace(delivery, version=delivery.version + 1)
    try:
        table.write([table.put(_of_delivery(claimed, due_at=due_at), was=delivery.version)])
    except Conflict:
        return None
    return claimed


def put_off(delivery: Delivery, due_at: float) -> None:
    """Let a delivery that is not tried now wait until `due_at`: no try is counted. Where another has it, that one says."""
    try:
        table.write([table.put(_of_delivery(delivery, due_at=due_at), was=delivery.version)])
    except Conflict:
        return


def give_back(claimed: Delivery, due_at: float) -> None:
    """Take back a claim whose try was not begun, and let the delivery wait until `due_at`."""
    unclaimed = replace(claimed, version=claimed.version - 1)
    try:
        table.write([table.put(_of_delivery(unclaimed, due_at=due_at), was=claimed.version)])
    except Conflict:
        return


def finish(delivery: Delivery, outcome: str) -> None:
    """Note that there is no more to try, and why. If another try was begun meanwhile, that one says."""
    done = replace(delivery, version=delivery.version + 1)
    try:
        table.write([table.put(_of_delivery(done, outcome=outcome), was=delivery.version)])
    except Conflict:
        return


def due(until: float) -> list[Delivery]:
    """Deliveries that are to be tried at `until` or earlier: those that wait longest, of each part of the list."""
    waiting: Iterable[keys.Key] = (
        key for shard in keys.shards(_LIST) for key, _ in islice(table.due(shard, until), _MOST_OF_A_SHARD)
    )
    return [to_delivery(item) for item in table.get_many(waiting) if "due_at" in item]


def to_delivery(item: Item) -> Delivery:
    """The delivery of an item."""
    return Delivery(keys.Key(item["pk"], item["sk"]), item["version"], item["expires"])


def _of_delivery(delivery: Delivery, *, due_at: float | None = None, outcome: str | None = None) -> Item:
    return {
        "pk": delivery.key.pk,
        "sk": delivery.key.sk,
        "version": delivery.version,
        "due_shard": None if due_at is None else keys.shard(_LIST, delivery.key),
        "due_at": due_at,
        "outcome": outcome,
        "expires": delivery.expires,
    }
