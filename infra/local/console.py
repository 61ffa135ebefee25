"""The paths under /_local/: what a person at this machine may see and do. Never deployed, and never there but in a demo."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.local.demo import Demo
from infra.local.functions import FunctionError
from infra.local.httpd import Request, Response
from infra.local.sent import Outbox
from infra.local.ses_receipts import VERDICTS, addressees

_MOST_SECONDS = 1e9
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})

Receive = Callable[[bytes, str, Sequence[str], Mapping[str, str]], None]
"""Takes a raw mail with its envelope's sender and recipients, and SES's verdicts. Raises FunctionError."""


class Console:
    """Answers /_local/*. `advance` moves the clock by seconds and returns the time; `settle` waits for what follows;
    `demo` and `cards` answer what is theirs.
    """

    def __init__(
        self,
        outbox: Outbox,
        now: Callable[[], float],
        advance: Callable[[float], float],
        settle: Callable[[], None],
        receive: Receive,
        demo: Demo | None = None,
        cards: Callable[[Request], Response] | None = None,
    ) -> None:
        self._sent = outbox
        self._now = now
        self._advance = advance
        self._settle = settle
        self._take = receive
        self._paths: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("GET", "/_local/outbox"): self._outbox,
            ("GET", "/_local/outbox.txt"): self._outbox_as_text,
            ("GET", "/_local/pushes"): self._pushes,
            ("GET", "/_local/clock"): self._clock,
            ("POST", "/_local/clock"): self._move,
            ("POST", "/_local/receive"): self._receive,
        }
        if demo is not None:
            self._paths |= {
                ("POST", "/_local/sign-in"): demo.sign_in,
                ("POST", "/_local/mail"): demo.mail,
                ("POST", "/_local/play"): demo.play,
            }

        if cards is not None:
            self._paths |= {("GET", "/_local/cards"): cards}

    def __call__(self, request: Request) -> Response | None:
        """The answer, or None for a path that is not the console's."""
        path = request.path
        if not path.startswith("/_local/"):
            return None
        if not _from_here(request):
            return _problem(403, "The console answers this machine's own programs and pages only.")
        act = self._paths.get((request.method, path))
        if act is None:
            paths = ", ".join(f"{method} {path}" for method, path in self._paths)
            return _problem(404, f"The console knows {paths}.")
        return act(request)

    def _outbox(self, request: Request) -> Response:
        return _json(200, {"items": self._sent.mails()})

    def _outbox_as_text(self, request: Request) -> Response:
        told = self._sent.as_text().encode("utf-8", "replace")
        return Response(200, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")], told)

    def _pushes(self, request: Request) -> Response:
        return _json(200, {"items": self._sent.pushes()})

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
        """The body is the mail. `?to=` and `?from=` are the envelope; without them To, Cc and Return-Path or From are.

        SES finds nothing wrong with it, unless told otherwise: `?dmarc=FAIL`, `?spam=FAIL`, `?virus=FAIL`...
        """
        # An address has no space, and many of ours a plus, which a form would have for one.
        query = parse_qs(request.target.partition("?")[2].replace("+", "%2B"), keep_blank_values=True)
        mail = message_from_bytes(request.body, policy=policy.compat32)
        named = {name: addressees([str(each) for each in mail.get_all(name, ())]) for name in ("to", "cc", "from")}
        recipients = query.get("to") or named["to"] + named["cc"]
        sender = query.get("from") or addressees([str(mail.get("return-path", ""))]) or named["from"]
        verdicts = {name: query[name][0] for name in VERDICTS if name in query}
        if not recipients:
            return _problem(400, "Say to whom: ?to=address, or a To field in the mail.")
        try:
            self._take(request.body, sender[0] if sender else "", recipients, verdicts)
        except FunctionError:
            return _problem(500, "The function that receives failed, see the log. On AWS it would be called again.")
        self._settle()
        return _json(202, {"from": sender[0] if sender else "", "to": recipients})


def _json(status: int, content: Any) -> Response:
    """As a person reads it too. Half a surrogate pair, which no UTF-8 has, is escaped as JSON escapes it."""
    body = json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
    return Response(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")], body)


def _problem(status: int, sentence: str) -> Response:
    """RFC 9457."""
    problem = {"status": status, "title": sentence}
    return Response(status, [("Content-Type", "application/problem+json")], json.dumps(problem).encode())


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _from_here(request: Request) -> bool:
    """Whether it is asked by a name of this machine, and not by another site's page: a browser lets those send what they
    like, and read what a name of theirs leads to (DNS rebinding).
    """
    host = request.header("host")
    origin = request.header("origin")
    own = host is None or urlsplit(f"//{host}").hostname in _HERE
    return (
        own and origin in (None, f"http://{host}") and request.header("sec-fetch-site") in (None, "same-origin", "none")
    )
