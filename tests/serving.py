"""A server of a test's own on this machine.

with serving(Door) as url: ...                         # Door is an http.server.BaseHTTPRequestHandler
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOKS_EVERY = 0.01
"""Seconds between two looks whether a server is to end: the library's half second is waited for at the end of each test."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # as many ask at once: whom the library's five leave out tries again a second later


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Within it the handler answers at this address, each request in a thread of its own."""
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(LOOKS_EVERY,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
