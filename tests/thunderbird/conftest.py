"""One Thunderbird with the add-on, one system, one post office, for both files where they come one after the other. Where
Thunderbird is missing the tests are skipped.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest

from chalicelib.work.doors.thunderbird import add_on
from tests.chromium import browsing
from tests.make_run import House, running
from tests.thunderbird.thunderbird import THUNDERBIRD, Post, Thunderbird, thunderbird


class Line:
    """The line between the add-on and the system: it `works`, is `cut`, or what goes in never comes back (`hangs`); with a
    number and a text, every call of the API is answered by these.
    """

    def __init__(self, port: int) -> None:
        self._state, self._to, self._open = "works", port, set[socket.socket]()
        self._odd: tuple[int, str] | None = None
        self._changing = Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def becomes(self, state: str, odd: tuple[int, str] | None = None) -> None:
        """From now on, of every connection: what was open is cut, and what is opened is as it is from now on."""
        with self._changing:
            self._state, self._odd = state, odd
            _close(*self._open)
            self._open.clear()

    def _serve(self) -> None:
        while True:
            near, _ = self._door.accept()
            with self._changing:
                if self._state == "cut":
                    near.close()
                    continue
                ends = {near}
                if self._state == "works":
                    ends.add(far := socket.create_connection(("127.0.0.1", self._to)))
                self._open |= ends
                state, odd = self._state, self._odd
            if state == "odd" and odd:
                Thread(target=self._answer, args=(near, *odd), daemon=True).start()
            elif state == "works":
                Thread(target=self._pass, args=(near, far), daemon=True).start()
                Thread(target=self._pass, args=(far, near), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(65_536):
                other.sendall(some)
        _close(one, other)

    def _answer(self, near: socket.socket, status: int, text: str) -> None:
        fields = f"Content-Type: text/html\r\nConnection: close\r\nContent-Length: {len(text)}"
        with suppress(OSError):
            near.recv(65_536)
            near.sendall(f"HTTP/1.1 {status} Odd\r\n{fields}\r\n\r\n{text}".encode())
        _close(near)


def _close(*ends: socket.socket) -> None:
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


@pytest.fixture(scope="package")
def port() -> int:
    """Where the system is to be asked, past the line."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="package")
def line(port: int) -> Iterator[Line]:
    made = Line(port)
    yield made
    made.becomes("cut")


@pytest.fixture(scope="package")
def house(line: Line, port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A system that the world reaches over the line, and the test past it."""
    folder = tmp_path_factory.mktemp("house") / "data"
    with running(folder, PORT=str(port), PUBLIC_URL=f"http://127.0.0.1:{line.port}") as made:
        yield House(f"http://127.0.0.1:{port}", made.token)


@pytest.fixture(scope="package")
def post() -> Iterator[Post]:
    with Post() as made:
        yield made


@pytest.fixture(scope="package")
def program(house: House, line: Line, post: Post, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thunderbird]:
    if THUNDERBIRD is None:
        pytest.skip("Thunderbird is not installed: apt-get install thunderbird")
    pytest.importorskip("marionette_driver", reason="marionette_driver is not installed: pip install marionette_driver")
    folder: Path = tmp_path_factory.mktemp("thunderbird")
    (folder / "unsealed.xpi").write_bytes(add_on(f"http://127.0.0.1:{line.port}").archive)
    house.call("POST", "/v1/messages", {"subject": "The first call is cold", "recipients": ["eve@example.com"]})
    with thunderbird(folder / "profile", post.port) as made:
        made.install(folder / "unsealed.xpi")
        made.set(token=house.token)
        yield made


@pytest.fixture
def chromium() -> Iterator[Any]:
    """A browser, to read a mail in."""
    with browsing() as made:
        yield made
