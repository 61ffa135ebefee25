"""An endpoint on this machine that notes what it is posted, and answers what the test wants it to.

with receiving() as endpoint:                          # http://127.0.0.1:PORT; receiving(context) speaks TLS
    endpoint.status = 503                              # 204 unless said
    ...
assert endpoint.posts[0].headers["webhook-id"]
with talking(b"HTTP/1.1 200 OK\r\n") as port: ...      # says this to whoever connects, and no more
"""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from chalicelib.domain.webhooks import Webhook
from chalicelib.store.accounts import additions
from chalicelib.store.telling import webhooks


@dataclass(frozen=True)
class Posted:
    """What came in one request; names of headers in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Endpoint:
    """The endpoint: `names` are the hosts that TLS asked for. `at` is what it answers at some paths; it answers none of
    those who have to `meet` before they all asked.
    """

    port: int = 0
    status: int = 204
    at: dict[str, int] = field(default_factory=dict)
    meet: threading.Barrier | None = None
    headers: dict[str, str] = field(default_factory=dict)
    posts: list[Posted] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Endpoint]:
    """Within it the endpoint answers."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            endpoint.posts.append(
                Posted(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            if endpoint.meet is not None:
                endpoint.meet.wait(2)  # else this thread ends, and the connection with it
            self.send_response(endpoint.at.get(self.path, endpoint.status))
            for name, value in endpoint.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64  # as many as ask at once
        daemon_threads = False  # they end before the endpoint does

        def handle_error(self, *_: Any) -> None:
            pass  # a client that does not trust us hangs up

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        context.sni_callback = lambda _, name, __: endpoint.names.append(name or "")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    endpoint.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def talking(first: bytes = b"", again: bytes = b"", every: float = 0.01) -> Iterator[int]:
    """Within it a port at which whoever connects is told something, and `again` for ever after."""
    over = threading.Event()

    def talk() -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(first)
                while not over.wait(every):
                    connection.sendall(again)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def added(webhook: Webhook) -> None:
    """Put a webhook into the table."""
    webhooks.add(webhook, additions.number(webhook.sender, "webhooks"))
