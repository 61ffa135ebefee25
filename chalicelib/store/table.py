"""The door to the table for everything but the request path's one put.

Conditions and changes are said in words of ours (writes.py); an engine says them in its own: dynamodb/engine.py,
or, on one machine, sqlite/engine.py.
"""

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from chalicelib.config import config
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.keys import Key
from chalicelib.store.writes import NEW, THERE, Checks, Delete, Put, Update, equal
from chalicelib.store.writes import Write as Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Engine(Protocol):
    """What holds the items. Each function is the one of the same name below."""

    def get(self, key: Key) -> Item | None: ...
    def get_many(self, wanted: "Iterable[Key]", *, eventually: bool = False) -> list[Item]: ...
    def query(
        self, pk: str, low: str, high: str, *, newest_first: bool, page: int | None, eventually: bool = False
    ) -> "Iterator[Item]": ...
    def due(self, shard: str, until: float, after: "tuple[Key, float] | None") -> "Iterator[tuple[Key, float]]": ...
    def write(self, writes: "Sequence[Write]") -> None: ...
    def update(self, update: Update) -> Item | None: ...
    def delete(self, doomed: "Iterable[Key]") -> None: ...


def engine() -> Engine:
    """What holds this system's items."""
    if config().data_dir:
        from chalicelib.store.sqlite import engine as sqlite

        return sqlite.engine()
    from chalicelib.store.dynamodb import engine as dynamodb

    return dynamodb


def get(key: Key) -> Item | None:
    """One item as it is now (strongly consistent), or None."""
    return engine().get(key)


def get_many(wanted: "Iterable[Key]", *, eventually: bool = False) -> list[Item]:
    """The items with these keys that are there, in no order, as they are now; `eventually`, as in `query`."""
    return engine().get_many(wanted, eventually=eventually)


def query(
    pk: str,
    low: str,
    high: str,
    *,
    newest_first: bool = False,
    page: int | None = None,
    eventually: bool = False,
) -> "Iterator[Item]":
    """The items of a partition with sort keys from `low` to `high`, both included, read page by page as they are taken.

    `page` is how many are read at a time: for callers that stop early. `eventually`: what was written within the last moment
    may be missing, for half the price. Only for what is shown: nothing that is written may depend on it.
    """
    return engine().query(pk, low, high, newest_first=newest_first, page=page, eventually=eventually)


def page(pk: str, after: str, high: str, *, limit: int, eventually: bool = False) -> tuple[list[Item], bool]:
    """At most `limit` items of a partition past the sort key `after` and up to `high`, and whether there are more."""
    past = (item for item in query(pk, after, high, page=limit + 2, eventually=eventually) if item["sk"] != after)
    found = list(islice(past, limit + 1))
    return found[:limit], len(found) > limit


def due(shard: str, until: float, after: "tuple[Key, float] | None" = None) -> "Iterator[tuple[Key, float]]":
    """What waits for `until` or earlier in one part of a due list, with the time it waits for, the longest waiting first.

    Of what this gave, all past `after` alone, which need not wait there any more. Read as it is taken, a thousand keys at a
    time.
    """
    return engine().due(shard, until, after)


def put(item: Item, *, was: int | None) -> Write:
    """The write of a versioned item: only if its version is still `was`, or if it is not there yet where `was` is None."""
    return Put(item, NEW if was is None else {"version": equal(was)})


def put_always(item: Item) -> Write:
    """The write of an item that nobody else writes."""
    return Put(item)


def take_away(key: Key, **still: int | str) -> Write:
    """The deletion of an item, only if these attributes of it are still so."""
    return Delete(key, {name: equal(value) for name, value in still.items()})


def take_away_always(key: Key) -> Write:
    """The deletion of an item, whatever it is by now."""
    return Delete(key)


def write(writes: "Sequence[Write]") -> None:
    """All writes or none, at most a hundred. One put alone costs half.

    Raises Conflict if a check fails, or if somebody else writes one of the items at that moment.
    """
    engine().write(writes)


def update(key: Key, changes: Item, *, add: "Mapping[str, int] | None" = None, only_if: Checks) -> Item | None:
    """The item after these changes of it, or None where a check does not hold.

    A value of None takes the attribute away; `tell.open` names the value `open` of the map `tell`; what is in `add` is
    counted on, from 0 where there is nothing yet. An item that is not there is made, unless a check forbids it.
    Raises Conflict if somebody else writes the item at that moment.
    """
    return engine().update(Update(key, changes, add or {}, only_if))


def change(key: Key, changes: Item) -> Item | None:
    """The item with these values changed and all others as they are, whoever changes those; None if it is not there."""
    return update(key, changes, only_if=THERE)


def delete(doomed: "Iterable[Key]") -> None:
    """Take items away; that one is gone already is a quiet success."""
    engine().delete(doomed)
