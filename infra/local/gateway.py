"""The front door: what API Gateway is to Chalice. A REST API with `*/*` as its binary type, at a domain of its own.

The shape of events and answers: developer guide, "Lambda proxy integrations in API Gateway"; limits: "Quotas for
configuring and running a REST API" and, for what is handed to a function, Lambda's quota of 6 MB.
"""

import base64
import hashlib
import os
import uuid
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import parse_qsl

from chalice.local import LocalChalice

from infra.local.clock import Clock
from infra.local.functions import FunctionError, invoke
from infra.local.httpd import Headers, Request, Response
from infra.local.routing import Routes, preflight, route
from infra.settings import WrongSetting

MOST_HEADERS = 10_240
MOST_BODY = 10 * 1024 * 1024
MOST_PAYLOAD = 6 * 1024 * 1024

Proxies = Sequence[IPv4Network | IPv6Network]
"""Whose word on where a request comes from is believed."""

_JSON = ("Content-Type", "application/json")
_FORBIDDEN = Response(403, [_JSON], b'{"message":"Missing Authentication Token"}')
_TOO_LONG = Response(413, [_JSON], b'{"message":"Request Too Long"}')
_FAILED = Response(502, [_JSON], b'{"message": "Internal server error"}')
_DROPPED = frozenset(
    {"connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
_REMAPPED = frozenset({"connection", "content-length", "date", "server", "www-authenticate"})


def event(
    method: str, path: str, headers: Headers, body: bytes, at: float, request_id: str, source_ip: str, routes: Routes
) -> dict[str, Any] | None:
    """The proxy event (version 1.0) for a request, or None where the gateway itself says 403.

    `request_id` is the gateway's own name of the request. A client may give it another, but for the extended one.
    `path` is the request's target with its query, `at` unix seconds, `routes` Chalice's.
    """
    path, _, asked = path.partition("?")
    taken = route(path, routes)
    if taken is None or method not in routes[taken[0]]:
        return None
    many = _gathered([(name, value) for name, value in headers if name.lower() not in _DROPPED])
    query = _gathered(parse_qsl(asked, keep_blank_values=True))
    host = next((values[-1] for name, values in many.items() if name.lower() == "host"), "localhost")
    agent = next((values[-1] for name, values in many.items() if name.lower() == "user-agent"), None)
    return {
        "resource": taken[0],
        "path": path,
        "httpMethod": method,
        "headers": _last(many),
        "multiValueHeaders": many,
        "queryStringParameters": _last(query) or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": taken[1] or None,
        "stageVariables": None,
        "requestContext": {
            "resourceId": "local",
            "resourcePath": taken[0],
            "httpMethod": method,
            "extendedRequestId": base64.b64encode(hashlib.sha256(request_id.encode()).digest()[:11]).decode(),
            "requestTime": datetime.fromtimestamp(at, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "path": path,
            "accountId": "123456789012",
            "protocol": "HTTP/1.1",
            "stage": "local",
            "domainPrefix": host.partition(".")[0],
            "requestTimeEpoch": int(at * 1000),
            "requestId": _named(many) or request_id,
            "identity": {**dict.fromkeys(_NOBODY), "sourceIp": source_ip, "userAgent": agent},
            "domainName": host,
            "apiId": "local",
        },
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


def _named(headers: Mapping[str, Sequence[str]]) -> str:
    """What the client calls its request ("Variables for access logging": `$context.requestId` may be overridden)."""
    return next((values[-1] for name, values in headers.items() if name.lower() == "x-amzn-requestid"), "")


_NOBODY = (
    *("cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "principalOrgId", "accessKey"),
    *("cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "user"),
)


def answer(result: Any) -> Response:
    """What the gateway makes of a function's answer: 502 if it is no proxy response or larger than Lambda lets through."""
    if not isinstance(result, Mapping) or not isinstance(result.get("statusCode"), int):
        return _FAILED
    body = result.get("body")
    if not isinstance(body, str | None) or len(body or "") > MOST_PAYLOAD:
        return _FAILED
    try:
        content = (
            base64.b64decode(body or "", validate=True) if result.get("isBase64Encoded") else (body or "").encode()
        )
    except NotBase64:
        return _FAILED
    headers = [(name, str(value)) for name, value in (result.get("headers") or {}).items()]
    headers += [
        (name, str(value)) for name, values in (result.get("multiValueHeaders") or {}).items() for value in values
    ]
    named = [(f"x-amzn-Remapped-{name}" if name.lower() in _REMAPPED else name, value) for name, value in headers]
    if not any(name.lower() == "content-type" for name, _ in named):
        named.append(_JSON)
    return Response(result["statusCode"], named, content)


class Gateway:
    """Answers HTTP requests by an application's functions, several at a time. `app` is the Chalice object, `proxies` whose
    X-Forwarded-For is believed; None believes everybody's, as a demo does.
    """

    def __init__(
        self,
        app: Any,
        clock: Clock,
        console: Callable[[Request], Response | None],
        proxies: Proxies | None = None,
    ) -> None:
        self._app = concurrent(app)
        self._proxies = proxies
        self._clock = clock
        self._console = console

    def __call__(self, request: Request) -> Response:
        """The answer: the console's for its own paths, else the application's."""
        answer = self._console(request)
        return self._answer(request) if answer is None else answer

    def _answer(self, request: Request) -> Response:
        request_id = str(uuid.uuid4())
        peer = source_ip(request, self._proxies)
        came = ", ".join(value for name, value in request.headers if name.lower() == "x-forwarded-for")
        headers = [(name, value) for name, value in request.headers if name.lower() != "x-forwarded-for"]
        headers += [
            ("X-Forwarded-For", f"{came}, {request.peer}" if came else request.peer),
            ("X-Forwarded-Proto", "http"),
        ]
        made = event(
            request.method, request.target, headers, request.body, self._clock.now(), request_id, peer, self._app.routes
        )
        if made is None:
            return preflight(request, self._app.routes) or _FORBIDDEN
        if len(made["body"] or "") + len(request.target) + MOST_HEADERS > MOST_PAYLOAD:
            return _TOO_LONG
        try:
            response = answer(invoke("api_handler", self._app, made))
        except FunctionError:
            response = _FAILED
        date = format_datetime(datetime.fromtimestamp(self._clock.now(), UTC), usegmt=True)
        headers = [*response.headers, ("Date", date), ("x-amzn-RequestId", made["requestContext"]["requestId"])]
        return Response(response.status, headers, response.body)


def proxies() -> Proxies:
    """The proxies before this machine, by PROXY: addresses and networks, separated by commas. Raises WrongSetting."""
    named = [each.strip() for each in os.environ.get("PROXY", "").split(",")]
    try:
        return tuple(ip_network(each) for each in named if each)
    except ValueError as wrong:
        raise WrongSetting(
            f"PROXY is the address of the proxy before this machine, such as 127.0.0.1: {wrong}"
        ) from wrong


def source_ip(request: Request, proxies: Proxies | None) -> str:
    """Whose request it is: the peer, or, where that is a proxy, the last address that it and other proxies were handed by.

    Where `proxies` is None, it is the first address of X-Forwarded-For, so that a demo can play people in many places.
    """
    named = [each.strip() for value in _forwarded(request) for each in value.split(",")]
    if proxies is None:
        return next((str(found) for each in named[:1] if (found := _address(each))), request.peer)
    by = request.peer
    for each in reversed(named):
        peer, found = _address(by), _address(each)
        if peer is None or found is None or not any(peer in each for each in proxies):
            break
        by = str(found)
    return by


def _forwarded(request: Request) -> list[str]:
    return [value for name, value in request.headers if name.lower() == "x-forwarded-for"]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def concurrent(app: Any) -> Any:
    """The application with a current request for each thread. Lambda calls a process once at a time, we do not."""
    if not isinstance(app, LocalChalice):
        app.__class__ = type("ConcurrentChalice", (LocalChalice, app.__class__), {})
    return app


def _gathered(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {}
    for name, value in pairs:
        gathered.setdefault(name, []).append(value)
    return gathered


def _last(gathered: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: values[-1] for name, values in gathered.items()}
