"""The pages as responses: one shell for all of the app, strict about what may run in it, and cheap to ask for again."""

from html import escape
from urllib.parse import quote

from chalice.app import Request, Response

from chalicelib.domain.errors import NotFound
from chalicelib.domain.words.sentences import first_of
from chalicelib.routes.api.problems import problem
from chalicelib.routes.web import files
from chalicelib.work.accounts import signing_in

PAGES = frozenset({"today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in"})
FIRST = "today"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
A_DAY = "public, max-age=86400"

# Nothing runs but our own files, nothing is asked but our own API, and no text becomes markup: Trusted Types leaves that
# to two named policies, lit-html's own for its templates, and one for the worker's address (w3c.github.io/trusted-types).
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html worker"
)
_PAGE_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def start(request: Request) -> Response:
    """The start page."""
    return _page(request, "start.html")


def icon(request: Request) -> Response:
    """The icon."""
    return _answer(request, _there("icon.ico"), A_DAY)


def first_page(request: Request) -> Response:
    """A redirect to the first page of the app."""
    return Response(b"", {"Location": f"{_root(request)}app/{FIRST}", "Cache-Control": A_DAY}, 302)


def page(request: Request, name: str) -> Response:
    """The shell, which shows the page that its address names; or the worker, which must stand beside the pages."""
    if name == "sw.js":
        return _answer(request, _there(name), A_DAY)
    return _page(request, "app.html", 200 if name in PAGES else 404)


def asset(request: Request, version: str, name: str) -> Response:
    """A file. For an older page's version it is the present one, which nobody shall keep under that name."""
    found = files.file(name)
    if found is None:
        return nothing(request)
    return _answer(request, found, FOR_EVER if version == files.version() else "no-store")


def nothing(request: Request) -> Response:
    """A page that says that there is none, or the same as a problem."""
    if "text/html" in _header(request, "accept"):
        return _page(request, "missing.html", 404)
    return problem(NotFound("There is nothing at this address."), request)


def _page(request: Request, name: str, status: int = 200) -> Response:
    found = files.page(name, _root(request), signing_in.demo(), first_of(_header(request, "accept-language")))
    answer = _answer(request, found, ASK_AGAIN, status)
    answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return answer


def _answer(request: Request, found: files.File, keep: str, status: int = 200) -> Response:
    runs = (
        keep != FOR_EVER
    )  # a page, or the worker; what they load stands under their policy, and goes without saying it
    headers = dict(_PAGE_HEADERS) if runs else {"X-Content-Type-Options": "nosniff"}
    headers |= {"Content-Type": found.kind, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if status == 200:
        headers["ETag"] = found.tag
        if found.tag in _header(request, "if-none-match").replace("W/", "").split(", "):
            return Response(b"", headers, 304)
    if found.packed is not None and "gzip" in _header(request, "accept-encoding"):
        # API Gateway sends what is packed already as it is (developer guide, "Enable payload compression").
        return Response(found.packed, headers | {"Content-Encoding": "gzip"}, status)
    return Response(found.body, headers, status)


def _there(name: str) -> files.File:
    found = files.file(name)
    if found is None:
        raise FileNotFoundError(name)
    return found


def _header(request: Request, name: str) -> str:
    """A header as it came: app.py gives every request an Accept of its own."""
    sent = request.to_original_event()["headers"] or {}
    return next((str(value) for given, value in sent.items() if given.lower() == name), "")


def _root(request: Request) -> str:
    """The path under which everything stands: the stage's, as in /api/, where there is no domain of our own.

    What a browser sees is the context's path, not the event's. As many parts as the route has are taken off its end.
    """
    event = request.to_original_event()
    greedy = (event["pathParameters"] or {}).get("proxy")
    ours = _parts(str(greedy) if greedy else str(event["resource"]))
    seen = _parts(str(request.context["path"]))
    return escape(quote("".join(f"/{part}" for part in seen[: len(seen) - len(ours)]) + "/", safe="/%~:@!$&'()*+,;="))


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]
