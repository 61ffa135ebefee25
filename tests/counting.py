"""Counting what is asked of AWS, and what DynamoDB would charge for it. A failed condition is charged, bad input is not.

with counting(fresh_table) as calls:
    ...
assert sum(call.write_units for call in calls) <= 10
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.utilities import dynamo_to_dict

from infra.local.httpd import Request, Response
from tests.aws.aws import ACCOUNT, Call
from tests.aws.resources import REGION
from tests.capacity import Item, index_units, item_size, read_units, write_units
from tests.embedded import Embedded, the_table

_CONDITION_FAILED = re.compile(rb"ConditionalCheckFailed|TransactionCanceled")  # charged all the same


@dataclass(frozen=True, slots=True)
class Counted:
    """One call of AWS, and the capacity units that DynamoDB would charge for it (0 for other services)."""

    service: str
    operation: str
    write_units: float
    read_units: float


@contextmanager
def counting(embedded: Embedded) -> Iterator[list[Counted]]:
    """Every call of AWS made within it, in the order they were done."""
    the_table()  # else another engine has it, and nothing can be counted
    calls: list[Counted] = []

    def watch(call: Call) -> Callable[[Response], None]:
        body = json.loads(call.body) if call.service == "dynamodb" else {}
        keys = _written(call.operation, body)
        before = [_item(key) for key in keys]

        def told(response: Response) -> None:
            writes = reads = 0.0
            if response.status < 400 or _CONDITION_FAILED.search(response.body):
                pairs = zip(before, map(_item, keys), strict=True)
                writes = sum(_write(old, new, call.operation == "TransactWriteItems") for old, new in pairs)
                reads = _read(embedded, call, body)
            calls.append(Counted(call.service, call.operation, writes, reads))

        return told

    embedded.aws.watchers.append(watch)
    try:
        yield calls
    finally:
        embedded.aws.watchers.remove(watch)


@contextmanager
def operations(embedded: Embedded) -> Iterator[list[str]]:
    """The names of the operations of AWS that are called within it: quicker than to count what they cost."""
    calls: list[str] = []

    def watch(call: Call) -> Callable[[Response], None]:
        calls.append(call.operation)
        return lambda response: None

    embedded.aws.watchers.append(watch)
    try:
        yield calls
    finally:
        embedded.aws.watchers.remove(watch)


def _item(key: Item) -> Item | None:
    table = the_table()
    if any(name not in key for name in table.table_key_attrs):
        return None  # a bad request
    found = table.get_item(*dynamodb_backends[ACCOUNT][REGION].get_keys_value(table, key))
    return None if found is None else dynamo_to_dict(found.attrs)


def _written(operation: str, body: Any) -> list[Item]:
    """The items that a request writes, or makes its writing depend on."""
    match operation:
        case "PutItem":
            return [body["Item"]]
        case "UpdateItem" | "DeleteItem":
            return [body["Key"]]
        case "BatchWriteItem":
            entries = [entry for entries in body["RequestItems"].values() for entry in entries]
        case "TransactWriteItems":
            entries = body["TransactItems"]
        case _:
            return []
    return [action.get("Item") or action["Key"] for entry in entries for action in entry.values()]


def _write(old: Item | None, new: Item | None, twice: bool) -> int:
    table = the_table()
    units = write_units(old, new, twice)
    for index in table.global_indexes:
        units += index_units(old, new, index.schema_key_attrs, {*index.schema_key_attrs, *table.table_key_attrs})
    return units


def _read(embedded: Embedded, call: Call, body: Any) -> float:
    match call.operation:
        case "GetItem":
            return read_units(item_size(_item(body["Key"]) or {}), body.get("ConsistentRead", False))
        case "TransactGetItems":
            keys = [entry["Get"]["Key"] for entry in body["TransactItems"]]
            return sum(read_units(item_size(_item(key) or {}), transactional=True) for key in keys)
        case "BatchGetItem":
            asked = [(key, table) for table in body["RequestItems"].values() for key in table["Keys"]]
            return sum(
                read_units(item_size(_item(key) or {}), table.get("ConsistentRead", False)) for key, table in asked
            )
        case "Query" | "Scan":
            return read_units(_size_read(embedded, call.operation, body), body.get("ConsistentRead", False))
    return 0


def _size_read(embedded: Embedded, operation: str, body: Any) -> int:
    """Bytes that a query looks at: all that it finds before it filters and projects."""
    bare = {name: value for name, value in body.items() if name not in _AFTER_READING}
    for names, text in (("ExpressionAttributeNames", "#"), ("ExpressionAttributeValues", ":")):
        used = {name: value for name, value in bare.pop(names, {}).items() if name in _words(bare, text)}
        bare |= {names: used} if used else {}
    headers = (("X-Amz-Target", f"DynamoDB_20120810.{operation}"), ("Content-Type", "application/x-amz-json-1.0"))
    signed = (
        "Authorization",
        f"AWS4-HMAC-SHA256 Credential=X/20260101/{REGION}/dynamodb/aws4_request, SignedHeaders=x",
    )
    request = Request("POST", "/", (*headers, signed, ("Host", "localhost")), json.dumps(bare).encode(), "")
    answer = json.loads(embedded.aws.replay(0, embedded.clock.now(), request).body)
    return sum(item_size(item) for item in answer["Items"])


_AFTER_READING = frozenset({"FilterExpression", "ProjectionExpression", "Select", "ReturnConsumedCapacity"})


def _words(body: Any, mark: str) -> set[str]:
    return set(re.findall(rf"{mark}\w+", body.get("KeyConditionExpression", "")))
