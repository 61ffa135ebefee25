"""boto3's short way to the AWS in its own process: no socket, no second thread, half the time of a call.

What is asked and answered is the same as over HTTP, and so is the door: Aws.perform.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

import botocore.handlers
from botocore.awsrequest import AWSResponse

from infra.local.httpd import Request, Response
from tests.aws import boto_speed


class Door(Protocol):
    """Who answers: the AWS of this process, or what a test puts before it."""

    @property
    def url(self) -> str: ...

    def perform(self, request: Request) -> Response: ...


def take(aws: Door, *, signed: bool = False) -> None:
    """Let every client that is made from now on take it. botocore asks its handlers before it sends a request.

    DynamoDB is asked with signatures where whoever answers for it might look at them.
    """
    boto_speed.quicken()
    botocore.handlers.BUILTIN_HANDLERS.append(("before-send", handler(aws)))
    if not signed:
        botocore.handlers.BUILTIN_HANDLERS.append(("choose-signer", boto_speed.signer))


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
