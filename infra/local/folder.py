"""The folder that a local system lives in (DATA_DIR): who has it, what wrote it, and its small files."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from infra.local.clock import Clock
from infra.process_settings import WrongSetting

_EMULATED = ("moto-version", "snapshot", "journal")  # of a folder in the format before SQLite's


class CannotStart(Exception):  # noqa: N818 - said to a person as it is
    """The local system cannot start. The message says why, and what to do."""


class Folder:
    """The folder of one local system: the lock on it, and the small files.

    Raises CannotStart, whose message is for the person who started it, if another process has it or if it is of a format
    that cannot be read, and WrongSetting if nothing can be written there.
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
        if any((path / name).exists() for name in _EMULATED):
            self.close()
            raise CannotStart(
                f"{path} is of the format before the SQLite file, which this version cannot read: move it away to begin anew, "
                "or choose another DATA_DIR."
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
        """The clock that goes with the data. Raises CannotStart."""
        file = self.path / "clock"
        try:
            return Clock(file)
        except ValueError as wrong:
            raise CannotStart(f"{file} is no number of seconds: remove it, and the clock is the machine's.") from wrong

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()
