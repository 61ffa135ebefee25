"""One signed PutItem over one kept connection: the only call that the request path makes.

boto3 would cost a cold open more than all the rest together (docs/cold-start.md), so this is a socket (connection.py)
and the documented protocol: AWS Signature Version 4
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html) and DynamoDB's JSON 1.0
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html).
Sending twice is harmless: every put is conditional on the item not being there.
"""

import hmac
import json
import threading
import time
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from chalicelib.config import Credentials, config, credentials
from chalicelib.store.dynamodb.connection import Connection
from chalicelib.store.dynamodb.values import Wire

_SERVICE = "dynamodb"
_TARGET = "DynamoDB_20120810.PutItem"
_TYPE = "application/x-amz-json-1.0"
_SECONDS = 0.45  # for each try, many times what DynamoDB takes: somebody waits for the answer...
_PAUSES = (0.05, 0.1, None)  # seconds before the next try; None: there is none. ...so they all end within 1.5
_PASSING = frozenset({"ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"})
_encode = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make an encoder for each call


class _Kept(threading.local):
    """The kept connection. Lambda calls a process once at a time; elsewhere each thread has its own."""

    connection: Connection | None = None


_kept = _Kept()


class TableUnavailable(Exception):  # noqa: N818
    """The table did not take the item: unreachable, throttled beyond patience, or refused. The item is not lost: spill it."""


def put_once(table: str, item: dict[str, Wire]) -> None:
    """Put an item unless one with its key is there already, which is a quiet success. Raises TableUnavailable."""
    body = _encode({"TableName": table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}).encode()
    reason = ""
    for pause in _PAUSES:
        try:
            status, answer = _send(body)
        except OSError as failure:
            hang_up()
            reason = type(failure).__name__
        else:
            if status == 200:
                return
            reason = str(answer.get("__type", status)).rpartition("#")[2]
            if reason == "ConditionalCheckFailedException":
                return
            if status < 500 and reason not in _PASSING:
                break
        if pause is not None:
            time.sleep(pause)
    raise TableUnavailable(reason)


def _send(body: bytes) -> tuple[int, dict[str, str]]:
    where = urlsplit(config().dynamodb_endpoint)
    if _kept.connection is not None and _kept.connection.gone():
        hang_up()
    if _kept.connection is None:
        _kept.connection = Connection(where.scheme, where.netloc, _SECONDS, config().ca_bundle)
    status, answer = _kept.connection.post(
        sign(where.netloc, body, config().region, credentials(), time.gmtime()), body
    )
    return status, _said(answer)


def _said(answer: bytes) -> dict[str, str]:
    """The object that DynamoDB answers with. Raises ConnectionError where it is none, as from a proxy that answers for it."""
    try:
        said = json.loads(answer or b"{}")
    except (ValueError, RecursionError) as failure:
        raise ConnectionError("This is no answer of DynamoDB's.") from failure
    if not isinstance(said, dict):
        raise ConnectionError("This is no answer of DynamoDB's.")
    return said


def hang_up() -> None:
    """Close the kept connection; the next put makes a new one."""
    if _kept.connection is not None:
        _kept.connection.close()
    _kept.connection = None


def sign(host: str, body: bytes, region: str, who: Credentials, at: time.struct_time) -> dict[str, str]:
    """The headers of a signed PutItem: Signature Version 4 over method, path, host, date, target and body."""
    stamp, day = time.strftime("%Y%m%dT%H%M%SZ", at), time.strftime("%Y%m%d", at)
    headers = {"content-type": _TYPE, "host": host, "x-amz-date": stamp, "x-amz-target": _TARGET}
    if who.session_token:
        headers["x-amz-security-token"] = who.session_token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    scope = f"{day}/{region}/{_SERVICE}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    signature = hmac.new(_signing_key(who.secret_key, day, region), text.encode(), sha256).hexdigest()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={who.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


@lru_cache(maxsize=2)
def _signing_key(secret: str, day: str, region: str) -> bytes:
    key = b"AWS4" + secret.encode()
    for part in (day, region, _SERVICE, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
