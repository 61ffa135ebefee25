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
from moto.dynamodb.models.utilities import bytesize, dynamo_to_dict

LARGEST_ITEM = 400 * 1024
SCALARS = frozenset({"S", "N", "B", "BOOL", "NULL"})
_AS_THEY_ARE = frozenset({"S", "B", "BOOL"})
_NEVER_MANY = frozenset({"S", "N", "BOOL", "NULL"})
_COMPARED = _AS_THEY_ARE | {"M", "L"}


def quicken() -> None:
    """Make moto's values faster."""
    _values()
    _items()
    dynamodb_responses.dynamo_to_dict = _answered(dynamodb_responses.dynamo_to_dict)


def _values() -> None:
    cast: Callable[[Any], Any] = DynamoType.cast_value.fget
    copied, count = DynamoType.__deepcopy__, DynamoType.size

    def new_value(self: Any, given: Any) -> None:
        if type(given) is DynamoType:
            kind, value = given.type, given.value
        else:
            kind = next(iter(given))
            value = given[kind]
        if kind == "L":
            value = [held(each) for each in value]
        elif kind == "M":
            value = {name: held(each) for name, each in value.items()}
        self.type, self.value = kind, value

    def held(given: Any) -> Any:
        return given if type(given) is DynamoType and given.type in SCALARS else DynamoType(given)

    def cast_value(self: Any) -> Any:
        kind = self.type
        if kind in _AS_THEY_ARE:
            return self.value
        if kind == "N":
            return Decimal(self.value)
        if kind == "L":
            return [each.cast_value for each in self.value]
        return {name: each.cast_value for name, each in self.value.items()} if kind == "M" else cast(self)

    def alike(self: Any, other: Any) -> bool:
        if self.type != other.type:
            return False
        return bool(self.value == other.value if self.type in _COMPARED else self.cast_value == other.cast_value)

    def size(self: Any) -> int:
        kind, value = self.type, self.value
        if kind == "S":
            return len(value) if value.isascii() else len(value.encode())
        if kind == "M":
            return sum(bytesize(name) + size(each) for name, each in value.items())
        return sum(map(size, value)) if kind == "L" else int(count(self))

    DynamoType.__init__ = new_value
    DynamoType.cast_value = property(cast_value)
    DynamoType.__eq__ = alike
    DynamoType.__hash__ = lambda self: hash((self.type, self.cast_value))
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

    # It is summed for each query that comes by, twice; a change in its place ends with `forget`.
    count = Item.size

    def size(self: Any) -> int:
        if (known := self.__dict__.get("known_size")) is None:
            known = self.known_size = count(self)
        return int(known)

    def told(self: Any, root_attr_name: str = "Attributes") -> dict[str, Any]:
        return {root_attr_name: {name: _image(value) for name, value in self.attrs.items()}}

    # What an index or a projection leaves out is read into Python's values and back, for each name anew.
    project = Item.project

    def projected(self: Any, expressions: list[list[str]]) -> Any:
        names = [name for name, *within in expressions if not within and "[" not in name]
        found = {name: self.attrs[name] for name in names if name in self.attrs}
        if len(names) < len(expressions) or any(value.type not in _NEVER_MANY for value in found.values()):
            return project(self, expressions)
        shown = {name: {"N": str(value.cast_value)} if value.type == "N" else value for name, value in found.items()}
        return Item(self.hash_key, self.range_key, shown)

    Item.__init__ = new_item
    Item.project = projected
    Item.__deepcopy__ = copied
    Item.size = size
    Item.to_json = told


def _image(value: Any) -> dict[str, Any]:
    """A value as the stream's records hold it."""
    kind, held = value.type, value.value
    match kind:
        case "M":
            return {kind: {name: _image(each) for name, each in held.items()}}
        case "L":
            return {kind: [_image(each) for each in held]}
        case _:
            return {kind: list(held) if type(held) is list else held}


def forget(item: Any) -> None:
    """To be told of an item that may have been changed in its place: what is known of it holds no more."""
    item.__dict__.pop("known_size", None)
    item.attrs.__dict__.pop("wire", None)


def attributes(values: dict[str, Any]) -> Any:
    """moto's own kind of dictionary for an item's attributes, without its counting of sizes at each of them."""
    made = LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(made, values)
    return made


class Known(dict[str, Any]):
    """The wire form of an item as it is, to be looked at alone; `text` is what was written of it."""

    text = ""


def _answered(otherwise: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def answered(found: Any) -> Any:
        kind = type(found)
        if kind is DynamoType:
            return in_wire_form(found)
        if kind is str:
            return found
        if kind is LimitedSizeDict:  # an item's, which many queries find as it is
            if (known := found.__dict__.get("wire")) is None:
                known = found.wire = Known({name: in_wire_form(value) for name, value in found.items()})
            return known
        if kind is dict:
            return {name: answered(value) for name, value in found.items()}
        if kind is list:
            return [answered(each) for each in found]
        return found if isinstance(found, datetime) else otherwise(found)

    return answered


def in_wire_form(value: Any) -> dict[str, Any]:
    """A value as it is answered: binary ones in bytes."""
    kind, held = value.type, value.value
    match kind:
        case "S" | "N" | "BOOL" | "NULL":
            return {kind: held}
        case "B":
            return {"B": held if isinstance(held, bytes) else b64decode(held)}
        case "M":
            return {"M": {name: in_wire_form(each) for name, each in held.items()}}
        case "L":
            return {"L": [in_wire_form(each) for each in held]}
        case _:
            return dynamo_to_dict(value)  # type: ignore[no-any-return]
