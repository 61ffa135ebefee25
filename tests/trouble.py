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
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.log import logger
from chalicelib.store.dynamodb import engine as dynamodb
from chalicelib.store.dynamodb import wire
from chalicelib.store.failures import _PASSING, Refused, Unavailable
from chalicelib.store.sqlite import engine as sqlite
from chalicelib.work.tracking import settings as judging

NOBODY_THERE = "http://127.0.0.1:9"  # the port that RFC 863 gave to discarding: nothing listens on it


TABLE_REFUSES = (ClientError, Refused, Unavailable)
"""What the table raises where it refuses, whichever it is."""


def the_table() -> Any:
    """What `refusing` and `meanwhile` take for the table: boto3's client, or on one machine its engine."""
    return sqlite.engine() if config().data_dir else dynamodb.client()


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
    assert code in {*COMMON, *_own_codes(client, operation)}, f"{operation} never answers {code}"
    in_xml = client.meta.service_model.protocol == "query"
    refused: list[str] = []
    seen = 0

    def refuse(request: Any, **_: Any) -> AWSResponse | None:
        nonlocal seen
        seen += 1
        if seen <= after or len(refused) == most:
            return None
        refused.append(operation)
        request.url = NOBODY_THERE  # all that boto3 asks before it sends are asked, infra/local/shortcut.py too
        why = {"CancellationReasons": [{"Code": "TransactionConflict"}]} if code == CANCELED else {}
        said = f"<E><Error><Code>{code}</Code></Error></E>" if in_xml else json.dumps({"__type": code, **why})
        return AWSResponse(request.url, 400, {"x-amzn-errortype": code}, _Said(said))

    event = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(event, refuse)
    try:
        yield refused
    finally:
        client.meta.events.unregister(event, refuse)


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
