"""The folder that a local system lives in (DATA_DIR): who has it, what wrote it, and its small files."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import moto

from infra.local import moto_faults
from infra.local.clock import Clock
from infra.local.journal import CannotStart
from infra.settings import WrongSetting


class Folder:
    """The folder of one local system: the lock on it, and the small files.

    Raises CannotStart, whose message is for the person who started it, if another process has it or if another
    version of moto wrote it, and WrongSetting if nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = self._locked()
        except OSError as failure:
            raise WrongSetting(
                f"{path} is no folder to write in ({failure.strerror}): choose another DATA_DIR."
            ) from failure
        try:
            self._check()
        except CannotStart:
            self.close()
            raise

    def _check(self) -> None:
        if moto.__version__ != moto_faults.VERSION:
            raise CannotStart(
                f"moto {moto.__version__} is installed, and what was corrected of it is corrected for "
                f"{moto_faults.VERSION}: pip install -r requirements-local.txt"
            )
        version = self.path / "moto-version"
        if not version.exists():
            version.write_text(moto_faults.VERSION)
        elif version.read_text() != moto_faults.VERSION:
            raise CannotStart(
                f"{self.path} was written with moto {version.read_text()}, and {moto_faults.VERSION} is installed: pip install "
                f"moto=={version.read_text()} to use it, move it away to begin anew, or choose another DATA_DIR."
            )

    def _locked(self) -> TextIO:
        file = (self.path / "lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            file.seek(0)
            owner = file.read().strip()
            file.close()
            raise CannotStart(
                f"{self.path} is in use by another local system (process {owner}): stop it, or choose another PORT or DATA_DIR."
            ) from taken
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file

    def secret(self, name: str, new: Callable[[], str]) -> str:
        """A random secret, a `new` one the first time it is asked for."""
        file = self.path / name
        if not file.exists() or not file.read_text():
            file.touch(mode=0o600)
            file.write_text(new())
        return file.read_text().strip()

    def clock(self) -> Clock:
        """The clock that goes with the data."""
        return Clock(self.path / "clock")

    def position(self) -> str | None:
        """The last stream record that was passed, if any was."""
        file = self.path / "position"
        return file.read_text() if file.exists() else None

    def pass_position(self, number: str) -> None:
        """Keep the last stream record that was passed. A kill leaves this one or the one before."""
        written = self.path / "position.new"
        written.write_text(number)
        written.replace(self.path / "position")

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()
