"""The local system's clock: the machine's time, moved forward by what the console was asked for."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Clock:
    """Unix seconds, always forward. The offset is kept in `file`, so that a restart does not go back in time."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = float(file.read_text()) if file is not None and file.exists() else 0.0
        self._fixed = threading.local()

    @property
    def offset(self) -> float:
        """Seconds ahead of the machine."""
        return self._offset

    def of(self, machine: float) -> float:
        """What this clock said when the machine's said this."""
        return machine + self._offset

    def now(self) -> float:
        """The time, or the one that this thread is held at."""
        held: float | None = getattr(self._fixed, "at", None)
        return time.time() + self._offset if held is None else held

    def advance(self, seconds: float) -> float:
        """Move forward, up to the next whole second, and return the new time. Raises ValueError for a step back.

        Whole, because schedules tell the time in whole seconds: what is due in a minute shall be due at the minute's end.
        """
        if seconds < 0:
            raise ValueError("The clock only moves forward.")
        self._offset += math.ceil(self.now() + seconds) - self.now()
        if self._file is not None:
            written = self._file.with_suffix(".new")
            written.write_text(repr(self._offset))
            written.replace(self._file)
        return self.now()

    @contextmanager
    def held(self, at: float) -> Iterator[None]:
        """Within it, for this thread, it is `at`: one request sees one time, and a replay sees the time of old."""
        before = getattr(self._fixed, "at", None)
        self._fixed.at = at
        try:
            yield
        finally:
            self._fixed.at = before
