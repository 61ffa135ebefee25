"""One Thunderbird with the add-on, one system, one post office. Where Thunderbird is missing the tests are skipped."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from chalicelib.work.doors.thunderbird import add_on
from tests.house import House, running
from tests.thunderbird.thunderbird import THUNDERBIRD, Post, Thunderbird, thunderbird


class Line:
    """The line between the add-on and the system: it `works`, or is `cut`, or what goes in never comes back (`hangs`)."""

    def __init__(self, port: int) -> None:
        self.state, self._to, self._open = "works", port, set[socket.socket]()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def becomes(self, state: str) -> None:
        """From now on. What was open is cut."""
        self.state = state
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def _serve(self) -> None:
        while True:
            near, _ = self._door.accept()
            self._open.add(near)
            if self.state == "cut":
                near.close()
            elif self.state == "works":
                far = socket.create_connection(("127.0.0.1", self._to))
                self._open.add(far)
                Thread(target=self._pass, args=(near, far), daemon=True).start()
                Thread(target=self._pass, args=(far, near), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (some := one.recv(65_536)) and self.state != "cut":
                if self.state == "works":
                    other.sendall(some)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        one.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house") / "data") as made:
        yield made


@pytest.fixture(scope="module")
def line(house: House) -> Iterator[Line]:
    made = Line(int(house.url.rpartition(":")[2]))
    yield made
    made.becomes("cut")


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with Post() as made:
        yield made


@pytest.fixture(scope="module")
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
