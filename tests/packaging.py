"""The zip that ships, made once for a state of the code, for this machine's processor: what `make deploy` would upload."""

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "tests"
_UNREACHED = ("NoSuchPackageError", "PackageDownloadError")
MAIL_FROM = "unsealed@track.example.com"


def config() -> dict[str, Any]:
    """The checkout's config.json as an owner would have filled it in, for this machine's processor."""
    said = json.loads((ROOT / ".chalice" / "config.json").read_text())
    said["lambda_architecture"] = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    said["stages"]["prod"]["environment_variables"]["MAIL_FROM"] = MAIL_FROM
    return said  # type: ignore[no-any-return]


def shipped() -> Path:
    """The zip. Skips, and says so, where the packages in it cannot be had; in CI that is a failure."""
    return bundled() / "deployment.zip"


def bundled() -> Path:
    """The folder with the zip and its template, as `make package` writes it: made once for a state of the code."""
    folder = BUILD / _digest()
    with one_at_a_time(folder):
        if not (folder / "ready").exists():
            _bundle(folder)
            (folder / "ready").touch()
    return folder / "prod" / "package"


def lay_packed(folder: Path) -> None:
    """What was packed, where a deploy that builds in this folder looks for it."""
    shutil.copytree(bundled().parent.parent / ".packed", folder / ".packed")


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """While one of the processes that run tests makes something in a folder, the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bundle(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps(config()))
    where = ("--config", str(folder / "config.json"), "--build", str(folder))
    command = [sys.executable, "-m", "infra.deploy", "package", "prod", *where]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0 and not os.environ.get("CI") and any(name in done.stderr for name in _UNREACHED):
        pytest.skip("The package cannot be made here: what it needs cannot be downloaded.")
    assert done.returncode == 0, done.stderr


def names(zipped: Path) -> list[str]:
    """The files in a zip."""
    with zipfile.ZipFile(zipped) as packed:
        return packed.namelist()


def _digest() -> str:
    """All that the bundle is made from: the code, what deploys it, and the settings."""
    digest = hashlib.sha256(f"{sys.version} {version('chalice')}".encode())
    folders = ("chalicelib", "infra/deploy", "infra/policies", ".chalice")
    inside = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    named = [ROOT / name for name in ("app.py", "requirements.lock", "infra/resources.yaml", "infra/functions.yaml")]
    for path in (*named, *inside):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
