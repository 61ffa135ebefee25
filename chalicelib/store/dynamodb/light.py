"""DynamoDB's calls without boto3, by the request path's own connection (wire.py): a fold has a third of the work, and a
cold one need not load it.

Asked and answered in DynamoDB's own JSON: what boto3 asks of the same arguments, and what it makes of the same answers.
"""

import json
from base64 import b64encode
from ssl import RAND_bytes
from typing import Any

from chalicelib.store.dynamodb import wire
from chalicelib.store.dynamodb.conflicts import conflict
from chalicelib.store.failures import Refused, Unavailable, passes


def _binary(value: Any) -> str:
    return b64encode(value).decode()


_encode = json.JSONEncoder(separators=(",", ":"), default=_binary).encode


def ask(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What DynamoDB answers. Raises Conflict (Unmet, where a check does not hold), Unavailable or Refused."""
    if operation == "TransactWriteItems":  # by the token it knows a second try of the same
        arguments = {**arguments, "ClientRequestToken": RAND_bytes(18).hex()}
    try:
        status, answer = wire.call(operation, _encode(arguments).encode())
    except OSError as failure:
        raise Unavailable(f"{type(failure).__name__}: {operation} has no answer.") from failure
    if status == 200:
        return answer
    code, reasons = wire.code(status, answer), answer.get("CancellationReasons") or ()
    if found := conflict(code, reasons):
        raise found
    kind = Unavailable if passes(code, status, reasons) else Refused
    raise kind(f"{code}: {operation}: {answer.get('message') or answer.get('Message') or ''}")
