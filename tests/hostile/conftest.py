"""The system as the network sees it."""

from collections.abc import Iterator

import pytest

import app
from chalicelib.store.dynamodb import wire
from infra.local.gateway import MOST_BODY, MOST_HEADERS, Gateway
from infra.local.httpd import Request, Response, Server
from tests.system import System


@pytest.fixture
def url(system: System) -> Iterator[str]:
    """The local front door, with the embedded system behind it."""
    gateway = Gateway(app.app, system.aws.clock, lambda _: None)

    def answer(request: Request) -> Response:
        try:
            return gateway(request)
        finally:
            wire.hang_up()  # each connection has a thread, and each thread a connection of its own to the table

    server = Server("127.0.0.1", 0, answer, MOST_HEADERS, MOST_BODY)
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
