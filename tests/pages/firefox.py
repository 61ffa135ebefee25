"""A real Firefox without a screen, driven by Marionette, the protocol that it has built in."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One browser. Scripts run as functions, with `arguments`; an asynchronous one calls the last of them."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")
        self._numbers = count(1)
        self._received()  # its greeting
        self("WebDriver:NewSession", {"capabilities": {}})

    def __call__(self, name: str, parameters: Mapping[str, Any]) -> Any:
        raw = json.dumps([0, next(self._numbers), name, parameters])
        self._connection.sendall(f"{len(raw.encode())}:{raw}".encode())
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def go(self, url: str) -> None:
        """To a page."""
        self("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page returns."""
        return self("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})["value"]

    def wait(self, script: str, *arguments: Any) -> Any:
        """What an expression in the page, which may be a promise, comes to."""
        whole = (
            f"const done = arguments[arguments.length - 1]; Promise.resolve({script}).then(done, e => done(String(e)));"
        )
        return self(
            "WebDriver:ExecuteAsyncScript", {"script": whole, "args": list(arguments), "scriptTimeout": 20_000}
        )["value"]

    def until(self, script: str, seconds: float = 20.0) -> Any:
        """The value of an expression in the page, once it is truthy."""
        end = time.monotonic() + seconds
        while not (found := self.run(f"return {script};")):
            assert time.monotonic() < end, (
                f"{script} never came true: {self.run('return document.body.innerText')[:600]}"
            )
            time.sleep(0.1)
        return found

    def eventually(self, script: str, seconds: float = 20.0) -> Any:
        """What `wait` gives, once it is more than nothing."""
        end = time.monotonic() + seconds
        while not (found := self.wait(script)):
            assert time.monotonic() < end, f"{script} never came to anything"
            time.sleep(0.1)
        return found

    @contextmanager
    def chrome(self) -> Iterator[None]:
        """Within it scripts run in the browser itself."""
        self("Marionette:SetContext", {"value": "chrome"})
        try:
            yield
        finally:
            self("Marionette:SetContext", {"value": "content"})

    def _received(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            read = self._file.read(1)
            assert read, "Firefox left"
            length += read
        return json.loads(self._file.read(int(length[:-1])))


@contextmanager
def firefox(folder: Path, push_url: str) -> Iterator[Firefox]:
    """A Firefox with a profile of its own, whose push service is at `push_url`, and which lets every page notify."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = folder / "profile"
    profile.mkdir()
    settings = {
        "dom.push.serverURL": push_url,
        "dom.push.testing.allowInsecureServerURL": True,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,
        "marionette.port": port,
        "remote.prefs.recommended": False,  # they switch pushes off
        "datareporting.policy.dataSubmissionEnabled": False,
        "browser.shell.checkDefaultBrowser": False,
        "app.update.enabled": False,
    }
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items())
    (profile / "user.js").write_text("\n".join(lines))
    assert PROGRAM is not None
    process = subprocess.Popen(
        [
            PROGRAM,
            "--headless",
            "--no-remote",
            "--profile",
            str(profile),
            "--marionette",
            "--remote-allow-system-access",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
    )
    try:
        with _connected(port) as connection:
            yield Firefox(connection)
    finally:
        process.kill()  # the profile is thrown away
        process.wait(20)


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + 60
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), 60)
        except OSError:
            assert time.monotonic() < end, "Firefox does not start"
            time.sleep(0.2)
        else:
            return connection
