"""WebKit, the engine of Safari, in the small browser that comes with it, driven by WebDriver (W3C, https://www.w3.org/TR/webdriver2/)."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.waiting import until

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
BROWSER = next(iter(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), None)
MISSING = None if DRIVER and SCREEN and BROWSER else "apt-get install webkit2gtk-driver xvfb"
_PATIENCE = 60  # seconds


class WebKit:
    """One browser. `session` is the address of what drives it."""

    def __init__(self, session: str) -> None:
        self._session = session

    def go(self, url: str) -> None:
        """To a page."""
        _ask(f"{self._session}/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page returns."""
        return _ask(f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, expression: str) -> Any:
        """What a promise in the page comes to."""
        script = (
            f"const done = arguments[0]; Promise.resolve({expression}).then(done, problem => done(String(problem)));"
        )
        return _ask(f"{self._session}/execute/async", {"script": script, "args": []})


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A WebKit that knows nothing yet, on a screen of its own. It says that its reader's language is "C", which is none."""
    assert DRIVER and SCREEN and BROWSER
    read, write = os.pipe()
    screen = subprocess.Popen(
        [SCREEN, "-displayfd", str(write), "-screen", "0", "1280x1000x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LANG": "C.UTF-8"}
    with (folder / "log").open("w") as log:
        driver = subprocess.Popen(
            [DRIVER, f"--port={port}"],
            env=environment | {"DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1"},
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: _listens(port))
        wanted = {"webkitgtk:browserOptions": {"binary": str(BROWSER), "args": ["--automation"]}}
        at = f"http://127.0.0.1:{port}/session"
        made = _ask(at, {"capabilities": {"alwaysMatch": wanted}})
        yield WebKit(f"{at}/{made['sessionId']}")
        _ask(f"{at}/{made['sessionId']}", None, "DELETE")
    finally:
        for each in (driver, screen):
            each.terminate()
            each.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as near:
        return near.connect_ex(("127.0.0.1", port)) == 0


def _ask(url: str, body: Any, method: str = "POST") -> Any:
    sent = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, sent, {"Content-Type": "application/json"}, method=method), timeout=_PATIENCE) as answer:
        return json.load(answer)["value"]
