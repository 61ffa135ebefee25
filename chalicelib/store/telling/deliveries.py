"""Deliveries: what webhooks are to be posted. One names its notification and its webhook, so that it holds nothing of them:
what was erased meanwhile is not sent.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from chalicelib.domain.errors import Conflict
from chalicelib.domain.records import record
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

KEPT = 17 * 86_400  # seconds: longer than the stream and then the dead letters may bring it, and its tries take
FOR_EVER = 1e11  # unix seconds
_LIST = "deliveries"


@record
class Delivery:
    """A notification, named by its key in the outbox, on its way to one webhook. Each try makes a new `version` of it.

    One that is `queued` waits for its webhook to answer again, behind those that were decided before it.
    """

    key: keys.Key
    version: int
    expires: int
    queued: bool = False

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
    """The delivery with one try more; None if another has it. Unless it is queued, it is due again should nobody say more.

    The next try is written before this one is made: what breaks off is not lost.
    """
    return _save(replace(delivery, version=delivery.version + 1), delivery.version, due_at)


def queue(delivery: Delivery) -> None:
    """Let a delivery wait for its webhook: no try is counted. Where another has it, that one says."""
    if not delivery.queued:
        _save(replace(delivery, queued=True), delivery.version)


def give_back(claimed: Delivery, due_at: float) -> None:
    """Take back a claim whose try was not begun, and let the delivery wait until `due_at`."""
    _save(replace(claimed, version=claimed.version - 1), claimed.version, due_at)


def _save(delivery: Delivery, was: int, due_at: float | None = None) -> Delivery | None:
    try:
        table.write([table.put(_of_delivery(delivery, due_at=due_at), was=was)])
    except Conflict:
        return None
    return delivery


def finish(delivery: Delivery, outcome: str) -> None:
    """Note that there is no more to try, and why. If another try was begun meanwhile, that one says."""
    done = replace(delivery, version=delivery.version + 1)
    try:
        table.write([table.put(_of_delivery(done, outcome=outcome), was=delivery.version)])
    except Conflict:
        return


def due(until: float) -> list[tuple[str, keys.Key]]:
    """Deliveries to be tried at `until` since a try broke off or was not begun, each with its sender, longest waiting first."""
    return [(key.pk.removeprefix("s#"), key) for key, _ in due_list.due(due_list.shards(_LIST), until)]


def load(wanted: Iterable[keys.Key]) -> list[Delivery]:
    """Those of these deliveries that are to be tried still."""
    return [to_delivery(item) for item in table.get_many(wanted) if "due_at" in item]


def queued(sender: str, webhook: str, most: int) -> list[Delivery]:
    """The first of what waits for a webhook."""
    waiting = islice(table.due(_queue(sender, webhook), FOR_EVER), most)
    found = {each.key: each for each in load(key for key, _ in waiting)}
    return sorted(found.values(), key=lambda each: each.key.sk)


def to_delivery(item: Item) -> Delivery:
    """The delivery of an item."""
    queued = item.get("due_shard", "").startswith(f"{_LIST}#s#")
    return Delivery(keys.Key(item["pk"], item["sk"]), item["version"], item["expires"], queued)


def _queue(sender: str, webhook: str) -> str:
    return f"{_LIST}#{keys.desk(sender)}#{webhook}"


def _of_delivery(delivery: Delivery, *, due_at: float | None = None, outcome: str | None = None) -> Item:
    waiting: Item = {}
    if outcome is None and delivery.queued:
        waiting = {
            "due_shard": _queue(delivery.sender, delivery.webhook),
            "due_at": keys.decided_at(delivery.notification),
        }
    elif due_at is not None:
        waiting = {"due_shard": due_list.shard(_LIST, delivery.key), "due_at": due_at}
    return {
        "pk": delivery.key.pk,
        "sk": delivery.key.sk,
        "version": delivery.version,
        **waiting,
        "outcome": outcome,
        "expires": delivery.expires,
    }
