"""What DynamoDB refuses is refused here too, so that what runs on one machine runs there.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html has the limits,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html how an item's size is counted.
"""

import re
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

from chalicelib.store.dynamodb.values import Item
from chalicelib.store.failures import Refused
from chalicelib.store.keys import Key
from chalicelib.store.writes import Put, Update, Write

MOST_BYTES = 400 * 1024  # of an item
MOST_WRITES = 100  # of a transaction
KEYS_READ = 100  # by BatchGetItem
KEYS_WRITTEN = 25  # by BatchWriteItem
_MOST_KEY = {"pk": 2048, "sk": 1024}  # bytes
_NO_NUMBER = re.compile(
    r'"N":"(?:nan|-?inf|[^"]*[0-9]{39}|[^"]*e\+?(?:12[6-9]|1[3-9][0-9]|[23][0-9]{2})"|[^"]*e-(?:13[1-9]|1[4-9][0-9]|[23][0-9]{2})")'
)


def check_item(wire: dict[str, Any], text: str) -> None:
    """Refuse an item that is too large, or whose key or numbers are none. `text` is its JSON."""
    for name, most in _MOST_KEY.items():
        key = wire.get(name, {}).get("S", "")
        if not key or len(key.encode("utf-8", "surrogatepass")) > most:
            raise Refused("ValidationException")
    if set(wire.get("due_shard", {"S"})) != {"S"} or set(wire.get("due_at", {"N"})) != {"N"}:
        raise Refused("ValidationException")  # the index' key is of another type
    if wire.get("due_shard", {}) == {"S": ""} or _NO_NUMBER.search(text):
        raise Refused("ValidationException")
    try:
        written = len(text.encode())
    except UnicodeEncodeError as half:  # half of a surrogate pair is no text
        raise Refused("SerializationException") from half
    if written > MOST_BYTES and _size({"M": wire}) - 3 > MOST_BYTES:  # the JSON is never smaller than what is counted
        raise Refused("ValidationException")


def check_writes(writes: Sequence[Write]) -> None:
    """Refuse a transaction of nothing, of too many writes, or of two upon one item."""
    keys = {_key(each) for each in writes}
    if not writes or len(writes) > MOST_WRITES or len(keys) < len(writes):
        raise Refused("ValidationException")


def check_keys(keys: Sequence[Key]) -> None:
    """Refuse a list that names an item twice."""
    if len(set(keys)) < len(keys):
        raise Refused("ValidationException")


def changed(item: Item, update: Update) -> Item:
    """An item after an update. Refuses a path through what is no map, and a sum with what is no number."""
    after = dict(item)
    for path, value in update.changes.items():
        outer, _, inner = path.partition(".")
        if inner:
            within = after.get(outer)
            if not isinstance(within, dict):
                raise Refused("ValidationException")
            after[outer] = {**within, inner: value}
        else:
            after[outer] = value
    for name, number in update.add.items():
        before = after.get(name, 0)
        if isinstance(before, bool) or not isinstance(before, int | float):
            raise Refused("ValidationException")
        after[name] = before + number
    return after


def _key(write: Write) -> Key:
    return Key(write.item["pk"], write.item["sk"]) if isinstance(write, Put) else write.key


def _size(wire: dict[str, Any]) -> int:
    ((kind, value),) = wire.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(value.strip("-0.")) // 2 + 2
        case "B":
            return len(value if isinstance(value, bytes) else b64decode(value))
        case "M":
            return 3 + sum(len(name.encode()) + _size(each) + 1 for name, each in value.items())
        case "L":
            return 3 + sum(_size(each) + 1 for each in value)
    return 1
