"""The paths under /_local/: what a person at this machine may see and do. Never deployed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from infra.local import sent
from infra.local.httpd import Request, Response

_MOST_SECONDS = 1e9


class Console:
    """Answers /_local/*. `advance` moves the clock by seconds and returns the time; `settle` waits for what follows."""

    def __init__(self, now: Callable[[], float], advance: Callable[[float], float], settle: Callable[[], None]) -> None:
        self._now = now
        self._advance = advance
        self._settle = settle
        self._paths = {
            ("GET", "/_local/outbox"): self._outbox,
            ("GET", "/_local/pushes"): self._pushes,
            ("GET", "/_local/clock"): self._clock,
            ("POST", "/_local/clock"): self._move,
            ("POST", "/_local/receive"): self._receive,
        }

    def __call__(self, request: Request) -> Response | None:
        """The answer, or None for a path that is not the console's."""
        path = request.path
        if not path.startswith("/_local/"):
            return None
        act = self._paths.get((request.method, path))
        if act is None:
            paths = ", ".join(f"{method} {path}" for method, path in self._paths)
            return _problem(404, f"The console knows {paths}.")
        return act(request)

    def _outbox(self, request: Request) -> Response:
        return _json(200, {"items": sent.outbox()})

    def _pushes(self, request: Request) -> Response:
        return _json(200, {"items": sent.pushes()})

    def _clock(self, request: Request) -> Response:
        return _json(200, {"now": _iso(self._now())})

    def _move(self, request: Request) -> Response:
        """Answered when TTL, the schedules and what they led to are done: three days pass before the answer."""
        try:
            seconds = float(json.loads(request.body)["advance_seconds"])
        except (ValueError, TypeError, KeyError):
            seconds = -1.0
        if not 0 <= seconds <= _MOST_SECONDS:
            return _problem(400, f'Send {{"advance_seconds": n}}, n a number of seconds from 0 to {_MOST_SECONDS:.0f}.')
        at = self._advance(seconds)
        self._settle()
        return _json(200, {"now": _iso(at)})

    def _receive(self, request: Request) -> Response:
        return _problem(501, "Mail is not received here yet.")


def _json(status: int, told: Any) -> Response:
    return Response(
        status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")], json.dumps(told).encode()
    )


def _problem(status: int, sentence: str) -> Response:
    """RFC 9457."""
    told = {"status": status, "title": sentence}
    return Response(status, [("Content-Type", "application/problem+json")], json.dumps(told).encode())


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
