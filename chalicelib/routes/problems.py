"""Refusals as answers: `application/problem+json` (RFC 9457)."""

import msgspec
from chalice.app import Response

from chalicelib.domain.limits import Allowance
from chalicelib.domain.refusals import Forbidden, Refusal, TooMany

_TITLES = {
    400: "Malformed request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    409: "It changed meanwhile",
    413: "Too large",
    422: "That cannot be",
    429: "Too often",
    500: "Our fault",
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What was refused, and why: `detail` is a sentence, `field` the part of the request that it is about."""

    title: str
    status: int
    detail: str
    field: str | None = None


def problem(refusal: Refusal) -> Response:
    """The answer to a request that was refused."""
    found = Problem(title=_TITLES[refusal.status], status=refusal.status, detail=refusal.sentence, field=refusal.field)
    answer = _answer(found)
    match refusal:
        case Forbidden(scope=scope) if scope:  # RFC 6750, section 3.1
            answer.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{scope}"'
        case TooMany(allowance=allowance):
            answer.headers |= {"Retry-After": str(allowance.resets_in), **told(allowance)}
    return answer


def told(allowance: Allowance) -> dict[str, str]:
    """The header fields that tell what is left of a limit (draft-ietf-httpapi-ratelimit-headers-09)."""
    name, limit = f'"{allowance.limit.name}"', allowance.limit
    return {
        "RateLimit-Policy": f"{name};q={limit.most};w={limit.window}",
        "RateLimit": f"{name};r={allowance.left};t={allowance.resets_in}",
    }


def our_fault() -> Response:
    """The answer where something unexpected happened; it is in the log."""
    sentence = "Something went wrong here. It has been logged; the same request may be sent again."
    return _answer(Problem(title=_TITLES[500], status=500, detail=sentence))


def _answer(found: Problem) -> Response:
    headers = {"Content-Type": "application/problem+json"}
    if found.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(found), headers, found.status)
