"""Request errors as responses: `application/problem+json` (RFC 9457), in the language that the caller asks for.

A browser asks by Accept-Language (RFC 9110, 12.5.4), and so do our own pages and programs, in the language that they speak.
Who asks for none, or for one that is not ours, reads English. `title` and `field` are names, the same in every language.
"""

import msgspec
from chalice.app import Request, Response

from chalicelib.domain.errors import Forbidden, Rejected, TooMany
from chalicelib.domain.limits import Allowance
from chalicelib.domain.words.sentences import first_of, noted, said

# The phrases of RFC 9110, section 15, and RFC 6585: what a title is where no type says more (RFC 9457, section 4.2.1).
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What was refused, and why: `title` is HTTP's phrase for the `status`, `detail` a sentence, `field` what it is about."""

    title: str
    status: int
    detail: str
    field: str | None = None


def problem(error: Rejected, request: Request) -> Response:
    """The answer to a request that was refused."""
    answer = _answer(request, error.status, error.sentence, error.field)
    match error:
        case Forbidden(scope=scope) if scope:  # RFC 6750, section 3.1
            answer.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{scope}"'
        case TooMany(allowance=allowance):
            answer.headers |= {"Retry-After": str(allowance.resets_in), **rate_limit(allowance)}
    return answer


def rate_limit(allowance: Allowance) -> dict[str, str]:
    """The header fields that tell what is left of a limit (draft-ietf-httpapi-ratelimit-headers-09)."""
    name, limit = f'"{allowance.limit.name}"', allowance.limit
    return {
        "RateLimit-Policy": f"{name};q={limit.most};w={limit.window}",
        "RateLimit": f"{name};r={allowance.left};t={allowance.resets_in}",
    }


def our_fault(request: Request) -> Response:
    """The answer where something unexpected happened; it is in the log."""
    return _answer(
        request, 500, noted("Something went wrong here. It has been logged; you may retry the same request.")
    )


def _answer(request: Request, status: int, sentence: str, field: str | None = None) -> Response:
    language = first_of(request.headers.get("accept-language", ""))
    found = Problem(title=_TITLES[status], status=status, detail=said(sentence, language), field=field)
    headers = {"Content-Type": "application/problem+json", "Content-Language": language, "Vary": "Accept-Language"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(found), headers, status)
