"""Pushes that a browser's service did not take yet. One of a device's topic is in the place of the one before it."""

from collections.abc import Iterable

from chalicelib.domain.letters import Push
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import ENGLISH
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

_LIST = "pushes"


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
        "language": push.language,
        "tries": waiting.tries,
        "until": waiting.until,
    }
    due: Item = {"due_shard": due_list.shard(_LIST, key), "due_at": due_at, "expires": int(waiting.until)}
    table.write([table.put_always({"pk": key.pk, "sk": key.sk, **content, **due})])


def due(until: float) -> list[tuple[str, keys.Key]]:
    """The pushes that wait for `until` or earlier, each with its sender, the longest waiting first."""
    return [(key.pk.removeprefix("s#"), key) for key, _ in due_list.due(due_list.shards(_LIST), until)]


def load(wanted: Iterable[keys.Key]) -> list[WaitingPush]:
    """Those of these pushes that wait still, as they are now, in the same order."""
    wanted = list(wanted)
    found = {keys.Key(item["pk"], item["sk"]): item for item in table.get_many(wanted)}
    return [_to_waiting(found[key]) for key in wanted if key in found]


def waits(sender: str, device: str) -> bool:
    """Whether a push waits for a device."""
    found, _ = table.page(keys.desk(sender), f"o#{device}#", f"o#{device}$", limit=1)
    return bool(found)


def postpone(waiting: WaitingPush, due_at: float) -> None:
    """Let a push wait until `due_at`, unix seconds, whatever stands in its place by now."""
    table.change(keys.waiting_push(waiting.sender, waiting.device, waiting.topic), {"due_at": due_at})


def device_of(key: keys.Key) -> str:
    """The device that a push waits for, by the push's key."""
    return key.sk.split("#", 2)[1]


def remove(waiting: WaitingPush) -> None:
    """Take a push away."""
    table.delete([keys.waiting_push(waiting.sender, waiting.device, waiting.topic)])


def _to_waiting(item: Item) -> WaitingPush:
    _, device, topic = item["sk"].split("#", 2)
    push = Push(item["title"], item["body"], dict(item["data"]), item["sound"], item.get("language", ENGLISH))
    return WaitingPush(item["pk"].removeprefix("s#"), device, topic, push, item["tries"], item["until"])
