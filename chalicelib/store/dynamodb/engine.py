"""The table in DynamoDB: the door's questions in DynamoDB's words, asked by light.py or, where that is chosen, by boto3."""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from chalicelib.config import config
from chalicelib.store.dynamodb import expressions, light, sdk
from chalicelib.store.dynamodb.conflicts import Unmet
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.keys import Key
from chalicelib.store.writes import Delete, Put, Update, Write


def _ask(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return light.ask(operation, arguments) if config().light_table else sdk.ask(operation, arguments)


def get(key: Key) -> Item | None:
    """One item as it is now (strongly consistent), or None."""
    found = _ask("GetItem", {"TableName": config().table_name, "Key": _wire_key(key), "ConsistentRead": True})
    return from_wire(found["Item"]) if "Item" in found else None


def get_many(wanted: Iterable[Key], *, eventually: bool = False) -> list[Item]:
    """The items with these keys that are there, in no order, as they are now; `eventually`, as they were a moment ago."""
    found: list[Item] = []
    for some in _by(100, wanted):  # BatchGetItem takes no more
        requests = {config().table_name: {"Keys": [_wire_key(key) for key in some], "ConsistentRead": not eventually}}
        while requests:
            answer = _ask("BatchGetItem", {"RequestItems": requests})
            found += map(from_wire, answer["Responses"].get(config().table_name, []))
            requests = _patiently(answer.get("UnprocessedKeys", {}))
    return found


def query(
    pk: str, low: str, high: str, *, newest_first: bool, page: int | None, eventually: bool = False
) -> Iterator[Item]:
    """The items of a partition from `low` to `high`, `page` at a time."""
    arguments: dict[str, Any] = {
        "TableName": config().table_name,
        "KeyConditionExpression": "pk = :pk AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": to_wire({":pk": pk, ":low": low, ":high": high}),
        "ScanIndexForward": not newest_first,
        "ConsistentRead": not eventually,
    }
    if page is not None:
        arguments["Limit"] = page
    return _pages(arguments)


def _pages(arguments: dict[str, Any]) -> Iterator[Item]:
    while True:
        answer = _ask("Query", arguments)
        yield from map(from_wire, answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def due(shard: str, until: float, after: tuple[Key, float] | None = None) -> Iterator[tuple[Key, float]]:
    """What waits in one part of a due list past `after`, the longest waiting first."""
    arguments: dict[str, Any] = {
        "TableName": config().table_name,
        "IndexName": "due",
        "KeyConditionExpression": "due_shard = :shard AND due_at <= :until",
        "ExpressionAttributeValues": to_wire({":shard": shard, ":until": until}),
        "Limit": 1_000,
    }
    if after is not None:
        place = {"pk": after[0].pk, "sk": after[0].sk, "due_shard": shard, "due_at": after[1]}
        arguments["ExclusiveStartKey"] = to_wire(place)
    return ((Key(item["pk"], item["sk"]), item["due_at"]) for item in _pages(arguments))


def write(writes: Sequence[Write]) -> None:
    """All writes or none. One put alone goes as a plain write, which costs half. Raises Conflict."""
    requests = [_request(each) for each in writes]
    if len(requests) == 1 and "Put" in requests[0]:
        _ask("PutItem", requests[0]["Put"])
    else:
        _ask("TransactWriteItems", {"TransactItems": requests})


def _request(write: Write) -> dict[str, Any]:
    """A write as TransactWriteItems takes it."""
    asked = {"TableName": config().table_name, **expressions.condition(write.only_if)}
    match write:
        case Put():
            return {"Put": {**asked, "Item": to_wire(write.item)}}
        case Delete():
            return {"Delete": {**asked, "Key": _wire_key(write.key)}}


def update(update: Update) -> Item | None:
    """The item after a conditional update, or None where a check does not hold. Raises Conflict."""
    said = {"TableName": config().table_name, "Key": _wire_key(update.key), "ReturnValues": "ALL_NEW"}
    try:
        return from_wire(_ask("UpdateItem", said | expressions.update(update))["Attributes"])
    except Unmet:
        return None


def delete(doomed: Iterable[Key]) -> None:
    """Take items away; that one is gone already is a quiet success."""
    for some in _by(25, doomed):  # BatchWriteItem takes no more
        requests = {config().table_name: [{"DeleteRequest": {"Key": _wire_key(key)}} for key in some]}
        while requests:
            requests = _patiently(_ask("BatchWriteItem", {"RequestItems": requests}).get("UnprocessedItems", {}))


def _patiently(left: dict[str, Any]) -> dict[str, Any]:
    """What the table left for later, after a pause: it leaves things when it is throttled."""
    if left:
        time.sleep(0.1)
    return left


def _by(size: int, keys: Iterable[Key]) -> Iterator[list[Key]]:
    waiting = iter(keys)
    while some := list(islice(waiting, size)):
        yield some


def _wire_key(key: Key) -> dict[str, Any]:
    return to_wire({"pk": key.pk, "sk": key.sk})
