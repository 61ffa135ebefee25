"""The door to the table for everything but the request path's one put: boto3, loaded on first use."""

import time
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.keys import DUE_INDEX, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Write = dict[str, Any]


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


def get_many(wanted: "Iterable[Key]") -> list[Item]:
    """The items with these keys that are there, in no order, as they are now."""
    found: list[Item] = []
    for some in _by(100, wanted):  # BatchGetItem takes no more
        requests = {config().table_name: {"Keys": [_wire_key(key) for key in some], "ConsistentRead": True}}
        while requests:
            answer = client().batch_get_item(RequestItems=requests)
            found += map(from_wire, answer["Responses"].get(config().table_name, []))
            requests = _patiently(answer.get("UnprocessedKeys", {}))
    return found


def query(pk: str, low: str, high: str, *, newest_first: bool = False, page: int | None = None) -> "Iterator[Item]":
    """The items of a partition with sort keys from `low` to `high`, both included, read page by page as they are taken.

    `page` is how many are read at a time: for callers that stop early.
    """
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


def _pages(arguments: dict[str, Any]) -> "Iterator[Item]":
    while True:
        answer = client().query(**arguments)
        yield from map(from_wire, answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def page(pk: str, after: str, high: str, *, limit: int) -> tuple[list[Item], bool]:
    """At most `limit` items of a partition past the sort key `after` and up to `high`, and whether there are more."""
    past = (item for item in query(pk, after, high, page=limit + 2) if item["sk"] != after)
    found = list(islice(past, limit + 1))
    return found[:limit], len(found) > limit


def due(shard: str, until: float) -> "Iterator[tuple[Key, float]]":
    """What waits for `until` or earlier in one part of a due list, with the time it waits for, the longest waiting first.

    Read as it is taken.
    """
    arguments: dict[str, Any] = {
        "TableName": config().table_name,
        "IndexName": DUE_INDEX,
        "KeyConditionExpression": "due_shard = :shard AND due_at <= :until",
        "ExpressionAttributeValues": to_wire({":shard": shard, ":until": until}),
        "Limit": 100,
    }
    return ((Key(item["pk"], item["sk"]), item["due_at"]) for item in _pages(arguments))


def put(item: Item, *, was: int | None) -> Write:
    """The write of a versioned item: only if its version is still `was`, or if it is not there yet where `was` is None."""
    condition = "attribute_not_exists(pk)" if was is None else "version = :was"
    values = {} if was is None else {"ExpressionAttributeValues": to_wire({":was": was})}
    return {
        "Put": {"TableName": config().table_name, "Item": to_wire(item), "ConditionExpression": condition, **values}
    }


def put_always(item: Item) -> Write:
    """The write of an item that nobody else writes."""
    return {"Put": {"TableName": config().table_name, "Item": to_wire(item)}}


def write(writes: list[Write]) -> None:
    """All writes or none. One alone goes as a plain write, which costs half.

    Raises Conflict if a condition fails, or if a transaction holds one of the items at that moment.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
    """
    service = client()
    try:
        if len(writes) == 1 and "Put" in writes[0]:
            service.put_item(**writes[0]["Put"])
        else:
            service.transact_write_items(TransactItems=writes)
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


def take_away(key: Key, **still: int | str) -> Write:
    """The deletion of an item, only if these attributes of it are still so."""
    condition = " AND ".join(f"{name} = :{name}" for name in still)
    values = to_wire({f":{name}": value for name, value in still.items()})
    conditions = {"ConditionExpression": condition, "ExpressionAttributeValues": values}
    return {"Delete": {"TableName": config().table_name, "Key": _wire_key(key), **conditions}}


def take_away_always(key: Key) -> Write:
    """The deletion of an item, whatever it is by now."""
    return {"Delete": {"TableName": config().table_name, "Key": _wire_key(key)}}


def update(key: Key, expression: str, values: Item, *, condition: str, **more: Any) -> Item | None:
    """The item after a conditional update, or None where the condition does not hold. `more` goes to UpdateItem as it is.

    Raises Conflict if a transaction holds the item at that moment.
    """
    service = client()
    try:
        answer = service.update_item(
            TableName=config().table_name,
            Key=_wire_key(key),
            UpdateExpression=expression,
            ConditionExpression=condition,
            ReturnValues="ALL_NEW",
            **({"ExpressionAttributeValues": to_wire(values)} if values else {}),
            **more,
        )
    except service.exceptions.ConditionalCheckFailedException:
        return None
    except service.exceptions.TransactionConflictException as failure:
        raise Conflict("It is being changed at this moment.") from failure
    return from_wire(answer["Attributes"])


def change(key: Key, changes: Item) -> Item | None:
    """The item with these values changed and all others as they are, whoever changes those; None if it is not there.

    `tell.open` names the value `open` of the map `tell`.
    """
    names = {f"#{part}": part for name in changes for part in name.split(".")}  # some are words of DynamoDB's own
    each = ", ".join(f"#{name.replace('.', '.#')} = :{number}" for number, name in enumerate(changes))
    values = {f":{number}": value for number, value in enumerate(changes.values())}
    there = "attribute_exists(pk)"
    return update(key, f"SET {each}", values, condition=there, ExpressionAttributeNames=names)


def delete(doomed: "Iterable[Key]") -> None:
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


def _by(size: int, keys: "Iterable[Key]") -> "Iterator[list[Key]]":
    waiting = iter(keys)
    while some := list(islice(waiting, size)):
        yield some


def _wire_key(key: Key) -> dict[str, Any]:
    return to_wire({"pk": key.pk, "sk": key.sk})
