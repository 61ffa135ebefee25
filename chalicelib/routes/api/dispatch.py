"""How a call of the API is answered: who asks, what the function wants, what it gives, and request errors made problems."""

import gzip
import re
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any, get_type_hints
from urllib.parse import unquote

import msgspec
from chalice.app import Request, Response

from chalicelib.domain.accounts import ApiToken, Scope
from chalicelib.domain.errors import BadInput, Forbidden, NotFound, Rejected
from chalicelib.domain.messages import LONGEST_ADDRESS
from chalicelib.domain.records import field, record
from chalicelib.domain.words.sentences import say
from chalicelib.log import logger
from chalicelib.routes.api import reading, sessions
from chalicelib.routes.api.calls import ANY, NOBODY, Route
from chalicelib.routes.api.problems import our_fault, problem, rate_limit
from chalicelib.routes.request_context import asked_at, request_id
from chalicelib.work.accounts.admitting import admit

LONGEST_KEY = 255  # characters
LARGEST = 4_500_000  # bytes: Lambda hands on 6 MB, and a quarter of that is lost to base64


@record
class Guest:
    """One request to the API by nobody knows whom. `headers` are what its answer carries beside those of every answer."""

    at: float
    request_id: str
    address: str
    agent: str
    headers: dict[str, str] = field(default_factory=dict)


@record
class Call:
    """One request to the API, once it is known who asks. `address` and `agent` are of the sender's own device.

    `key` is the caller's name of the request, the same when it is sent again; "" where there is none. `packs` is whether the
    caller takes a compressed answer.
    """

    sender: str
    token: ApiToken
    at: float
    request_id: str
    address: str
    agent: str
    headers: dict[str, str] = field(default_factory=dict)
    key: str = ""
    packs: bool = False


def answer(route: Route, request: Request, parameters: dict[str, str]) -> Response:
    """The answer to a call: what the route's function gives, as JSON, or the problem."""
    headers = {"Cache-Control": "no-store"}  # it is one sender's own, and some of it is said once
    try:
        call = _guest(request, headers) if route.scope == NOBODY else _call(route, request, headers)
        function = function_of(route)
        given = function(call, **_arguments(function, request, parameters))
    except Rejected as error:
        refused = problem(error, request)
        refused.headers = headers | refused.headers
        return refused
    except Exception:  # noqa: BLE001 - the edge: whoever asks gets an answer, and we the reason
        logger().exception("A call of the API failed.", extra={"call": f"{route.method} {route.path}"})
        return our_fault(request)
    if given is None:
        return Response(b"", headers, status_code=route.status)
    return _answer(msgspec.json.encode(given), headers | {"Content-Type": "application/json"}, route.status, request)


def _answer(body: bytes, headers: dict[str, str], status: int, request: Request) -> Response:
    """The answer, compressed where Lambda would not hand it on otherwise and the caller takes that (RFC 9110, 12.5.3)."""
    if len(body) > LARGEST and _packs(request):
        body, headers = (
            gzip.compress(body, 1, mtime=0),
            headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
        )
    return Response(body, headers, status)


def _packs(request: Request) -> bool:
    said = (each.replace(" ", "").lower() for each in request.headers.get("accept-encoding", "").split(","))
    return any(each.partition(";")[0] in ("gzip", "*") and not re.search(r";q=0(\.0*)?$", each) for each in said)


def function_of(route: Route) -> Callable[..., Any]:
    """The function that answers a route."""
    module, _, name = route.answer.partition(".")
    function: Callable[..., Any] = getattr(import_module(f"chalicelib.routes.resources.{module}"), name)
    return function


def _guest(request: Request, headers: dict[str, str]) -> Guest:
    """Raises Forbidden where another site's page asks: it shall sign nobody in as somebody else."""
    if sessions.is_foreign(request):
        raise Forbidden("From a browser, only our own pages may call this.")
    return Guest(asked_at(request), request_id(request), _address(request), _agent(request), headers)


def _call(route: Route, request: Request, headers: dict[str, str]) -> Call:
    scope = None if route.scope == ANY else Scope(route.scope)
    address, agent = _address(request), _agent(request)
    token, allowance = admit(sessions.token(request), scope, asked_at(request), address, agent)
    headers |= rate_limit(allowance)
    return Call(
        sender=token.sender,
        token=token,
        at=asked_at(request),
        request_id=request_id(request),
        address=address,
        agent=agent,
        headers=headers,
        key=_key(request) if route.once else "",
        packs=_packs(request),
    )


def _address(request: Request) -> str:
    return str(request.context["identity"]["sourceIp"])


def _agent(request: Request) -> str:
    return str(request.headers.get("user-agent", ""))


def _key(request: Request) -> str:
    """https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/"""
    key: str | None = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise BadInput(say("An Idempotency-Key has 1 to {most} characters.", most=LONGEST_KEY), "Idempotency-Key")
    return key or ""


def _arguments(function: Callable[..., Any], request: Request, parameters: dict[str, str]) -> dict[str, Any]:
    types = get_type_hints(function)
    wanted = signature(function).parameters
    arguments: dict[str, Any] = {name: unquote(value) for name, value in parameters.items()}
    if any(len(value) > LONGEST_ADDRESS for value in arguments.values()):  # nothing has a longer name, nor could a key
        raise NotFound("There is nothing at this address.")
    given = request.query_params
    several = {name: given.getlist(name) for name in given or ()}
    query = {name: values if len(values) > 1 else values[0] for name, values in several.items()}
    if "query" in wanted:
        arguments["query"] = reading.query(query, types["query"])
    elif query:
        raise BadInput("This call accepts no query parameters.", next(iter(query)))
    if "body" in wanted:
        arguments["body"] = reading.body(request.raw_body or b"", types["body"])
    if "raw" in wanted:
        arguments["raw"] = request.raw_body or b""
    return arguments
