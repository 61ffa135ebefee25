"""A small threaded HTTP/1.1 server with keep-alive. The standard library's parses headers as mail, at three times the cost.

Speaks what RFC 9112 asks of a server behind no proxy: one thread a connection, bodies by length or chunked,
`Expect: 100-continue`. Limits are the caller's.
"""

import logging
import re
import socket
import socketserver
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

log = logging.getLogger(__name__)

IDLE_SECONDS = 75
_LAST_SECONDS = 2
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NO_BODY = frozenset({204, 304})

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was received. `target` is undecoded; `peer` is the client's address."""

    method: str
    target: str
    headers: Headers
    body: bytes
    peer: str

    @property
    def path(self) -> str:
        """The target without its query, undecoded."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str | None:
        """The first value of a header; `name` in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer. Content-Length is added where it is not given."""

    status: int
    headers: Headers
    body: bytes = b""


Answer = Callable[[Request], Response]


class _Refused(Exception):  # noqa: N818 - an answer to a request that cannot be read
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.response = Response(status, (("Content-Type", "text/plain"), ("Connection", "close")), sentence.encode())


class Server(socketserver.ThreadingTCPServer):
    """Serves `answer` on host and port (0: a free one) until `stop`. `most_*` are in bytes.

    An exception that `answer` lets through is logged and ends the connection.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(
        self, host: str, port: int, answer: Answer, most_headers: int = 65_536, most_body: int = 1 << 30
    ) -> None:
        self.answer = answer
        self.most_headers = most_headers
        self.most_body = most_body
        super().__init__((host, port), _Connection)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True, name="httpd").start()

    def stop(self) -> None:
        """Take no more requests."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Log what went wrong with one connection; the others go on."""
        log.exception("A request could not be answered.")


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS
    server: Server

    def handle(self) -> None:
        try:
            while self._one():
                pass
        except _Refused as refused:
            self._send(refused.response, head=False)
            self._leave()
        except (TimeoutError, ConnectionError):
            return  # the client left or stays silent, as clients do

    def _one(self) -> bool:
        """Answer one request; whether the connection stays open."""
        line = self._line(self.server.most_headers)
        parts = line.split(" ")
        if len(parts) != 3 or not _TOKEN.fullmatch(parts[0]) or not parts[2].startswith("HTTP/1."):
            raise _Refused(400, "This is not an HTTP/1.1 request.")
        method, target, version = parts
        headers = self._headers(self.server.most_headers - len(line))
        low = {name.lower(): value for name, value in headers}
        length = self._length(headers)
        if version != "HTTP/1.0" and low.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self._chunks() if length is None else self._sized(length)
        response = self.server.answer(Request(method, target, headers, body, str(self.client_address[0])))
        connection = low.get("connection", "").lower()
        stay = "close" not in connection and (version != "HTTP/1.0" or "keep-alive" in connection)
        self._send(response, head=method == "HEAD", stay=stay)
        return stay

    def _line(self, most: int) -> str:
        found = self.rfile.readline(most + 3)
        if len(found.rstrip(b"\r\n")) > most:
            raise _Refused(431, "The request line and headers are too long.")
        if not found.endswith(b"\n"):
            raise ConnectionError("The client left.")
        return found.decode("latin-1").rstrip("\r\n")

    def _headers(self, most: int) -> list[tuple[str, str]]:
        headers = []
        while line := self._line(most):
            most -= len(line)
            name, colon, value = line.partition(":")
            if not colon or not _TOKEN.fullmatch(name):
                raise _Refused(400, "A header could not be read.")
            headers.append((name, value.strip()))
        return headers

    def _length(self, headers: Headers) -> int | None:
        """Bytes of the body, or None if it comes in chunks. Of two answers none is taken (RFC 9112, 6.3): it is smuggling."""
        codings = [value.lower() for name, value in headers if name.lower() == "transfer-encoding"]
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        if len(codings) + len(lengths) > 1 or codings not in ([], ["chunked"]):
            raise _Refused(400, "Where the body ends cannot be told.")
        if codings:
            return None
        length = lengths[0] if lengths else "0"
        if not length.isdecimal():
            raise _Refused(400, "The Content-Length is not a number.")
        if int(length) > self.server.most_body:
            raise _Refused(413, "The body is too large.")
        return int(length)

    def _sized(self, length: int) -> bytes:
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionError("The client left within the body.")
        return body

    def _chunks(self) -> bytes:
        body = bytearray()
        while True:
            head = self._line(1024).partition(";")[0].strip()
            if not re.fullmatch(r"[0-9a-fA-F]{1,8}", head):
                raise _Refused(400, "A chunk's size could not be read.")
            size = int(head, 16)
            if len(body) + size > self.server.most_body:
                raise _Refused(413, "The body is too large.")
            if size == 0:
                break
            body += self.rfile.read(size)
            self._line(0)
        while self._line(self.server.most_headers):
            pass
        return bytes(body)

    def _leave(self) -> None:
        """Read on a little: a connection closed on unread data is reset, and the client would not see the answer."""
        self.connection.settimeout(_LAST_SECONDS)
        try:
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(1 << 16):
                pass
        except OSError:
            return  # the client has left

    def _send(self, response: Response, head: bool, stay: bool = True) -> None:
        try:
            phrase = HTTPStatus(response.status).phrase
        except ValueError:
            phrase = ""  # RFC 9112, 4: the phrase may be empty
        lines = [f"HTTP/1.1 {response.status} {phrase}"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        if response.status not in _NO_BODY and not any(
            name.lower() == "content-length" for name, _ in response.headers
        ):
            lines.append(f"Content-Length: {len(response.body)}")
        if not stay:
            lines.append("Connection: close")
        content = b"" if head or response.status in _NO_BODY else response.body
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("utf-8") + content)
