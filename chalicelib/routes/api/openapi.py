"""The OpenAPI 3.1 document, made from the table of routes and the signatures of the functions that answer them.

https://spec.openapis.org/oas/v3.1.0 - nothing in it is written twice: the types that it shows are the ones that validate.
"""

import re
import sys
from collections.abc import Sequence
from inspect import getdoc, signature
from typing import Any, get_type_hints

import msgspec
from chalice.app import Response

from chalicelib.domain.words.sentences import LANGUAGES
from chalicelib.routes.api import glossary
from chalicelib.routes.api.calls import ANY, NOBODY, Route
from chalicelib.routes.api.dispatch import LONGEST_KEY, function_of
from chalicelib.routes.api.problems import Problem

_REF = "#/components/schemas/{name}"
_TEXT = {"type": "string"}
_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Makes the request idempotent: a retry within a day gets the same response.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
_HEADERS = {
    "RateLimit": {"description": "What is left of the limit, and in how many seconds it resets.", "schema": _TEXT},
    "RateLimit-Policy": {"description": "The limit, and its window in seconds.", "schema": _TEXT},
    "Retry-After": {"description": "Seconds to wait before retrying.", "schema": {"type": "integer", "minimum": 0}},
    "Content-Language": {"description": "The language of `detail`.", "schema": {"enum": list(LANGUAGES)}},
}
_SCOPES = "An API token. Each call names the scope it needs: read, send or admin."
_SESSION = (
    "The cookie that signing in sets on our own pages: named `unsealed` over http. With it a call that "
    "changes anything must say `Sec-Fetch-Site: same-origin`, or have our `Origin`."
)


def answer(routes: Sequence[Route]) -> Response:
    """The document, as JSON."""
    body = msgspec.json.encode(document(routes))
    return Response(body, headers={"Content-Type": "application/json"})


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """The document as a dict."""
    hints = {route: get_type_hints(function_of(route)) for route in routes}
    wanted = [Problem] + [
        kind
        for each in hints.values()
        for name, kind in each.items()
        if name in ("body", "return") and kind is not type(None)
    ]
    schemas = dict(zip(map(repr, wanted), *_schemas(wanted)[:1], strict=True))
    queries = [each["query"] for each in hints.values() if "query" in each]
    # What a parameter refers to; the queries themselves are no schemas of anything.
    named = {
        name: each for name, each in _schemas(queries)[1].items() if name not in {query.__name__ for query in queries}
    }
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, hints[route], schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Unsealed",
            "version": "1",
            "summary": "Know when your letter is unsealed, and know how sure that is.",
        },
        "servers": [{"url": "/"}],
        "tags": _tags(routes),
        "paths": paths,
        "components": {
            "schemas": {name: glossary.described(name, each) for name, each in (named | _schemas(wanted)[1]).items()},
            "headers": _HEADERS,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": _SCOPES},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-unsealed", "description": _SESSION},
            },
        },
    }


def _schemas(kinds: list[Any]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    return msgspec.json.schema_components(kinds, ref_template=_REF)


def _operation(route: Route, hints: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    function = function_of(route)
    operation: dict[str, Any] = {
        "tags": [_tag(route)],
        "operationId": route.answer.replace(".", "_"),
        "summary": (getdoc(function) or "").partition("\n")[0],
        "parameters": [
            *(_in_path(name) for name in re.findall(r"{(\w+)}", route.path)),
            *(_query(hints["query"]) if "query" in hints else ()),
            *([_ONCE] if route.once else ()),
        ],
        "security": _security(route),
        "responses": {
            str(route.status): _content("application/json", "Done.", schemas.get(repr(hints.get("return"))))
            | _told(route),
            "429": _content("application/problem+json", "Too many requests.", schemas[repr(Problem)])
            | _named(*_HEADERS),
            "4XX": _content("application/problem+json", "Refused, and why.", schemas[repr(Problem)])
            | _named("Content-Language"),
        },
    }
    if "body" in signature(function).parameters:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schemas[repr(hints["body"])]}},
        }
    if "raw" in signature(function).parameters:
        # Any bytes. Under the second name, too: generators of clients know it, and make nothing of a kind that they do not.
        content = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {
            "required": True,
            "content": {"message/rfc822": content, "application/octet-stream": content},
        }
    return operation


def _tag(route: Route) -> str:
    """The resource that an operation is about: the module that answers it."""
    return route.answer.partition(".")[0].replace("_", " ")


def _tags(routes: Sequence[Route]) -> list[dict[str, str]]:
    """Each resource with the first sentence of its module."""
    modules = {_tag(route): sys.modules[function_of(route).__module__] for route in routes}
    return [
        {"name": name, "description": (module.__doc__ or "").partition("\n")[0]} for name, module in modules.items()
    ]


def _security(route: Route) -> list[dict[str, list[str]]]:
    """What a caller must bring. The scope stands there as OpenAPI 3.1 has it for schemes that name none themselves."""
    if route.scope == NOBODY:
        return []
    needed = [] if route.scope == ANY else [route.scope]
    return [{"token": needed}, {"session": needed}]


def _told(route: Route) -> dict[str, Any]:
    return {} if route.scope == NOBODY else _named("RateLimit", "RateLimit-Policy")


def _named(*headers: str) -> dict[str, Any]:
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers}}


def _content(kind: str, description: str, schema: Any) -> dict[str, Any]:
    return {"description": description} | ({"content": {kind: {"schema": schema}}} if schema else {})


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "description": glossary.FIELDS[name], "required": True, "schema": _TEXT}


def _query(kind: Any) -> list[dict[str, Any]]:
    found = _schemas([kind])[1]
    name = kind.__name__
    return [
        {"name": field, "in": "query", "description": glossary.meaning(name, field), "schema": each}
        for field, each in found[name]["properties"].items()
    ]
