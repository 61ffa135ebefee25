"""boto3's short way to the AWS in its own process: no socket, no second thread, half the time of a call.

What is asked and answered is the same as over HTTP, and so is the door: Aws.perform.
"""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import botocore.handlers
from botocore.awsrequest import AWSResponse

from infra.local.aws import Aws
from infra.local.httpd import Request


def take(aws: Aws) -> None:
    """Let every client that is made from now on take it. botocore asks its handlers before it sends a request."""

    def perform(request: Any, **_: Any) -> AWSResponse | None:
        if not request.url.startswith(aws.url):
            return None
        url = urlsplit(request.url)
        headers = [
            (name, value.decode() if isinstance(value, bytes) else value) for name, value in request.headers.items()
        ]
        given = request.body.read() if hasattr(request.body, "read") else request.body or b""  # S3's is a stream
        body = given.encode() if isinstance(given, str) else bytes(given)
        answer = aws.perform(
            Request(request.method, f"{url.path}?{url.query}" if url.query else url.path, headers, body, "")
        )
        return AWSResponse(request.url, answer.status, dict(answer.headers), _Body(answer.body))

    botocore.handlers.BUILTIN_HANDLERS.append(("before-send", perform))


class _Body(io.BytesIO):
    """A response's body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it at once."""
        yield self.read()
