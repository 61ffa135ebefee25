"""Refusals as answers: `application/problem+json` (RFC 9457)."""

import msgspec
from chalice.app import Response

from chalicelib.domain.refusals import Refusal

_TITLES = {
    400: "Malformed request",
    401: "Not signed in",
    404: "Not found",
    409: "It changed meanwhile",
    413: "Too large",
    422: "That cannot be",
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
    return _answer(
        Problem(title=_TITLES[refusal.status], status=refusal.status, detail=refusal.sentence, field=refusal.field)
    )


def our_fault() -> Response:
    """The answer where something unexpected happened; it is in the log."""
    sentence = "Something went wrong here. It has been logged; the same request may be sent again."
    return _answer(Problem(title=_TITLES[500], status=500, detail=sentence))


def _answer(found: Problem) -> Response:
    headers = {"Content-Type": "application/problem+json"}
    if found.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(found), headers, found.status)
