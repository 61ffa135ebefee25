"""Where moto 5.2.5 differs from AWS in what we rely on: every correction of it is in this file.

Each says what was wrong; tests/aws/aws_facts.py shows each of them on the uncorrected moto. What is only slow is in
moto_speed.py.
"""

import base64
import copy
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

import moto.core.responses
import moto.core.utils
import moto.dynamodb.models.table as tables
import moto.dynamodb.responses as dynamodb_responses
from moto.core.common_models import BaseModel
from moto.core.responses import EmptyResult
from moto.dynamodb.exceptions import DynamodbException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import StreamShard, Table
from moto.dynamodb.responses import DynamoHandler
from moto.dynamodbstreams.models import DynamoDBStreamsBackend
from moto.sesv2.responses import SESV2Response
from moto.sns.exceptions import SNSInvalidParameter, SNSNotFoundError
from moto.sns.models import PlatformEndpoint, SNSBackend
from moto.sqs.models import SQSBackend

from tests.aws import moto_speed

VERSION = "5.2.5"
"""The version of moto that these corrections were written for."""

lock = threading.RLock()
"""Fault: moto has no locks; of 320 concurrent `ADD 1` about 285 count. This one is held around every call of it."""

TTL_SERVICE = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
"""Who removed an item that expired, as the stream's records name it (developer guide, "TTL and DynamoDB Streams")."""

TOKEN_SECONDS = 600  # how long a ClientRequestToken is remembered (API reference, TransactWriteItems)
_ITERATORS = 64

_now: Callable[[], float] = time.time


def correct(now: Callable[[], float]) -> None:
    """Correct moto, and let `now` (unix seconds) be its time. May be called again, to give another clock."""
    global _now
    _now = now
    _correct_once()


@cache
def _correct_once() -> None:
    moto_speed.quicken()
    _correct_core()
    _correct_updates()
    _correct_streams()
    _correct_transactions()
    _correct_the_rest()


def _correct_core() -> None:
    # Fault: every object ever made is kept in a list of its class, so memory grows with each write.
    BaseModel.__new__ = staticmethod(lambda cls, *args, **kwargs: object.__new__(cls))

    # Fault: moto reads the machine's clock; ours may be moved.
    def utcnow() -> datetime:
        return datetime.fromtimestamp(_now(), UTC).replace(tzinfo=None)

    moto.core.utils.utcnow = utcnow
    tables.utcnow = utcnow


