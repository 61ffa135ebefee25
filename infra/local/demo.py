"""The start page's demo: sign in with a click, make a mail, and play those who may look at it.

Each player asks through the front door as the wire shows them: by their agent, from an address of their network.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from infra.local.httpd import Request, Response

_HOME = "93.184.216.34"  # of no network that is known for machines
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
_EARLIER = 3 * 3600  # seconds: what comes right after the send looks like a machine, and is told later
_BOB = "bob@example.com"
_MAIL = {
    "subject": "Offer for June",
    "recipients": [{"email": _BOB, "name": "Bob"}],
    "html": '<p>Dear Bob, here is <a href="https://example.com/offer">our offer</a>.</p>',
}


class _Player(NamedTuple):
    method: str
    link: bool
    agent: str
    address: str


_PLAYERS = {
    "person": _Player(
        "GET",
        False,
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "66.249.84.33",
    ),
    "click": _Player("GET", True, _BROWSER, _HOME),
    "apple": _Player("GET", False, "Mozilla/5.0", "172.224.226.11"),
    "scanner": _Player("HEAD", True, "python-requests/2.32.5", "64.235.150.1"),
}


class Demo:
    """Answers the start page. `door` answers a request as the front door does; `token` is the demo sender's, and `session`
    makes the headers by which a browser keeps a session of theirs.
    """

    def __init__(
        self,
        door: Callable[[Request], Response],
        token: str,
        session: Callable[[], Mapping[str, str]],
        now: Callable[[], float],
        settle: Callable[[], None],
    ) -> None:
        self._door = door
        self._token = token
        self._session = session
        self._now = now
        self._settle = settle

    def sign_in(self, request: Request) -> Response:
        """A session of the demo sender's."""
        if request.header("sec-fetch-site") not in (None, "same-origin"):
            return _told(403, {"title": "Only our own pages may ask for this."})
        return _told(200, {"signed_in": True}, self._session())

    def mail(self, request: Request) -> Response:
        """A mail to Bob that went out three hours ago, as the API gives it back."""
        sent_at = datetime.fromtimestamp(self._now() - _EARLIER, UTC).isoformat()
        made = self._call("/v1/messages", _MAIL | {"sent_at": sent_at})
        self._settle()
        return made

    def play(self, request: Request) -> Response:
        """Somebody looks at a mail: `as` says who, `message`, `pixel_url` and `tracked_url` are the mail's."""
        try:
            asked = json.loads(request.body)
            name, player = asked["as"], _PLAYERS.get(asked["as"])
            if player is None and name != "reply":
                return _told(400, {"title": f"The players are {', '.join([*_PLAYERS, 'reply'])}."})
            if player is None:
                answer = self._call(f"/v1/messages/{asked['message']}/replies", {"recipient": _BOB})
            else:
                answer = self._look(player, asked["tracked_url" if player.link else "pixel_url"])
        except (ValueError, KeyError, TypeError):
            return _told(400, {"title": "Say who plays, as `as`, and name the mail: message, pixel_url, tracked_url."})
        self._settle()
        return _told(200, {"played": name}) if answer.status < 400 else answer

    def _look(self, player: _Player, url: str) -> Response:
        headers = [("User-Agent", player.agent), ("X-Forwarded-For", player.address), ("Host", "localhost")]
        return self._door(Request(player.method, urlsplit(url).path, headers, b"", "127.0.0.1"))

    def _call(self, path: str, body: Any) -> Response:
        headers = [("Authorization", f"Bearer {self._token}"), ("Content-Type", "application/json")]
        return self._door(Request("POST", path, headers, json.dumps(body).encode(), "127.0.0.1"))


def _told(status: int, content: Any, headers: Mapping[str, str] | None = None) -> Response:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Response(status, [("Content-Type", kind), *(headers or {}).items()], json.dumps(content).encode())
