"""What a mail program that sets itself up is answered: the file, or the problem."""

import re
from collections.abc import Callable
from html import unescape

from chalice.app import Request, Response

from chalicelib.domain.accounts import Scope
from chalicelib.domain.errors import NotFound, Rejected
from chalicelib.routes.api import sessions
from chalicelib.routes.api.problems import problem
from chalicelib.routes.request_context import asked_at
from chalicelib.work.accounts.admitting import admit
from chalicelib.work.doors import setup_files

_ASKED = re.compile(rb"<(?:\w+:)?EMailAddress>([^<]{3,300})</")
_XML = "text/xml; charset=utf-8"


def thunderbird(request: Request) -> Response:
    """The autoconfig file of a domain: that of `emailaddress`, else of the host that was asked, as autoconfig.example.com."""
    host = str(request.headers.get("host", "")).partition(":")[0].removeprefix("autoconfig.")
    return _answered(
        request, lambda: _file(setup_files.thunderbird(_asked(request, "emailaddress") or f"@{host}"), _XML)
    )


def outlook(request: Request) -> Response:
    """The answer of Autodiscover for the address in the request."""
    found = _ASKED.search(request.raw_body or b"")
    email = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    return _answered(request, lambda: _file(setup_files.outlook(email), _XML))


def apple(request: Request) -> Response:
    """The profile for an address of the sender's: `?email=&server=&user=`, the last two where they are not known."""

    def made() -> Response:
        token, _ = admit(sessions.token(request), Scope.READ, asked_at(request))
        email, server, user = (_asked(request, name) for name in ("email", "server", "user"))
        found = _file(setup_files.apple(token.sender, email, server, user), "application/x-apple-aspen-config")
        found.headers["Content-Disposition"] = 'attachment; filename="unsealed.mobileconfig"'
        return found

    return _answered(request, made)


def _asked(request: Request, name: str) -> str:
    return str((request.query_params or {}).get(name, "")).strip()


def _file(body: bytes | None, kind: str) -> Response:
    if body is None:
        raise NotFound("No settings are kept for this domain.")
    return Response(body, {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


def _answered(request: Request, made: Callable[[], Response]) -> Response:
    try:
        return made()
    except Rejected as refused:
        return problem(refused, request)
