"""`python3 infra/install.py VENV FILE`: bring what a requirements file names into a virtual environment, which it makes.

By uv where it is on the PATH or the package index has it, else by pip. No byte code is made: Python makes that of what is
imported, once, and most of what is installed never is. The first line says what is done; everything goes to stderr.
"""

import os
import re
import shutil
import subprocess  # nosec B404 # pip and uv are command lines
import sys
import venv
from pathlib import Path

UV = "uv>=0.9,<0.14"
_AS_UV_HAS_IT = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}


def main(folder: Path, wanted: Path) -> int:
    """Install, and return the exit status: 1 if it could not be done."""
    _say(f"Installing what {wanted} names into {folder}; this is done once.")
    python = folder / "bin" / "python"
    uv = shutil.which("uv")
    if not python.exists():
        venv.create(folder, symlinks=True, with_pip=uv is None)
    settings: dict[str, str] = {}
    if uv is None:
        uv, settings = _fetched(python), _as_pip_is_told(python)
    command = ("pip", "install", "--quiet", "--python", str(python), "-r", str(wanted))
    if uv and _run(uv, *command, **settings).returncode == 0:
        return 0
    _say("There is no uv that can: pip does it, which takes longer.")
    if _pip(python, "--version").returncode != 0:
        _run(str(python), "-m", "ensurepip")
    told = _pip(python, "install", "-r", str(wanted))
    sys.stderr.write(told.stderr if told.returncode else "")
    return min(told.returncode, 1)


def _fetched(python: Path) -> str | None:
    """The uv that the package index has for this machine, now in the environment; None if it has none."""
    uv = python.with_name("uv")
    if not uv.exists():
        _pip(python, "install", "--only-binary=:all:", UV)
    return str(uv) if uv.exists() else None


def _as_pip_is_told(python: Path) -> dict[str, str]:
    """The index that pip is set to, and whose word it takes for it, as uv wants to hear it."""
    told = re.findall(r"^\S+\.([a-z-]+)='(.*)'$", _pip(python, "config", "list").stdout, re.MULTILINE)
    return {_AS_UV_HAS_IT[name]: value for name, value in told if name in _AS_UV_HAS_IT}


def _pip(python: Path, what: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    options = ("--quiet", "--no-compile") if what == "install" else ()
    return _run(str(python), "-m", "pip", "--disable-pip-version-check", what, *options, *arguments)


def _run(*command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, env=os.environ | settings, text=True, capture_output=True, check=False)  # nosec B603 # no shell, and every word is ours


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
