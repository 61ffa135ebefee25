"""Pushes that a browser's service did not take yet. One of a device's topic is in the place of the one before it."""

from dataclasses import dataclass

from chalicelib.domain.letters import Push
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

_LIST = "pushes"


@dataclass(frozen=True, slots=True)
class WaitingPush:
    """A push on its way to a device, tried `tries` times, and worth nothing any more after `until`, unix seconds."""

    sender: str
    device: str
    topic: str
    push: Push
    tries: int
    until: float


def put(waiting: WaitingPush, due_at: float) -> None:
    """Let a push wait until `due_at`, unix seconds."""
    key = keys.waiting_push(waiting.sender, waiting.device, waiting.topic)
    push = waiting.push
    content: Item = {
        "title": push.title,
        "body": push.body,
        "data": push.data,
        "sound": push.sound,
        "tries": waiting.tries,
        "until": waiting.until,
    }
    due: Item = {"due_shard": keys.shard(_LIST, key), "due_at": due_at, "expires": int(waiting.until)}
    table.write([table.put_always({"pk": key.pk, "sk": key.sk, **content, **due})])


def due(until: float) -> list[tuple[str, keys.Key]]:
    """The pushes that wait for `until` or earlier, each with its sender, the longest waiting first."""
    return [(key.pk.removeprefix("s#"), key) for key, _ in due_list.due(keys.shards(_LIST), until)]


def load(key: keys.Key) -> WaitingPush | None:
    """The push that waits, as it is now; None if it waits no more."""
    item = table.get(key)
    return _to_waiting(item) if item and "due_at" in item else None


def remove(waiting: WaitingPush) -> None:
    """Take a push away."""
    table.delete([keys.waiting_push(waiting.sender, waiting.device, waiting.topic)])


def _to_waiting(item: Item) -> WaitingPush:
    _, device, topic = item["sk"].split("#", 2)
    push = Push(item["title"], item["body"], dict(item["data"]), item["sound"])
    return WaitingPush(item["pk"].removeprefix("s#"), device, topic, push, item["tries"], item["until"])
