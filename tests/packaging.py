"""The zip that ships, made once for a state of the code, for this machine's processor: what `make deploy` would upload."""

import fcntl
import hashlib
import json
import os
import platform
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from infra.deploy import deployment_zip, policies, project, settings
from infra.deploy.errors import CannotDeploy

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
    folder = BUILD / _digest()
    with one_at_a_time(folder):
        return _shipped(folder)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """While one of the processes that run tests makes something in a folder, the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _shipped(folder: Path) -> Path:
    made = folder / "deployment.zip"
    if made.exists():
        return made
    said = folder / "config.json"
    said.write_text(json.dumps(config()))
    read = settings.read(said, "prod")
    try:
        project.lay_out(folder / "project")
        rendered = {name: policies.read(name) for name in policies.functions()}
        project.configure(folder / "project", read, read.environment, rendered)
        packed = deployment_zip.package(folder / "project", "prod")
    except CannotDeploy as refusal:
        if os.environ.get("CI") or not any(name in str(refusal) for name in _UNREACHED):
            raise
        pytest.skip("The package cannot be made here: what it needs cannot be downloaded.")
    packed.replace(made)
    return made


def names(zipped: Path) -> list[str]:
    """The files in a zip."""
    with zipfile.ZipFile(zipped) as packed:
        return packed.namelist()


def _digest() -> str:
    digest = hashlib.sha256("{}.{}".format(*sys.version_info).encode())
    code = (
        ROOT / name
        for name in ("app.py", "requirements.lock", "infra/deploy/deployment_zip.py", "infra/deploy/project.py")
    )
    for path in (*code, *sorted((ROOT / "chalicelib").rglob("*"))):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
