"""What makers of mail programs give to check add-ins with, from npm, once into build/node. Without npm tests are skipped."""

import fcntl
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[1] / "build" / "node"
_PACKAGES = (
    "office-addin-mock@4.0.0",
    "office-addin-manifest@3.0.0",
    "office-addin-manifest-converter@0.4.1",
    "typescript@7.0.2",
    "@types/office-js@1.0.612",
    "@types/thunderbird-webext-browser@127.0.0",
)


@cache
def modules() -> Path:
    """The folder of the packages. Skips the test where they cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip(
            "Without node and npm the add-ins' scripts are neither run in Microsoft's mock nor checked by TypeScript."
        )
    MODULES.mkdir(parents=True, exist_ok=True)
    with (MODULES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes
        done = MODULES / "installed"
        if not done.exists() or done.read_text() != "\n".join(_PACKAGES):
            wanted = [npm, "install", "--prefix", str(MODULES), "--no-audit", "--no-fund", "--silent", *_PACKAGES]
            if subprocess.run(wanted, capture_output=True, timeout=300).returncode:
                pytest.skip(f"npm does not get {', '.join(_PACKAGES)} here.")
            done.write_text("\n".join(_PACKAGES))
    return MODULES


def faults(folder: Path, types: str, *scripts: str) -> list[str]:
    """What TypeScript finds wrong with scripts of a folder that use an API of these types, a line each."""
    compiler = modules() / "node_modules" / ".bin" / "tsc"
    settings = (
        "--noEmit --skipLibCheck --allowJs --checkJs --strict false --target es2022 --module es2022 --moduleResolution bundler "
        f"--lib es2022,dom,dom.iterable --typeRoots {modules() / 'node_modules' / '@types'} --types {types}"
    )
    done = subprocess.run(
        [str(compiler), *settings.split(), *scripts], cwd=folder, capture_output=True, text=True, timeout=120
    )
    return [line for line in done.stdout.splitlines() if "error TS" in line]
