"""The table in DynamoDB, by boto3, loaded on first use."""

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.store.dynamodb import expressions
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.keys import DUE_INDEX, Key
from chalicelib.store.writes import Delete, Put, Update, Write


@cache
def client() -> Any:
    """The boto3 client of this process. Retries throttling by itself, within a function's time."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        "dynamodb", config=Config(retries={"mode": "standard", "max_attempts": 5}, max_pool_connections=50)
    )


def get(key: Key) -> Item | None:
    """One item as it is now (strongly consistent), or None."""
    found = client().get_item(TableName=config().table_name, Key=_wire_key(key), ConsistentRead=True)
    return from_wire(found["Item"]) if "Item" in found else None


def get_many(wanted: Iterable[Key]) -> list[Item]:
    """The items with these keys that are there, in no order, as they are now."""
    found: list[Item] = []
    for some in _by(100, wanted):  # BatchGetItem takes no more
        requests = {config().table_name: {"Keys": [_wire_key(key) for key in some], "ConsistentRead": True}}
        while requests:
            answer = client().batch_get_item(RequestItems=requests)
            found += map(from_wire, answer["Responses"].get(config().table_name, []))
            requests = _patiently(answer.get("UnprocessedKeys", {}))
    return found


def query(pk: str, low: str, high: str, *, newest_first: bool, page: int | None) -> Iterator[Item]:
    """The items of a partition from `low` to `high`, `page` at a time."""
    arguments: dict[str, Any] = {
        "TableName": config().table_name,
        "KeyConditionExpression": "pk = :pk AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": to_wire({":pk": pk, ":low": low, ":high": high}),
        "ScanIndexForward": not newest_first,
        "ConsistentRead": True,
    }
    if page is not None:
        arguments["Limit"] = page
    return _pages(arguments)


def _pages(arguments: dict[str, Any]) -> Iterator[Item]:
    while True:
        answer = client().query(**arguments)
        yield from map(from_wire, answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def due(shard: str, until: float, after: tuple[Key, float] | None = None) -> Iterator[tuple[Key, float]]:
    """What waits in one part of a due list past `after`, the longest waiting first."""
    arguments: dict[str, Any] = {
        "TableName": config().table_name,
        "IndexName": DUE_INDEX,
        "KeyConditionExpression": "due_shard = :shard AND due_at <= :until",
        "ExpressionAttributeValues": to_wire({":shard": shard, ":until": until}),
        "Limit": 1_000,
    }
    if after is not None:
        place = {"pk": after[0].pk, "sk": after[0].sk, "due_shard": shard, "due_at": after[1]}
        arguments["ExclusiveStartKey"] = to_wire(place)
    return ((Key(item["pk"], item["sk"]), item["due_at"]) for item in _pages(arguments))


def write(writes: Sequence[Write]) -> None:
    """All writes or none. One put alone goes as a plain write, which costs half.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
    """
    service = client()
    requests = [_request(each) for each in writes]
    try:
        if len(requests) == 1 and "Put" in requests[0]:
            service.put_item(**requests[0]["Put"])
        else:
            service.transact_write_items(TransactItems=requests)
    except (
        service.exceptions.ConditionalCheckFailedException,
        service.exceptions.TransactionConflictException,
    ) as failure:
        raise Conflict("It changed in the meantime.") from failure
    except service.exceptions.TransactionCanceledException as failure:
        reasons = {reason.get("Code") for reason in failure.response.get("CancellationReasons", [])}
        if reasons & {"ConditionalCheckFailed", "TransactionConflict"}:
            raise Conflict("It changed in the meantime.") from failure
        raise


def _request(write: Write) -> dict[str, Any]:
    """A write as TransactWriteItems takes it."""
    asked = {"TableName": config().table_name, **expressions.condition(write.only_if)}
    match write:
        case Put():
            return {"Put": {**asked, "Item": to_wire(write.item)}}
        case Delete():
            return {"Delete": {**asked, "Key": _wire_key(write.key)}}


def update(update: Update) -> Item | None:
    """The item after a conditional update, or None where a check does not hold."""
    service = client()
    try:
        answer = service.update_item(
            TableName=config().table_name,
            Key=_wire_key(update.key),
            ReturnValues="ALL_NEW",
            **expressions.update(update),
        )
    except service.exceptions.ConditionalCheckFailedException:
        return None
    except service.exceptions.TransactionConflictException as failure:
        raise Conflict("It is being changed at this moment.") from failure
    return from_wire(answer["Attributes"])


def delete(doomed: Iterable[Key]) -> None:
    """Take items away; that one is gone already is a quiet success."""
    for some in _by(25, doomed):  # BatchWriteItem takes no more
        requests = {config().table_name: [{"DeleteRequest": {"Key": _wire_key(key)}} for key in some]}
        while requests:
            requests = _patiently(client().batch_write_item(RequestItems=requests).get("UnprocessedItems", {}))


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
