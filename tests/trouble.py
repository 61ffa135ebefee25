"""Trouble, made from outside: other settings, an AWS that refuses or is not there; and what the log says of it.

with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE): ...       # the request path's own put finds no table
with refusing(the_table(), "UpdateItem", "ValidationException"): ...
with meanwhile(the_table(), "PutItem", lambda: ...): ...      # somebody else writes between a load and its save
with logged() as lines: ...
assert lines[0]["message"] == "..."
"""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.log import logger
from chalicelib.store.dynamodb import sdk as dynamodb
from chalicelib.store.dynamodb import wire
from chalicelib.store.failures import _PASSING, Refused, Unavailable
from chalicelib.store.sqlite import engine as sqlite
from chalicelib.work.tracking import settings as judging
from infra.local.httpd import Request, Response
from tests.aws.aws import _call
from tests.embedded import running

NOBODY_THERE = "http://127.0.0.1:9"  # the port that RFC 863 gave to discarding: nothing listens on it


TABLE_REFUSES = (ClientError, Refused, Unavailable)
"""What the table raises where it refuses, whichever it is."""


class ByWire:
    """DynamoDB, asked without boto3: what `refusing` and `meanwhile` do to it, they do at the other end of the wire."""


def the_table() -> Any:
    """What `refusing` and `meanwhile` take for the table: boto3's client, the wire, or on one machine its engine."""
    if config().data_dir:
        return sqlite.engine()
    return ByWire() if config().light_table else dynamodb.client()


@contextmanager
def settings(**changes: str) -> Iterator[None]:
    """Within it the environment says this, and the settings are read anew."""
    if "AWS_ENDPOINT_URL_DYNAMODB" in changes and config().data_dir:
        pytest.skip("This takes the way to DynamoDB away.")
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    _start_anew()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        _start_anew()


def _start_anew() -> None:
    config.cache_clear()
    judging.settings.cache_clear()
    wire.hang_up()


@contextmanager
def refusing(client: Any, operation: str, code: str, *, after: int = 0, most: int | None = None) -> Iterator[list[str]]:
    """Within it AWS answers a boto3 client's calls of an operation with an error, which is no passing one.

    The first `after` of them still succeed, as do those after the `most` refused. What it gives is the list of those refused.
    """
    if config().data_dir:
        with _refusing_here(client, operation, code, after, most) as told:
            yield told
        return
    boto3s = dynamodb.client() if isinstance(client, ByWire) else client
    assert code in {*COMMON, *_own_codes(boto3s, operation)}, f"{operation} never answers {code}"
    if isinstance(client, ByWire):
        with _refusing_by_wire(operation, code, after, most) as told:
            yield told
        return
    in_xml = client.meta.service_model.protocol == "query"
    refused: list[str] = []
    seen = 0

    def refuse(request: Any, **_: Any) -> AWSResponse | None:
        nonlocal seen
        seen += 1
        if seen <= after or len(refused) == most:
            return None
        refused.append(operation)
        request.url = NOBODY_THERE  # all that boto3 asks before it sends are asked, tests/aws/shortcut.py too
        said = f"<E><Error><Code>{code}</Code></Error></E>" if in_xml else _refusal(code)
        return AWSResponse(request.url, 400, {"x-amzn-errortype": code}, _Said(said))

    event = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(event, refuse)
    pauses, botocore.endpoint.time = botocore.endpoint.time, _NO_PAUSES  # boto3 tries again, as it does, but at once
    try:
        yield refused
    finally:
        botocore.endpoint.time = pauses
        client.meta.events.unregister(event, refuse)


_NO_PAUSES = SimpleNamespace(sleep=lambda seconds: None)


@contextmanager
def meanwhile(client: Any, operation: str, do: Callable[[], object], *, times: int = 1) -> Iterator[None]:
    """Within it, just before each of a boto3 client's first calls of an operation goes out, something else is done.

    What that calls itself does not count.
    """
    waiting, busy = [do] * times, False

    def interrupt(**_: Any) -> None:
        nonlocal busy
        if waiting and not busy:
            busy = True
            try:
                waiting.pop()()
            finally:
                busy = False

    if config().data_dir:
        with _listening(client, lambda call: interrupt() if call == operation else None):
            yield
        return
    if isinstance(client, ByWire):
        with _listening_on_the_wire(lambda call: interrupt() if call == operation else None):
            yield
        return
    event = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(event, interrupt)
    try:
        yield
    finally:
        client.meta.events.unregister(event, interrupt)


# "Common error types" of the services' API references.
CANCELED = "TransactionCanceledException"  # here for a transaction that met another
COMMON = frozenset({"AccessDeniedException", "InternalFailure", "ThrottlingException", "ValidationException"})


def _own_codes(client: Any, operation: str) -> set[str]:
    """The error codes that an operation has in the API's own model: what an emulator answers is no measure."""
    model = client.meta.service_model.operation_model(operation)
    return {shape.error_code for shape in model.error_shapes}


def _refusal(code: str) -> str:
    why = {"CancellationReasons": [{"Code": "TransactionConflict"}]} if code == CANCELED else {}
    return json.dumps({"__type": code, **why})


@contextmanager
def _refusing_by_wire(operation: str, code: str, after: int, most: int | None) -> Iterator[list[str]]:
    """The same of the wire."""
    refused: list[str] = []
    seen = 0

    def refuse(call: str) -> Response | None:
        nonlocal seen
        if call != operation:
            return None
        seen += 1
        if seen <= after or len(refused) == most:
            return None
        refused.append(operation)
        return Response(400, (("Content-Type", "application/x-amz-json-1.0"),), _refusal(code).encode())

    with _listening_on_the_wire(refuse):
        yield refused


@contextmanager
def _listening_on_the_wire(listener: Callable[[str], Response | None]) -> Iterator[None]:
    """Within it the listener is told of each call by the wire but the request path's own put, and may answer it itself."""
    server = running()._server
    assert server is not None
    before = server.answer

    def answer(request: Request) -> Response:
        call = _call(request)
        ours = call.service == "dynamodb" and b'"attribute_not_exists(pk)"' not in call.body
        return (listener(call.operation) if ours else None) or before(request)

    server.answer = answer
    try:
        yield
    finally:
        server.answer = before


@contextmanager
def _refusing_here(engine: Any, operation: str, code: str, after: int, most: int | None) -> Iterator[list[str]]:
    """The same of the engine of one machine."""
    refused: list[str] = []
    seen = 0

    def refuse(call: str) -> None:
        nonlocal seen
        if call != operation:
            return
        seen += 1
        if seen > after and len(refused) != most:
            refused.append(operation)
            raise (
                Conflict(code)
                if "Conflict" in code or code == CANCELED
                else (Unavailable if code in _PASSING else Refused)(code)
            )

    with _listening(engine, refuse):
        yield refused


@contextmanager
def _listening(engine: Any, listener: Callable[[str], None]) -> Iterator[None]:
    if not isinstance(engine, sqlite.Engine):
        pytest.skip("This asks another service of AWS's.")
    engine.asked.append(listener)
    try:
        yield
    finally:
        engine.asked.remove(listener)


class _Said:
    """The body of an answer, as botocore reads it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def stream(self) -> Iterator[bytes]:
        yield self._text.encode()


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines that are logged within it."""
    lines: list[dict[str, Any]] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(self.format(record)))

    listener = Listener()
    listener.setFormatter(logger().registered_formatter)
    logger().addHandler(listener)
    try:
        yield lines
    finally:
        logger().removeHandler(listener)
