"""Which of an application's routes a path takes, as API Gateway chooses, and what the gateway says of them by itself."""

from collections.abc import Mapping
from typing import Any

from infra.local.httpd import Request, Response

Routes = Mapping[str, Mapping[str, Any]]
"""What each path answers: {"/o/{token}": {"GET": ..., "HEAD": ...}}; Chalice's `app.routes` is one."""

_GREEDY = "/{proxy+}"  # the only greedy route that there is any use for


def route(path: str, routes: Routes) -> tuple[str, dict[str, str]] | None:
    """The route that a path takes, and its parameters as they stand in the path, undecoded. A fixed part beats a `{x}`,
    and both beat a greedy `{x+}`, which takes what is left.
    """
    parts = (path if path == "/" else path.removesuffix("/")).split("/")
    for pattern in sorted(routes):  # a letter sorts before the brace
        names = pattern.split("/")
        pairs = list(zip(names, parts, strict=False))
        if len(names) == len(parts) and all(_is_parameter(name) or name == part for name, part in pairs):
            return pattern, {name[1:-1]: part for name, part in pairs if _is_parameter(name)}
    if _GREEDY in routes and len(path) > 1:
        return _GREEDY, {"proxy": path[1:]}
    return None


def preflight(request: Request, routes: Routes) -> Response | None:
    """What the gateway answers to OPTIONS by itself, where Chalice gave a route CORS."""
    taken = route(request.path, routes)
    if request.method != "OPTIONS" or taken is None:
        return None
    entries = routes[taken[0]]
    allowed = {method: entry.cors for method, entry in entries.items() if getattr(entry, "cors", None) is not None}
    if not allowed:
        return None
    headers: dict[str, str] = next(iter(allowed.values())).get_access_control_headers()
    return Response(200, [*headers.items(), ("Access-Control-Allow-Methods", ",".join([*allowed, "OPTIONS"]))])


def _is_parameter(name: str) -> bool:
    return name.startswith("{") and name.endswith("}") and not name.endswith("+}")
