"""Where a request says who asks: in its Authorization header, or in the cookie that a sign-in left with a page of ours.

A cookie goes along whoever made the browser ask. So with one, whatever changes something must come from our own pages by
the browser's own word, which no page can forge: `Sec-Fetch-Site: same-origin` (W3C Fetch Metadata), and from browsers too
old to say it, an `Origin` that is ours. A custom header would do as well, but each page would have to remember it.
`SameSite=Strict` and the refusal of scripts (`HttpOnly`) stand beside that.
"""

from chalice.app import Request

from chalicelib.domain.errors import Forbidden
from chalicelib.work.accounts import signing_in

_SAFE = frozenset({"GET", "HEAD"})


def token(request: Request) -> str:
    """The API token that a request brings, "" if it brings none. The header goes before the cookie. Raises Forbidden."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme:
        return given.strip() if scheme.lower() == "bearer" else ""
    found = _cookies(request).get(_name(), "")
    if found and request.method not in _SAFE and not _is_ours(request):
        raise Forbidden("With a session cookie, only our own pages may change anything.")
    return found


def is_foreign(request: Request) -> bool:
    """Whether a browser says that another site's page makes it ask. What is no browser says nothing."""
    said = request.headers.get("sec-fetch-site") or request.headers.get("origin")
    return said not in (None, "none") and not _is_ours(request)


def kept(api_token: str) -> dict[str, str]:
    """The header by which a browser keeps a session."""
    return {"Set-Cookie": f"{_name()}={api_token}; Max-Age={signing_in.SESSION}; {_attributes()}"}


def forgotten() -> dict[str, str]:
    """The header by which a browser forgets it."""
    return {"Set-Cookie": f"{_name()}=; Max-Age=0; {_attributes()}"}


def _is_ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return bool(site == "same-origin")
    return bool(request.headers.get("origin", "").lower() == signing_in.origin())


def _name() -> str:
    """`__Host-` keeps every other host and every plain page from setting it (RFC 6265bis, 4.1.3); on http it cannot be."""
    return "__Host-unsealed" if _is_secure() else "unsealed"


def _attributes() -> str:
    return f"Path=/; HttpOnly; SameSite=Strict{'; Secure' if _is_secure() else ''}"


def _is_secure() -> bool:
    return signing_in.origin().startswith("https:")


def _cookies(request: Request) -> dict[str, str]:
    pairs = (each.partition("=") for each in request.headers.get("cookie", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}
