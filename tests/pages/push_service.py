"""A push service as Firefox and its senders see it: autopush's protocol over a WebSocket, and RFC 8030 with 8292 over HTTP.

https://mozilla-push-service.readthedocs.io (protocol, and the errors that it answers). It checks what Mozilla's does.
"""

import base64
import hashlib
import json
import struct
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from tests.serving import LOOKS_EVERY

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
SHOWN, UNREADABLE = 100, 101  # what the browser acknowledges: given to the worker, or not to be decrypted


@dataclass
class Channel:
    """One subscription: the key that it was made with, and the connection of its browser."""

    key: str
    connection: "_Connection"


@dataclass
class PushService:
    """The service on a port of its own. `acks` are the browser's codes, `taken` the statuses that senders got."""

    server: ThreadingHTTPServer = field(init=False)
    channels: dict[str, Channel] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    acks: "Queue[int]" = field(default_factory=Queue)
    taken: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def __enter__(self) -> "PushService":
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Connection,), {"service": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(LOOKS_EVERY,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.server_address[1]}"

    def acknowledged(self, seconds: float) -> int | None:
        """The next code that the browser acknowledges a push with."""
        try:
            return self.acks.get(timeout=seconds)
        except Empty:
            return None


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: PushService

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        """A browser connects."""
        key = self.headers["Sec-WebSocket-Key"].encode()
        accepted = base64.b64encode(hashlib.sha1(key + _MAGIC).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accepted)
        if self.headers.get("Sec-WebSocket-Protocol"):
            self.send_header("Sec-WebSocket-Protocol", "push-notification")
        self.end_headers()
        self.close_connection = True
        try:
            while (text := self._received()) is not None:
                self._answer(json.loads(text))
        except (ConnectionError, OSError, struct.error):
            return

    def do_POST(self) -> None:
        """A sender hands over a push."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self._judged(body)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.service.taken.append((status, headers))
        self.send_response(status)
        said = b"" if status == 201 else json.dumps({"code": status}).encode()
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
        if status == 201:
            channel = self.service.tokens[self.path.rpartition("/")[2]]
            self.service.channels[channel].connection.send_json(
                {
                    "messageType": "notification",
                    "channelID": channel,
                    "version": uuid4().hex,
                    "data": urlsafe_b64encode(body).decode().rstrip("="),
                    "headers": {"encoding": "aes128gcm"},
                }
            )

    def send_json(self, content: Any) -> None:
        """One text frame."""
        raw = json.dumps(content).encode()
        head = b"\x81" + (struct.pack("!B", len(raw)) if len(raw) < 126 else struct.pack("!BH", 126, len(raw)))
        self.wfile.write(head + raw)
        self.wfile.flush()

    def _judged(self, body: bytes) -> int:
        """The status that Mozilla's service would answer."""
        channel = self.service.channels.get(self.service.tokens.get(self.path.rpartition("/")[2], ""))
        if channel is None:
            return 410
        if not self.headers.get("TTL", "").isdecimal() or self.headers.get("Content-Encoding") != "aes128gcm":
            return 400
        if len(body) > 4_096:
            return 413
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        pairs = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        if scheme != "vapid" or pairs.get("k") != channel.key.rstrip("="):
            return 401
        raw = urlsafe_b64decode(pairs["k"] + "=" * (-len(pairs["k"]) % 4))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        try:
            # The sender's clock is the demo's, which may be days before this one's.
            claims = jwt.decode(
                pairs["t"], key, algorithms=["ES256"], audience=f"http://{self.service.authority}",
                options={"verify_exp": False},
            )  # fmt: skip
        except jwt.InvalidTokenError:
            return 401
        return 201 if claims["exp"] > time.time() and claims["sub"].startswith("mailto:") else 401

    def _answer(self, asked: Any) -> None:
        match asked.get("messageType"):
            case "hello":
                told = {
                    "messageType": "hello",
                    "uaid": uuid4().hex,
                    "status": 200,
                    "use_webpush": True,
                    "broadcasts": {},
                }
                self.send_json(told)
            case "register":
                token = uuid4().hex
                self.service.channels[asked["channelID"]] = Channel(asked.get("key", ""), self)
                self.service.tokens[token] = asked["channelID"]
                endpoint = f"http://{self.service.authority}/wpush/v2/{token}"
                told = {"messageType": "register", "status": 200, "channelID": asked["channelID"]}
                self.send_json(told | {"pushEndpoint": endpoint})
            case "unregister":
                self.service.channels.pop(asked["channelID"], None)
                self.send_json({"messageType": "unregister", "status": 200, "channelID": asked["channelID"]})
            case "ack":
                for each in asked["updates"]:
                    self.service.acks.put(each.get("code", SHOWN))

    def _received(self) -> str | None:
        """The next text frame; None when the browser leaves."""
        while head := self.rfile.read(2):
            first, second = head
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self.rfile.read(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self.rfile.read(8))
            mask = self.rfile.read(4)
            content = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(length)))
            match first & 0x0F:
                case 1:
                    return content.decode()
                case 8:
                    return None
                case 9:
                    self.wfile.write(b"\x8a" + struct.pack("!B", len(content)) + content)
        return None


def url_of(service: PushService) -> str:
    """What Firefox connects to."""
    return f"ws://{urlsplit(f'//{service.authority}').netloc}/"
