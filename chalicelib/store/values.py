"""DynamoDB's typed JSON, written and read. Our own twenty lines, because boto3's would load boto3 on the request path.

Times and counts are numbers; None and empty collections are left out, which saves size and says the same.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

from base64 import b64decode
from typing import Any

Item = dict[str, Any]
Wire = dict[str, Any]


def to_wire(item: Item) -> dict[str, Wire]:
    """An item as the service takes it."""
    return {name: _write(value) for name, value in item.items() if value is not None and value != () and value != []}


def from_wire(attributes: dict[str, Wire]) -> Item:
    """An item as the service, or its stream, gives it. A stream in Lambda has binaries as base64 text, boto3 as bytes."""
    return {name: _read(value) for name, value in attributes.items()}


def _write(value: Any) -> Wire:
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int() | float():
            return {"N": repr(value)}
        case bytes():
            return {"B": value}
        case dict():
            return {"M": to_wire(value)}
        case list() | tuple():
            return {"L": [_write(each) for each in value]}
    raise TypeError(f"{type(value).__name__} has no place in the table")


def _read(wire: Wire) -> Any:
    ((kind, value),) = wire.items()
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
            return [_read(each) for each in value]
    raise TypeError(f"{kind} is not written by us")
