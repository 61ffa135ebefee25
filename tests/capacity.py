"""What DynamoDB charges for: the sizes of items and the capacity units of reads and writes, from items in wire form.

Sizes: developer guide, "DynamoDB item sizes and formats". Units: "Read and write capacity unit consumption" and
"Throughput considerations for global secondary indexes".
"""

import base64
import math
from collections.abc import Collection, Mapping
from typing import Any

Item = Mapping[str, Mapping[str, Any]]


def item_size(item: Item) -> int:
    """Bytes: the UTF-8 names of the attributes and their values."""
    return sum(_text(name) + _value(value) for name, value in item.items())


def write_units(old: Item | None, new: Item | None, transactional: bool = False) -> int:
    """One for each KB of the larger of the item before and after, at least one; twice that in a transaction."""
    size = max(item_size(old or {}), item_size(new or {}))
    return max(1, math.ceil(size / 1024)) * (2 if transactional else 1)


def read_units(size: int, consistent: bool = False, transactional: bool = False) -> float:
    """One for each 4 KB read strongly consistent, at least one; half if eventually, twice in a transaction."""
    return max(1, math.ceil(size / 4096)) * (2 if transactional else 1 if consistent else 0.5)


def index_units(old: Item | None, new: Item | None, keys: Collection[str], projected: Collection[str]) -> int:
    """Writes to an index (`keys`: its own key attributes; `projected`: all that it holds) when an item changes.

    Putting or removing an entry is one write, moving it to another key is two, a change of what it holds is one.
    """
    before, after = (_entry(item, keys, projected) for item in (old, new))
    if before == after:
        return 0
    if before is None or after is None or all(before[key] == after[key] for key in keys):
        return write_units(before, after)
    return write_units(before, None) + write_units(None, after)


def _entry(item: Item | None, keys: Collection[str], projected: Collection[str]) -> Item | None:
    if item is None or any(key not in item for key in keys):
        return None
    return {name: item[name] for name in projected if name in item}


def _value(value: Mapping[str, Any]) -> int:
    (kind, content), *_ = value.items()
    match kind:
        case "S":
            return _text(content)
        case "N":
            return _number(content)
        case "B":
            return _binary(content)
        case "BOOL" | "NULL":
            return 1
        case "SS":
            return sum(map(_text, content))
        case "NS":
            return sum(map(_number, content))
        case "BS":
            return sum(map(_binary, content))
        case "L":
            return 3 + sum(1 + _value(element) for element in content)
        case "M":
            return 3 + sum(1 + _text(name) + _value(element) for name, element in content.items())
    raise ValueError(f"DynamoDB has no type {kind}.")


def _text(text: str) -> int:
    return len(text.encode())


def _binary(content: str | bytes) -> int:
    return len(content if isinstance(content, bytes) else base64.b64decode(content))


def _number(text: str) -> int:
    """A byte for two significant digits, one more, and one for a minus. Zeros at either end do not count."""
    digits = text.lower().partition("e")[0].lstrip("+-").replace(".", "").strip("0")
    return math.ceil(len(digits) / 2) + 1 + text.startswith("-")
