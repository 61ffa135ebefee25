"""All that is one sender's beside the messages' own partitions: taken away whole (keys.py says what leads where)."""

from collections.abc import Iterator
from itertools import islice

from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item

_ALL = ("!", "~")  # every sort key begins with a letter
_TOGETHER = 25  # items that one call takes away


def clear(sender: str, most: int) -> bool:
    """Take away what a sender has but messages, `most` items at a time: whether nothing is left of it."""
    found = list(islice(_without_messages(sender, most), most))
    table.delete(key for item in found for key in _led_to(item))
    table.delete(_counters(sender))
    table.delete(keys.Key(item["pk"], item["sk"]) for item in found)
    return len(found) < most


def _without_messages(sender: str, page: int) -> Iterator[Item]:
    """A message goes with its own partition only (messages.py)."""
    for low, high in ((_ALL[0], "m#"), ("m$", _ALL[1])):
        yield from table.query(keys.desk(sender), low, high, page=page)


def lock(sender: str) -> int:
    """Take away what lets anybody in: tokens, sessions, addresses. How many calls that took, about."""
    found = [item for low, high in (("k#", "k$"), ("a#", "a$")) for item in table.query(keys.desk(sender), low, high)]
    led_to = [key for item in found for key in _led_to(item)]
    table.delete(led_to)
    table.delete(keys.Key(item["pk"], item["sk"]) for item in found)  # last: they lead to the others
    addresses: int = sum(item["sk"].startswith("a#") for item in found)
    return 2 + 2 * addresses + 2 + (len(led_to) + len(found)) // _TOGETHER


def is_clear(sender: str) -> bool:
    """Whether a sender has nothing."""
    return next(table.query(keys.desk(sender), *_ALL, page=1), None) is None


def _led_to(item: Item) -> Iterator[keys.Key]:
    """The items elsewhere that an item of the desk leads to: a token and a browser's subscription by their hashes, and all that
    is kept of an address.
    """
    kind, _, name = item["sk"].partition("#")
    if kind == "k":
        yield keys.token(item["hash"])
    if kind == "d" and "endpoint_hash" in item:
        yield keys.endpoint(item["endpoint_hash"])
    if kind == "a":
        yield from _keys(table.query(f"a#{name}", *_ALL))
        yield from _counters(name)


def _counters(whose: str) -> Iterator[keys.Key]:
    return _keys(table.query(f"q#{whose}", *_ALL))


def _keys(found: Iterator[Item]) -> Iterator[keys.Key]:
    return (keys.Key(item["pk"], item["sk"]) for item in found)
