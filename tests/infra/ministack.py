"""ministack, another imitation of AWS, that makes whole stacks and runs what is in them: in an environment of its own.

It wants another botocore than we do. https://github.com/ministackorg/ministack , MIT licence.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

VERSION = "1.5.33"
ROOT = Path(__file__).parents[2]
INSTALL = ROOT / "infra" / "install.py"
HOME = ROOT / "build" / "ministack" / f"{VERSION}-{sys.version_info[0]}.{sys.version_info[1]}"
ACCOUNT = "000000000000"


def install() -> Path:
    """Its folder of programs, made once. Skips, and says so, where it cannot be had; in CI that is a failure."""
    ready = HOME / ".ready"
    if not ready.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        wanted = HOME / "requirements.txt"
        wanted.write_text(f"ministack=={VERSION}\naws-sam-translator>=1.112,<2\n")
        beside_us = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # where the project's own uv is
        got = subprocess.run(
            [sys.executable, INSTALL, HOME, wanted],
            env=os.environ | {"PATH": beside_us},
            capture_output=True,
            text=True,
        )
        if got.returncode != 0:
            if os.environ.get("CI"):
                raise RuntimeError(got.stderr)
            pytest.skip(f"ministack {VERSION} cannot be had here: {got.stderr.strip().splitlines()[-1]}")
        ready.touch()
    return HOME / "bin"


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its URL, while it runs."""
    program = install() / "ministack"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    about = {
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
    }
    with (folder / "ministack.log").open("wb") as log:
        process = subprocess.Popen(
            [program], env={"PATH": os.environ["PATH"], "HOME": str(folder), **about}, stdout=log, stderr=log
        )
    try:
        until = monotonic() + 60
        while not _listens(port):
            assert process.poll() is None and monotonic() < until, (folder / "ministack.log").read_text()
            sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0
