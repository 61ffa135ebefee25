"""The Outlook add-in's files as responses. Outlook on the web shows its pages in a frame; they load Microsoft's office.js."""

import msgspec
from chalice.app import Request, Response

from chalicelib.routes.web.answers import nothing
from chalicelib.work.doors import outlook

_MICROSOFT = "https://appsforoffice.microsoft.com"
_FRAMES = "https://*.office.com https://*.office365.com https://*.outlook.com https://outlook.live.com https://*.cloud.microsoft"
_POLICY = (
    f"default-src 'none'; script-src 'self' {_MICROSOFT}; style-src 'self'; img-src 'self' data:; "
    f"connect-src 'self' {_MICROSOFT}; base-uri 'none'; form-action 'self'; frame-ancestors {_FRAMES}"
)


def part(request: Request, name: str) -> Response:
    """A file of the add-in."""
    found = outlook.part(name)
    if found is None:
        return nothing(request)
    headers = {"Content-Type": found.kind, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if found.kind.startswith("text/html"):
        headers |= {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}
    return Response(found.body, headers)


def allowed() -> Response:
    """Which script classic Outlook may run."""
    return Response(
        msgspec.json.encode(outlook.allowed()), {"Content-Type": "application/json", "Cache-Control": "no-cache"}
    )