def _correct_updates() -> None:
    # Fault: an update that fails half-way (a missing operand, a wrong type) leaves the first half done; and
    # an update that makes its item shows as two INSERTs in the stream, the first with the keys alone.
    update_item = DynamoDBBackend.update_item

    def update_whole(self: Any, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        with _all_or_nothing(self, [(table_name, key)]):
            return update_item(self, table_name, key, *args, **kwargs)

    DynamoDBBackend.update_item = update_whole


@contextmanager
def _all_or_nothing(backend: Any, keys: list[tuple[str, dict[str, Any]]]) -> Iterator[None]:
    """Write to these items of these tables wholly or, when it raises, not at all; and tell the streams once of each."""
    before = []
    for name, key in keys:
        table = backend.get_table(name)
        where = backend.get_keys_value(table, key)
        before.append((table, where, copy.deepcopy(table.get_item(*where))))
    shards = {id(table): table.stream_shard for table, _, _ in before}
    for table, _, _ in before:
        table.stream_shard = None  # the writes within tell nothing
    try:
        yield
    except BaseException:
        for table, (partition, sort), item in before:
            place, at = (table.items, partition) if sort is None else (table.items[partition], sort)
            place.pop(at, None)
            if item is not None:
                place[at] = item
        raise
    finally:
        for table, _, _ in before:
            table.stream_shard = shards[id(table)]
    for table, where, item in before:
        now = table.get_item(*where)
        if now is not None and where[1] is not None:
            table.items[where[0]][where[1]] = now  # an update changes it in place, and the indexes have to know
        if table.stream_shard is not None:
            table.stream_shard.add(item, now)


def _correct_streams() -> None:
    add = StreamShard.add

    def add_change(self: Any, old: Any, new: Any) -> None:
        # Fault: a write that changes nothing makes a record. AWS makes none (API reference, Streams Record).
        if old is new or (old is not None and new is not None and old == new):
            return
        add(self, old, new)
        # Documented: the time is "rounded down to the closest second" (API reference, StreamRecord); versions say 1.1.
        record = self.items[-1].record
        record["eventVersion"] = "1.1"
        record["awsRegion"] = self.table.region_name
        record["dynamodb"]["ApproximateCreationDateTime"] = tables.utcnow().replace(microsecond=0)

    StreamShard.add = add_change

    # Fault: every iterator is kept for ever, 1 KB for each look at the stream.
    get_records = DynamoDBStreamsBackend.get_records

    def get_records_once(self: Any, iterator_arn: str, limit: int) -> Any:
        answer = get_records(self, iterator_arn, limit)
        while len(self.shard_iterators) > _ITERATORS:
            del self.shard_iterators[next(iter(self.shard_iterators))]
        return answer

    DynamoDBStreamsBackend.get_records = get_records_once


def _correct_transactions() -> None:
    # Slow and leaking: for each item moto copies the whole table with its stream. It shall think it had; what a
    # failed transaction changed is put back by `_all_or_nothing`, also where moto forgets to (an unknown table,
    # two operations in one entry) and in the table object that others hold.
    Table.__deepcopy__ = lambda self, memo: self
    transact = DynamoDBBackend.transact_write_items

    def transact_wholly(self: Any, transact_items: list[dict[str, Any]]) -> None:
        keys = []
        for entry in transact_items:
            for operation in entry.values():
                table = self.get_table(operation["TableName"])
                item = operation.get("Item") or operation["Key"]
                keys.append((table.name, {name: item[name] for name in table.table_key_attrs if name in item}))
        with _all_or_nothing(self, keys):
            transact(self, transact_items)

    DynamoDBBackend.transact_write_items = transact_wholly

    # Fault: a repeated ClientRequestToken is applied twice. AWS answers as it did, or refuses another content.
    handle = DynamoHandler.transact_write_items

    def transact_once(self: Any) -> Any:
        token = self.body.get("ClientRequestToken")
        if token is None:
            return handle(self)
        seen: dict[str, tuple[float, str]] = self.dynamodb_backend.__dict__.setdefault("request_tokens", {})
        while seen and next(iter(seen.values()))[0] < _now() - TOKEN_SECONDS:
            del seen[next(iter(seen))]
        digest = hashlib.sha256(json.dumps(self.body, sort_keys=True, default=repr).encode()).hexdigest()
        if token in seen:
            if seen[token][1] != digest:
                raise _IdempotentParameterMismatch
            return EmptyResult()
        answer = handle(self)
        seen[token] = (_now(), digest)
        return answer

    DynamoHandler.transact_write_items = transact_once

    # Fault: moto reads 25 items in a transaction; AWS 100 (since 2022).
    dynamodb_responses.TRANSACTION_MAX_ITEMS = 100


class _IdempotentParameterMismatch(DynamodbException):  # type: ignore[misc]
    error_type = "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException"

    def __init__(self) -> None:
        super().__init__(self.error_type, "The ClientRequestToken was used before, with another content.")


def _correct_the_rest() -> None:
    # Fault: waiting for messages holds up all other calls, since one lock is around each.
    receive = SQSBackend.receive_message

    def receive_now(self: Any, queue: str, count: int, _seconds: int, *args: Any, **kwargs: Any) -> Any:
        return receive(self, queue, count, 0, *args, **kwargs)

    SQSBackend.receive_message = receive_now

    # Fault: of a sent mail moto keeps neither the time nor the text part nor the headers, and fails on 8-bit mail.
    send_email = SESV2Response.send_email

    def send_and_keep(self: Any) -> Any:
        request = json.loads(self.body)
        raw = request.get("Content", {}).get("Raw")
        if raw is not None:
            text = base64.b64decode(raw["Data"]).decode("utf-8", "replace")
            readable = {"Data": base64.b64encode(text.encode("utf-8")).decode()}
            self.body = json.dumps({**request, "Content": {"Raw": readable}})
        answer = send_email(self)
        self.sesv2_backend.core_backend.sent_messages[-1].sent = {"at": _now(), "request": request}
        return answer

    SESV2Response.send_email = send_and_keep

    # Fault: of a push moto keeps no time, and forgets it with its endpoint.
    publish = PlatformEndpoint.publish

    def publish_and_keep(self: Any, message: str) -> Any:
        message_id = publish(self, message)
        self.application.__dict__.setdefault("pushes", []).append(
            {"at": _now(), "id": message_id, "endpoint": self.arn, "token": self.token, "message": message}
        )
        return message_id

    PlatformEndpoint.publish = publish_and_keep

    # Fault: a push to an endpoint that was deleted is refused with NotFound; SNS says InvalidParameter.
    publish_to = SNSBackend.publish

    def publish_as_sns(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return publish_to(self, *args, **kwargs)
        except SNSNotFoundError as failure:
            if ":endpoint/" not in str(kwargs.get("arn", "")):
                raise
            raise SNSInvalidParameter(
                "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified"
            ) from failure

    SNSBackend.publish = publish_as_sns


def sweep(table: Any, at: float) -> int:
    """Delete what has expired by `at` (fault: in moto TTL never fires). Returns how many items went."""
    attribute = table.ttl.get("AttributeName")
    if table.ttl["TimeToLiveStatus"] != "ENABLED":
        return 0
    kept = table.items.values()
    expired = [
        item
        for items in ((held.values() for held in kept) if table.range_key_attr else (kept,))
        for item in items
        if (expires := item.attrs.get(attribute)) is not None and expires.type == "N" and float(expires.value) <= at
    ]
    for item in expired:
        table.delete_item(item.hash_key, item.range_key)
        if table.stream_shard is not None:
            table.stream_shard.items[-1].record["userIdentity"] = TTL_SERVICE
    return len(expired)


def trim(shard: Any, passed: int) -> None:
    """Forget the stream's records up to and with this sequence number (fault: moto keeps them all)."""
    count = passed - shard.starting_sequence_number + 1
    if count > 0:
        del shard.items[:count]
        shard.starting_sequence_number += count
