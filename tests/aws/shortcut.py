"""boto3's short way to the AWS in its own process: no socket, no second thread, half the time of a call.

What is asked and answered is the same as over HTTP, and so is the door: Aws.perform.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Protocol
from urllib.parse import urlsplit

import boto3
import botocore.handlers
from botocore.awsrequest import AWSResponse

from infra.local.httpd import Request, Response
from tests.aws import boto_speed


class Door(Protocol):
    """Who answers: the AWS of this process, or what a test puts before it."""

    @property
    def url(self) -> str: ...

    def perform(self, request: Request) -> Response: ...


@contextmanager
def taken(aws: Door, *, signed: bool = False) -> Iterator[None]:
    """Within it every client that is made takes it. botocore asks its handlers before it sends a request.

    DynamoDB is asked with signatures where whoever answers for it might look at them.
    """
    if boto3.DEFAULT_SESSION is None:
        boto3.setup_default_session()
    way = ("before-send", handler(aws))
    botocore.handlers.BUILTIN_HANDLERS.append(way)
    boto3.DEFAULT_SESSION.events.register(*way)  # it outlives each AWS, and looked at the handlers when it was made
    try:
        with nullcontext() if signed else boto_speed.unproven(aws.url):
            yield
    finally:
        boto3.DEFAULT_SESSION.events.unregister(*way)
        botocore.handlers.BUILTIN_HANDLERS.remove(way)


def handler(door: Door) -> Callable[..., AWSResponse | None]:
    """What takes a client's requests there: a handler for its event `before-send`."""

    def perform(request: Any, **_: Any) -> AWSResponse | None:
        if not request.url.startswith(f"{door.url}/"):
            return None
        url = urlsplit(request.url)
        headers = [
            (name, value.decode() if isinstance(value, bytes) else value) for name, value in request.headers.items()
        ]
        given = request.body.read() if hasattr(request.body, "read") else request.body or b""  # S3's is a stream
        body = given.encode() if isinstance(given, str) else bytes(given)
        answer = door.perform(
            Request(request.method, f"{url.path}?{url.query}" if url.query else url.path, headers, body, "")
        )
        return AWSResponse(request.url, answer.status, dict(answer.headers), _Body(answer.body))

    return perform


class _Body(io.BytesIO):
    """A response's body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it at once."""
        yield self.read()
