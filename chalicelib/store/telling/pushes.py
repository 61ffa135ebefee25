"""Pushes that a browser's service did not take yet. One of a device's topic is in the place of the one before it."""

from itertools import islice

from chalicelib.domain.letters import Push
from chalicelib.domain.records import record
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

_LIST = "pushes"
_MOST_OF_A_SHARD = 25


@record
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


def due(until: float) -> list[WaitingPush]:
    """The pushes that wait for `until` or earlier: those that wait longest, of each part of the list."""
    shards = keys.shards(_LIST)
    found = table.get_many(key for shard in shards for key, _ in islice(table.due(shard, until), _MOST_OF_A_SHARD))
    return [_to_waiting(item) for item in found if "due_at" in item]


def remove(waiting: WaitingPush) -> None:
    """Take a push away."""
    table.delete([keys.waiting_push(waiting.sender, waiting.device, waiting.topic)])


def _to_waiting(item: Item) -> WaitingPush:
    _, device, topic = item["sk"].split("#", 2)
    push = Push(item["title"], item["body"], dict(item["data"]), item["sound"])
    return WaitingPush(item["pk"].removeprefix("s#"), device, topic, push, item["tries"], item["until"])
