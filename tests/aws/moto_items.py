"""A table's items, kept in order and indexed, in the place of moto's plain dictionaries of dictionaries.

moto sorts all items of a table for each query. Here a query is shown the few that it may want, and moto does the rest.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.aws.moto_values import forget

Where = tuple[Any, Any]
"""An item's partition key and sort key, as moto's types."""


class Items(dict[Any, Any]):
    """Partitions by their key. `attributes` are the partition keys of the table's indexes.

    `note` has to be told of an item that was changed in place.
    """

    def __init__(self, attributes: Collection[str]) -> None:
        super().__init__()
        self.attributes = tuple(attributes)
        self._indexed: dict[tuple[str, Any], dict[Where, Any]] = {}
        self._values: dict[tuple[str, Where], Any] = {}

    def __missing__(self, key: Any) -> "Partition":
        return Partition(self, key)  # it joins with its first item: looking for one that is not there leaves no trace

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.attributes, {key: dict(partition) for key, partition in self.items()})

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self._indexed.clear()
        self._values.clear()

    def note(self, where: Where, item: Any) -> None:
        """Keep the indexes right: `item` is now what is there, or None."""
        for attribute in self.attributes:
            place = attribute, where
            if place in self._values:
                before = self._values.pop(place)
                del self._indexed[attribute, before][where]
                if not self._indexed[attribute, before]:
                    del self._indexed[attribute, before]
            if item is not None and attribute in item.attrs:
                value = self._values[place] = item.attrs[attribute].cast_value
                self._indexed.setdefault((attribute, value), {})[where] = item

    def indexed(self, attribute: str, value: Any) -> dict[Any, dict[Any, Any]]:
        """The items, by partition and sort key, whose attribute has this value."""
        found: dict[Any, dict[Any, Any]] = {}
        for (partition, sort), item in self._indexed.get((attribute, value.cast_value), {}).items():
            found.setdefault(partition, {})[sort] = item
        return found


class Partition(dict[Any, Any]):
    """The items of one partition by their sort key."""

    def __init__(self, table: Items, key: Any) -> None:
        super().__init__()
        self._table = table
        self._key = key
        self._order: list[Any] = []
        self._sorts: dict[Any, Any] = {}

    def __setitem__(self, sort: Any, item: Any) -> None:
        if not self:
            self._table[self._key] = self
        if sort not in self:
            value = sort.cast_value
            insort(self._order, value)
            self._sorts[value] = sort
        super().__setitem__(sort, item)
        forget(item)
        self._table.note((self._key, sort), item)

    def pop(self, sort: Any, *default: Any) -> Any:
        """Take an item out."""
        if sort in self:
            value = sort.cast_value
            del self._order[bisect_left(self._order, value)]
            del self._sorts[value]
            self._table.note((self._key, sort), None)
        item = super().pop(sort, *default)
        if not self:
            self._table.pop(self._key, None)
        return item

    def span(self, low: Any, high: Any, most: int | None, forward: bool) -> dict[Any, Any]:
        """The items with sort keys from `low` to `high`, both included (None: open), at most so many from one end."""
        begin = 0 if low is None else bisect_left(self._order, low)
        end = len(self._order) if high is None else bisect_right(self._order, high)
        if most is not None and forward:
            end = min(end, begin + most)
        elif most is not None:
            begin = max(begin, end - most)
        return {sort: self[sort] for sort in (self._sorts[value] for value in self._order[begin:end])}


def bounds(comparison: str | None, operands: Sequence[Any], start: Any, forward: bool) -> tuple[Any, Any]:
    """The lowest and highest sort key that a key condition lets through from `start` on (None: open), or a little more."""
    values = [operand.cast_value for operand in operands]
    match comparison:
        case "=":
            low, high = values[0], values[0]
        case "<" | "<=":
            low, high = None, values[0]
        case ">" | ">=":
            low, high = values[0], None
        case "BETWEEN":
            low, high = values
        case "BEGINS_WITH":
            low, high = values[0], values[0] + "\U0010ffff"
        case _:
            low, high = None, None
    if start is not None and forward:
        low = start if low is None else max(low, start)
    elif start is not None:
        high = start if high is None else min(high, start)
    return low, high


def _restored(attributes: Collection[str], partitions: Mapping[Any, Mapping[Any, Any]]) -> Items:
    items = Items(attributes)
    for key, held in partitions.items():
        partition = items[key]
        for sort, item in held.items():
            partition[sort] = item
    return items
