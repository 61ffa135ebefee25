"""AWS on one machine: moto, corrected, behind one lock, spoken to over HTTP on a loopback port.

    aws = Aws(Clock())
    aws.start()                                        # aws.url is what AWS_ENDPOINT_URL has to be

Serves DynamoDB and its streams, SQS, SNS, SES v2 and S3 to whatever speaks their wire protocol: boto3, http.client.
A request goes straight to moto's handler of the service: Flask's routing would cost as much as the work.
"""

import io
import json
import logging
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote
from zlib import crc32

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.exceptions import HTTPException
from moto.core.request import Request as MotoRequest
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler
from moto.dynamodbstreams.responses import DynamoDBStreamsHandler
from moto.moto_api._internal import mock_random
from moto.s3.responses import S3Response
from moto.sesv2.responses import SESV2Response
from moto.sns.responses import SNSResponse
from moto.sqs.responses import SQSResponse

from infra.local.clock import Clock
from infra.local.httpd import Headers, Request, Response, Server
from tests.aws import moto_faults
from tests.aws.moto_speed import Asked

log = logging.getLogger(__name__)

ACCOUNT = DEFAULT_ACCOUNT_ID
_SWEEP = "SWEEP"  # not a request of AWS's, but TTL's doing: it changes data as one does, and is recorded as one
_SCOPE = re.compile(r"Credential=[^/,]+/\d{8}/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)/aws4_request")
_READS = re.compile(r"Get|List|Describe|Query|Scan|BatchGet|TransactGet|HEAD |POST /v2/email/list-")
_HANDLERS = {
    "dynamodb": DynamoHandler.dispatch,
    "dynamodbstreams": DynamoDBStreamsHandler.dispatch,
    "email": SESV2Response.dispatch,
    "ses": SESV2Response.dispatch,
    "sns": SNSResponse.dispatch,
    "sqs": SQSResponse.dispatch,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request to AWS: `service` as it is signed for (`dynamodb`, `ses`...), `operation` as the API names it.

    S3 and SES v2 are named by method and path (`POST /v2/email/outbound-emails`).
    """

    service: str
    operation: str
    body: bytes

    @property
    def reads(self) -> bool:
        """Whether it leaves everything as it was."""
        return _READS.match(self.operation) is not None


Watcher = Callable[[Call], Callable[[Response], None]]
"""Is told of each call before it is done, and what it returns is told the answer; both under the lock."""

Recorder = Callable[[int, float, Request], None]
"""Is handed each request that changed something, with the seed and the time it was done with, before it is answered."""


class Drawn:
    """What moto's random names are drawn from: each call of an operation has the next seed of its own, whatever else is
    called beside it, so that a story with some calls more has the same names.
    """

    def __init__(self, first: int) -> None:
        self._first = first
        self._calls: Counter[str] = Counter()

    def seed(self, call: Call) -> int:
        """The seed of this call."""
        name = f"{call.service} {call.operation.partition('/')[0]}"
        self._calls[name] += 1
        return self._first << 96 | crc32(name.encode()) << 64 | self._calls[name]


class Aws:
    """AWS, as one process needs it. moto keeps its data in globals: more than one of these share them."""

    def __init__(self, clock: Clock) -> None:
        moto_faults.correct(clock.now)
        self.clock = clock
        self.watchers: list[Watcher] = []
        self.wakes: dict[str, list[threading.Event]] = {"dynamodb": [], "sqs": []}
        self.record: Recorder | None = None
        self._drawn = Drawn(secrets.randbits(64))
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """The endpoint of every service. Raises RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("AWS is not started.")
        return f"http://127.0.0.1:{self._server.port}"

    def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        self._server = Server("127.0.0.1", 0, self.perform)
        self._server.start()

    def stop(self) -> None:
        """Take no more requests."""
        if self._server is not None:
            self._server.stop()

    def perform(self, request: Request) -> Response:
        """Do one request: one after the other, watched, recorded if it changed something."""
        call = _call(request)
        with moto_faults.lock:
            callbacks = [watcher(call) for watcher in self.watchers]
            response, changed = self._do(call, request)
            for tell in callbacks:
                tell(response)
        self._wake(call.service, changed)
        return response

    def _do(self, call: Call, request: Request) -> tuple[Response, bool]:
        seed, at = self._drawn.seed(call), self.clock.now()
        response = self.replay(seed, at, request, call)
        changed = response.status < 400 and not call.reads and not _came_to_nothing(call, response)
        if changed and self.record is not None:
            self.record(seed, at, request)
        return response, changed

    def _wake(self, service: str, changed: bool) -> None:
        for wake in self.wakes.get(service, ()) if changed else ():
            wake.set()

    def replay(self, seed: int, at: float, request: Request, call: Call | None = None) -> Response:
        """Do a request with this seed for moto's random names and at this time, and tell nobody."""
        with moto_faults.lock, self.clock.held(at):
            mock_random.seed(seed)
            return (
                self._swept(request.target) if request.method == _SWEEP else _dispatch(request, call or _call(request))
            )

    def sweep(self, region: str) -> int:
        """Delete what has expired by now from all tables of a region: how many items."""
        with moto_faults.lock:
            response, _ = self._do(Call("dynamodb", _SWEEP, b""), Request(_SWEEP, region, (), b"", ""))
        gone = int(response.body)
        self._wake("dynamodb", gone > 0)
        return gone

    def _swept(self, region: str) -> Response:
        tables = dynamodb_backends[ACCOUNT][region].tables.values()
        return Response(200, (), b"%d" % sum(moto_faults.sweep(table, self.clock.now()) for table in tables))

    def draw_from(self, first: int) -> None:
        """From here on the names that are drawn at random follow from this number."""
        self._drawn = Drawn(first)

    def trim(self, region: str, table: str, passed: str) -> None:
        """Forget a table's stream records up to and with this sequence number."""
        with moto_faults.lock:
            moto_faults.trim(dynamodb_backends[ACCOUNT][region].tables[table].stream_shard, int(passed))

    def pending(self, region: str, table: str) -> int:
        """How many of a table's stream records have not been trimmed."""
        with moto_faults.lock:
            return len(dynamodb_backends[ACCOUNT][region].tables[table].stream_shard.items)


def _call(request: Request) -> Call:
    target = request.header("x-amz-target")
    scope = _SCOPE.search(request.header("authorization") or "")
    service = scope["service"] if scope else "s3"
    if target is not None:
        prefix, _, operation = target.rpartition(".")
        if prefix.startswith("DynamoDB"):
            service = "dynamodbstreams" if prefix.startswith("DynamoDBStreams") else "dynamodb"
        return Call(service, operation, request.body)
    if service in ("sns", "sqs"):
        return Call(service, parse_qs(request.body.decode()).get("Action", [""])[0], request.body)
    method = "Get" if request.method == "GET" else request.method
    return Call(service, f"{method} {request.path}", request.body)


def _came_to_nothing(call: Call, response: Response) -> bool:
    if call.operation == _SWEEP:
        return response.body == b"0"
    return call.operation == "ReceiveMessage" and b'"Messages"' not in response.body


def _dispatch(request: Request, call: Call) -> Response:
    ours: Any = Asked(request.method, request.path, request.headers, request.body)
    if not call.service.startswith("dynamodb"):
        ours = MotoRequest(_environ(request))
    handler = _HANDLERS.get(call.service) or _s3(request.path)
    try:
        status, headers, body = handler(ours, ours.raw_url, ours.headers)
    except HTTPException as refused:
        status, headers, body = refused.code, dict(refused.get_headers()), refused.get_body()
    except NotImplementedError as missing:
        log.warning("%s %s: %s", call.service, call.operation, missing)
        status, headers = 501, {"Content-Type": "application/json"}
        body = json.dumps({"__type": "NotImplemented", "message": str(missing)})
    content = body if isinstance(body, bytes) else str(body).encode()
    return Response(int(status), [(name, str(value)) for name, value in headers.items() if name != "status"], content)


def _s3(path: str) -> Callable[..., tuple[int, dict[str, object], str | bytes]]:
    if re.fullmatch(r"/[^/]+/.+", path):
        return S3Response.key_dispatch  # type: ignore[no-any-return]
    return S3Response.bucket_dispatch if path == "/" else S3Response.ambiguous_dispatch  # type: ignore[no-any-return]


def _environ(request: Request) -> dict[str, object]:
    """The request as WSGI has it (PEP 3333), which is what moto's is made of."""
    environ: dict[str, object] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(request.path, "latin-1"),
        "QUERY_STRING": request.target.partition("?")[2],
        "RAW_URI": request.target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
    }
    environ.update(_headers(request.headers))
    environ["CONTENT_LENGTH"] = str(len(request.body))
    return environ


def _headers(headers: Headers) -> dict[str, str]:
    named = {}
    for name, value in headers:
        key = name.upper().replace("-", "_")
        if key != "TRANSFER_ENCODING":
            named[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return named
