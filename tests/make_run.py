"""The local system as `make run` starts it, for tests that look at it from outside."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.waiting import until

ROOT = Path(__file__).parents[1]
HTML = '<p>Dear Bob, here is <a href="https://example.com/offer">our offer</a>.</p>'
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
GOOGLE = "66.249.84.33"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
_CODE = re.compile(r"\b\d{4} ?\d{4}\b")
HOME = "93.184.216.34"  # of no network that is known for machines


@dataclass(frozen=True)
class House:
    """A running system: its address, and the demo sender's token."""

    url: str
    token: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One call of the API, or of the console."""
        named = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"} | headers
        sent = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, sent, named, method=method)) as answer:
            told = answer.read()
        return json.loads(told) if told[:1] in (b"{", b"[") else told

    def send(self, subject: str = "Offer for June", email: str = "bob@example.com", name: str = "Bob") -> Any:
        """A message, as the API gives it back, two hours ago."""
        made = self.call(
            "POST",
            "/v1/messages",
            {"subject": subject, "recipients": [{"email": email, "name": name}], "html": HTML},
        )
        self.call("POST", "/_local/clock", {"advance_seconds": 7200})
        return made

    def code(self) -> str:
        """The code in the newest mail that brings one, as soon as it comes."""
        return until(lambda: [*_CODE.findall(" ".join(self._mails("code")))][-1:])[0]

    def _mails(self, about: str) -> list[str]:
        mails = self.call("GET", "/_local/outbox")["items"]
        return [each["text"] or "" for each in mails if about in each["subject"].lower()]

    def becomes(self, message: Any, status: str) -> Any:
        """The message, as soon as it has this status."""

        def now() -> Any:
            found = self.call("GET", f"/v1/messages/{message['id']}")
            return found if found["status"] == status else None

        return until(now)

    def tells(self, message: Any, correction: bool = False) -> None:
        """Waits until the feed tells of it, or takes back what it told: that is decided behind what the message becomes."""
        feed = f"/v1/feed?limit=100&since={message['sent_at']}"
        wanted = (message["id"], correction)
        until(lambda: wanted in [(each["message"], each["correction"]) for each in self.call("GET", feed)["items"]])

    def opened(self, message: Any, recipient: int = 0, agent: str = GMAIL, address: str = GOOGLE) -> None:
        """A person opens it in Gmail, or whoever else has this agent at this address."""
        url = message["recipients"][recipient]["pixel_url"].removeprefix(self.url)
        self.call("GET", url, **{"User-Agent": agent, "X-Forwarded-For": address})

    def followed(
        self, message: Any, link: int = 0, recipient: int = 0, agent: str = CHROME, address: str = HOME
    ) -> None:
        """A person follows a link of it in a browser; to where it leads nobody goes."""
        url = message["recipients"][recipient]["links"][link]["tracked_url"].removeprefix(self.url)
        there = HTTPConnection(self.url.removeprefix("http://"))
        there.request("GET", url, headers={"User-Agent": agent, "X-Forwarded-For": address})
        assert there.getresponse().status == 302
        there.close()


ITSELF = (sys.executable, "-m", "infra.local")
BY_MAKE = ("make", "--old-file", f"{sys.prefix}/.local", f"VENV={sys.prefix}", "run")
"""As people start it, but for the installing, which the tests' own environment has behind it."""


@contextmanager
def running(folder: Path, command: Sequence[str] = ITSELF, **settings: str) -> Iterator[House]:
    """A system with its data in a folder, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Not what other tests of this process have put there.
    ours = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    environment = ours | {"PORT": str(port), "SMTP_PORT": "off", "DATA_DIR": str(folder)} | settings
    with (folder.parent / "log").open("w") as log:
        system = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log)
        try:
            assert system.stdout is not None
            first = system.stdout.readline().decode().split()
            assert first[:1] == ["READY"], (folder.parent / "log").read_text()
            yield House(first[1], first[2].removeprefix("token="))
        finally:
            system.terminate()
            system.wait(20)
            assert system.stdout is not None
            system.stdout.close()
