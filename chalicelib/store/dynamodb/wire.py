"""Signed calls of DynamoDB over one kept connection: the one put of the request path, and what light.py asks.

boto3 would cost a cold open more than all the rest together (docs/cold-start.md), so this is a socket (connection.py), a
signature (signing.py) and DynamoDB's JSON 1.0
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html).
Sending twice is harmless: a put of the request path is conditional on the item not being there, and a transaction has a
token by which DynamoDB knows it again.
"""

import json
import threading
import time
from ssl import RAND_bytes
from typing import Any
from urllib.parse import urlsplit

from chalicelib.config import config, credentials
from chalicelib.store.dynamodb.connection import Connection
from chalicelib.store.dynamodb.signing import sign
from chalicelib.store.dynamodb.values import Wire

_SECONDS = 0.45  # for each try, many times what DynamoDB takes: somebody waits for the answer...
_PAUSES = (0.05, 0.1, None)  # seconds before the next try; None: there is none. ...so they all end within 1.5
_PASSING = frozenset({"ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"})
_encode = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make an encoder for each call

# What is tried again, how often and after which pauses: botocore's "standard" mode, as engine.py asks it of boto3
# (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Tests hold the one against the other.
TRIES = 6
_TRY_SECONDS = 5.0  # for each try...
_ALL_SECONDS = 20.0  # ...and for all with their pauses: a call of the API has 28
_SCALE, _THROTTLED_SCALE, _LONGEST_PAUSE = 0.025, 1.0, 20.0  # seconds
_BUDGET, _COST, _THROTTLED_COST = 500, 14, 5  # of further tries, in a process: where nothing succeeds, they end
_BROKEN = frozenset({500, 502, 503, 504})
_THROTTLED = _PASSING | {
    *("BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete"),
    *("RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling"),
    *("TooManyRequestsException", "TransactionInProgressException"),
}
_TRANSIENT = frozenset({"RequestTimeout", "RequestTimeoutException", "ReplicatedWriteConflictException"})


class _Kept(threading.local):
    """The kept connection. Lambda calls a process once at a time; elsewhere each thread has its own."""

    connection: Connection | None = None


class _Budget:
    """What is left for further tries. A call that succeeds gives back what its tries took."""

    left = _BUDGET

    def take(self, cost: int) -> bool:
        """Whether there is as much."""
        if cost > self.left:
            return False
        self.left -= cost
        return True

    def give(self, cost: int) -> None:
        """Put so much back."""
        self.left = min(_BUDGET, self.left + cost)


_kept = _Kept()
_budget = _Budget()


class TableUnavailable(Exception):  # noqa: N818
    """The table did not take the item: unreachable, throttled beyond patience, or refused. The item is not lost: spill it."""


def put_once(table: str, item: dict[str, Wire]) -> None:
    """Put an item unless one with its key is there already, which is a quiet success. Raises TableUnavailable."""
    body = _encode({"TableName": table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}).encode()
    reason = ""
    for pause in _PAUSES:
        try:
            status, text = _send("PutItem", body, _SECONDS)
            answer = _said(text)
        except OSError as failure:
            hang_up()
            reason = type(failure).__name__
        else:
            if status == 200:
                return
            reason = code(status, answer)
            if reason == "ConditionalCheckFailedException":
                return
            if status < 500 and reason not in _PASSING:
                break
        if pause is not None:
            time.sleep(pause)
    raise TableUnavailable(reason)


def call(operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the object that DynamoDB answers a call with, after as many tries as may help.

    A refusal that is no JSON has no words: an empty object. Raises OSError where no answer came.
    """
    until = time.monotonic() + _ALL_SECONDS
    taken = 1
    for number in range(TRIES):
        failed: OSError | None = None
        status, answer, again, throttled = 0, {}, True, False
        try:
            status, text = _send(operation, body, min(_TRY_SECONDS, until - time.monotonic()))
            answer = _said(text, needed=not 400 <= status < 500)
        except OSError as failure:
            hang_up()
            failed = failure
        else:
            why = code(status, answer)
            throttled = why in _THROTTLED or (status == 429 and why == "429")
            again = throttled or status in _BROKEN or why in _TRANSIENT
        if not again:
            if status == 200:
                _budget.give(taken)
            break
        pause = _chance() * min((_THROTTLED_SCALE if throttled else _SCALE) * 2**number, _LONGEST_PAUSE)
        cost = _THROTTLED_COST if throttled else _COST
        if number == TRIES - 1 or time.monotonic() + pause >= until or not _budget.take(cost):
            break
        taken = cost
        time.sleep(pause)
    if failed is not None:
        raise failed
    return status, answer


def code(status: int, answer: dict[str, Any]) -> str:
    """DynamoDB's name of what went wrong; the status where it gives none."""
    return str(answer.get("__type", status)).rpartition("#")[2]


def _send(operation: str, body: bytes, seconds: float) -> tuple[int, bytes]:
    where = urlsplit(config().dynamodb_endpoint)
    if _kept.connection is not None and _kept.connection.gone():
        hang_up()
    if _kept.connection is None:
        _kept.connection = Connection(where.scheme, where.netloc, seconds, config().ca_bundle)
    headers = sign(where.netloc, body, config().region, credentials(), time.gmtime(), operation)
    try:
        return _kept.connection.post(headers, body, seconds)
    except BaseException:
        hang_up()  # an answer that nobody waits for any more would be taken for the next one's
        raise


def _said(answer: bytes, *, needed: bool = True) -> dict[str, Any]:
    """The object that DynamoDB answers with. Raises ConnectionError where it is none, as from a proxy that answers for it; or
    gives an empty one where none is `needed`.
    """
    try:
        said = json.loads(answer or b"{}")
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, dict):
        return said
    if needed:
        raise ConnectionError("This is no answer of DynamoDB's.")
    return {}


def _chance() -> float:
    """From 0 to 1, so that those who were refused together do not come again together. `random` would have to be loaded."""
    return int.from_bytes(RAND_bytes(2)) / 65_536


def hang_up() -> None:
    """Close the kept connection; the next call makes a new one."""
    if _kept.connection is not None:
        _kept.connection.close()
    _kept.connection = None
