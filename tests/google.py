"""Google in a test: a server that gives out its keys, a user's mails and drafts, and what signs tokens as Google does.

with google() as it:
    it.mails["m1"] = raw                             # as Gmail has it
    token = it.token(aud="...", email="ann@gmail.com")
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from functools import cache
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.gmail import Mailbox
from tests.makers import SENT
from tests.serving import serving
from tests.trouble import settings

ROBOT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT = "1-abc.apps.googleusercontent.com"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """A key by its name, made once."""
    return rsa.generate_private_key(65_537, 2048)


@dataclass
class Google:
    """What it gives out, and what it was asked."""

    url: str = ""
    mails: dict[str, bytes] = field(default_factory=dict)
    keys: list[str] = field(default_factory=lambda: ["a key"])
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    down: bool = False
    box: Mailbox = field(default_factory=Mailbox)

    def token(self, key: str = "a key", algorithm: str = "RS256", kid: str = "", **claims: Any) -> str:
        """A token as Google signs it; a claim that is None is left out."""
        said = {
            "iss": "https://accounts.google.com",
            "sub": "1234567890",
            "email_verified": True,
            "iat": int(SENT) - 10,
            "exp": int(SENT) + 90_000,
            **claims,
        }
        given = {name: value for name, value in said.items() if value is not None}
        by = (
            private_key(key)
            if algorithm == "RS256"
            else None
            if algorithm == "none"
            else "a secret of 32 bytes and some more"
        )
        return jwt.encode(given, by, algorithm, headers={"kid": kid or key})  # type: ignore[arg-type]

    def answer(self, path: str) -> dict[str, Any] | None:
        """What it answers."""
        url = urlsplit(path)
        if url.path == "/oauth2/v3/certs":
            return {"keys": [_jwk(name) for name in self.keys]}
        raw, wanted = self.mails.get(url.path.rpartition("/")[2]), parse_qs(url.query)
        if raw is None:
            return None
        if wanted["format"] == ["raw"]:
            return {"raw": urlsafe_b64encode(raw).decode().rstrip("=")}
        mail = message_from_bytes(raw)
        asked = {each.lower() for each in wanted["metadataHeaders"]}
        return {"payload": {"headers": [{"name": k, "value": v} for k, v in mail.items() if k.lower() in asked]}}


def _jwk(name: str) -> dict[str, Any]:
    made = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return made | {"kid": name, "alg": "RS256", "use": "sig"}


@contextmanager
def google() -> Iterator[Google]:
    """A Google, and the settings that lead to it."""
    it = Google()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            it.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            if "/drafts" in self.path and not it.down:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                return self.say(*it.box.answer(self.command, self.path, token, body))
            found = None if it.down else it.answer(self.path)
            return self.say(200 if found is not None else 503, found)

        do_PUT = do_POST = do_GET  # noqa: N815 - http.server's names

        def say(self, status: int, found: Any) -> None:
            self.send_response(status)
            self.send_header("Cache-Control", "public, max-age=20000, must-revalidate")
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with serving(Door) as it.url, settings(GOOGLE_APIS=it.url, GMAIL_SERVICE_ACCOUNT=ROBOT, GMAIL_CLIENT_ID=CLIENT):
        yield it
