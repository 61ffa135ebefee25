"""DynamoDB's typed JSON, written and read. Our own twenty lines, because boto3's would load boto3 on the request path.

Times and counts are numbers; None and empty collections are left out, which saves size and says the same.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

import struct
from base64 import b64decode
from collections.abc import Callable
from typing import Any, TypeVar

Item = dict[str, Any]
Wire = dict[str, Any]


_Read = TypeVar("_Read")
_UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, struct.error)


def readable(read: Callable[[Any], _Read], item: Any) -> _Read | None:
    """What `read` makes of an item; None if this version cannot read it: it is malformed, or a later version wrote it."""
    try:
        return read(item)
    except _UNREADABLE:
        return None


def fields_of(thing: Any) -> Item:
    """A record's fields by name, as they are: `asdict` would copy what they hold."""
    return {name: getattr(thing, name) for name in thing.__match_args__}


def to_wire(item: Item) -> dict[str, Wire]:
    """An item as the service takes it."""
    written: dict[str, Wire] = {}
    for name, value in item.items():
        kind = type(value)
        if kind is str:  # most are: an open waits for this
            written[name] = {"S": value}
        elif value or (value is not None and kind not in _COLLECTIONS):
            written[name] = _WRITERS[kind](value)
    return written


def from_wire(attributes: dict[str, Wire]) -> Item:
    """An item as the service, or its stream, gives it. A stream in Lambda has binaries as base64 text, boto3 as bytes."""
    item: Item = {}
    for name, wire in attributes.items():
        ((kind, value),) = wire.items()
        item[name] = value if kind == "S" else _read(kind, value)  # most are
    return item


class _Writers(dict[type, Callable[[Any], Wire]]):
    """How a value of each type is written; one of a type derived from it, the same."""

    def __missing__(self, kind: type) -> Callable[[Any], Wire]:
        for known in self:
            if issubclass(kind, known):
                return self[known]
        raise TypeError(f"{kind.__name__} has no place in the table")


def _write_map(value: Any) -> Wire:
    return {"M": to_wire(value)}


def _write_list(values: Any) -> Wire:
    return {"L": [_WRITERS[type(value)](value) for value in values]}


_COLLECTIONS = (tuple, list)
_WRITERS = _Writers(
    {
        bool: lambda value: {"BOOL": value},
        str: lambda value: {"S": value},
        int: lambda value: {"N": repr(value)},
        float: lambda value: {"N": repr(value)},
        bytes: lambda value: {"B": value},
        dict: _write_map,
        tuple: _write_list,
        list: _write_list,
    }
)


def _read(kind: str, value: Any) -> Any:
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return float(value) if "." in value or "e" in value or "E" in value else int(value)
        case "B":
            return value if isinstance(value, bytes) else b64decode(value)
        case "M":
            return from_wire(value)
        case "L":
            return [_read(kind, each) for ((kind, each),) in map(dict.items, value)]
    raise TypeError(f"{kind} is not written by us")
