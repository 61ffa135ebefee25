"""moto's values and items, with less work for the same answers: most of what a table holds are strings and numbers, which
nothing changes in their place (moto puts another there), so that copies may share them and their size is known."""

import copy
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import moto.dynamodb.responses as dynamodb_responses
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.utilities import bytesize

LARGEST_ITEM = 400 * 1024
SCALARS = frozenset({"S", "N", "B", "BOOL", "NULL"})
_AS_THEY_ARE = frozenset({"S", "B", "BOOL"})


def quicken() -> None:
    """Make moto's values faster."""
    _values()
    _items()
    dynamodb_responses.dynamo_to_dict = _answered(dynamodb_responses.dynamo_to_dict)


def _values() -> None:
    cast: Callable[[Any], Any] = DynamoType.cast_value.fget
    copied, count = DynamoType.__deepcopy__, DynamoType.size

    def cast_value(self: Any) -> Any:
        if self.type in _AS_THEY_ARE:
            return self.value
        return Decimal(self.value) if self.type == "N" else cast(self)

    def alike(self: Any, other: Any) -> bool:
        if self.type != other.type:
            return False
        return bool(self.value == other.value if self.type in _AS_THEY_ARE else self.cast_value == other.cast_value)

    def size(self: Any) -> int:
        if self.type == "M":
            return sum(bytesize(name) + size(value) for name, value in self.value.items())
        if self.type not in SCALARS:
            return sum(map(size, self.value)) if self.type == "L" else int(count(self))
        if (known := self.__dict__.get("known_size")) is None:
            known = self.known_size = count(self)
        return int(known)

    DynamoType.cast_value = property(cast_value)
    DynamoType.__eq__ = alike
    DynamoType.__deepcopy__ = lambda self, memo: self if self.type in SCALARS else copied(self, memo)
    DynamoType.size = size


def _items() -> None:
    # An item's size is summed again for each attribute that is set. Once is enough.
    def new_item(self: Any, hash_key: Any, range_key: Any, attrs: dict[str, Any]) -> None:
        self.hash_key = hash_key
        self.range_key = range_key
        self.attrs = attributes({name: DynamoType(value) for name, value in attrs.items()})
        if self.size() > LARGEST_ITEM:
            raise ItemSizeTooLarge

    def copied(self: Any, memo: dict[int, Any]) -> Any:
        made = Item.__new__(Item)
        made.hash_key, made.range_key = self.hash_key, self.range_key
        made.attrs = attributes(
            {name: value if value.type in SCALARS else copy.deepcopy(value, memo) for name, value in self.attrs.items()}
        )
        return made

    # It is summed for each query that comes by, twice; a change in its place ends with `forget_size`.
    count = Item.size

    def size(self: Any) -> int:
        if (known := self.__dict__.get("known_size")) is None:
            known = self.known_size = count(self)
        return int(known)

    Item.__init__ = new_item
    Item.__deepcopy__ = copied
    Item.size = size


def forget_size(item: Any) -> None:
    """To be told of an item that may have been changed in its place."""
    item.__dict__.pop("known_size", None)


def attributes(values: dict[str, Any]) -> Any:
    """moto's own kind of dictionary for an item's attributes, without its counting of sizes at each of them."""
    made = LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(made, values)
    return made


def _answered(otherwise: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def answered(found: Any) -> Any:
        kind = type(found)
        if kind is DynamoType:
            return _wire(found)
        if kind is str:
            return found
        if kind is dict or kind is LimitedSizeDict:
            return {name: answered(value) for name, value in found.items()}
        if kind is list:
            return [answered(each) for each in found]
        return found if isinstance(found, datetime) else otherwise(found)

    def _wire(value: Any) -> dict[str, Any]:
        match value.type:
            case "S" | "N" | "BOOL" | "NULL":
                return {value.type: value.value}
            case "B":
                return {"B": value.value if isinstance(value.value, bytes) else b64decode(value.value)}
            case "M" | "L":
                return {value.type: answered(value.value)}
            case _:
                return otherwise(value)  # type: ignore[no-any-return]

    return answered
