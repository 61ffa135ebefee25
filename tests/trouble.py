"""Trouble, made from outside: other settings, an AWS that refuses or is not there; and what the log says of it.

with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE): ...       # the request path's own put finds no table
with refusing(dynamodb.client(), "UpdateItem", "ValidationException"): ...
with meanwhile(dynamodb.client(), "PutItem", lambda: ...): ...      # somebody else writes between a load and its save
with logged() as lines: ...
assert lines[0]["message"] == "..."
"""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSResponse

from chalicelib.config import config
from chalicelib.log import logger
from chalicelib.store.dynamodb import wire
from chalicelib.work.tracking import settings as judging

NOBODY_THERE = "http://127.0.0.1:9"  # the port that RFC 863 gave to discarding: nothing listens on it


@contextmanager
def settings(**changes: str) -> Iterator[None]:
    """Within it the environment says this, and the settings are read anew."""
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
        said = f"<E><Error><Code>{code}</Code></Error></E>" if in_xml else json.dumps({"__type": code})
        return AWSResponse(request.url, 400, {"x-amzn-errortype": code}, _Said(said))

    event = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(event, refuse)
    try:
        yield refused
    finally:
        client.meta.events.unregister(event, refuse)


@contextmanager
def meanwhile(client: Any, operation: str, do: Callable[[], object]) -> Iterator[None]:
    """Within it, just before a boto3 client's first call of an operation goes out, something else is done."""
    waiting = [do]

    def interrupt(**_: Any) -> None:
        if waiting:
            waiting.pop()()

    event = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(event, interrupt)
    try:
        yield
    finally:
        client.meta.events.unregister(event, interrupt)


# "Common error types" of the services' API references.
COMMON = frozenset({"AccessDeniedException", "InternalFailure", "ThrottlingException", "ValidationException"})


def _own_codes(client: Any, operation: str) -> set[str]:
    """The error codes that an operation has in the API's own model: what an emulator answers is no measure."""
    model = client.meta.service_model.operation_model(operation)
    return {shape.error_code for shape in model.error_shapes}


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
