"""Checkpoints of the SQLite file in a thread of their own: else a commit makes one now and then, and whoever writes waits for
the disk (https://www.sqlite.org/wal.html, "Checkpointing").
"""

import logging
import sqlite3
import threading

from chalicelib.store.sqlite.database import Database

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_ENOUGH = 250  # commits


class Checkpoints:
    """Makes one whenever enough was written, until it is stopped. Closing the file makes the last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._done = 0
        self._stop = threading.Event()
        database.keep_log()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stop.wait(_LOOK_SECONDS):
            if (commits := self._database.commits) - self._done >= _ENOUGH:
                try:
                    self._database.checkpoint()
                    self._done = commits
                except sqlite3.OperationalError:  # a full disk; what is committed is safe in the log
                    log.exception("The log could not be taken over into the file.")

    def stop(self) -> None:
        """Make no more."""
        self._stop.set()
