"""The SQLite file: what stands in it, who may write, and how it is read while somebody writes.

Write-ahead logging (https://www.sqlite.org/wal.html): readers wait for nobody, and one writes at a time. A commit outlives the
process, however that ends; a power cut may take the last commits with it (`synchronous=NORMAL`). Now and then the log is
taken over into the file (a checkpoint), which waits for the disk.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORMAT = 1
_WAIT = 10.0  # seconds for another process that writes
_LONG = 4000  # pages of the log, 16 MB
_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
  pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL, due_shard TEXT, due_at REAL, expires REAL, PRIMARY KEY (pk, sk)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due ON items (due_shard, due_at, pk, sk) WHERE due_shard IS NOT NULL;
CREATE INDEX IF NOT EXISTS expires ON items (expires) WHERE expires IS NOT NULL;
CREATE TABLE IF NOT EXISTS changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS queue (
  number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, body TEXT NOT NULL, seen_at REAL NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0
);
"""


class WrongFormat(Exception):  # noqa: N818
    """A later version wrote the file."""


class Database:
    """One file. Raises WrongFormat, and sqlite3.Error."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.commits = 0
        self._free: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writer = self._connected()
        self._writer.execute("PRAGMA journal_mode = WAL")
        (written,) = self._writer.execute("PRAGMA user_version").fetchone()
        if written > FORMAT:
            raise WrongFormat(f"{file} is of format {written}, and this version knows {FORMAT}.")
        self._writer.executescript(_SCHEMA)
        self._writer.execute(f"PRAGMA user_version = {FORMAT}")

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for this thread alone: what it reads is as it was last committed."""
        try:
            connection = self._free.pop()
        except IndexError:
            connection = self._connected()
        try:
            yield connection
        finally:
            self._free.append(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, of which all is done when it ends, or nothing. One at a time."""
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
                self.commits += 1
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def keep_log(self) -> None:
        """Leave the log as it is after a commit: somebody calls `checkpoint` from now on."""
        with self._lock:
            self._writer.execute("PRAGMA wal_autocheckpoint = 0")

    def checkpoint(self) -> None:
        """Take the log over into the file, while others read and write. They wait only where it has grown long: it starts anew
        when all of it was taken over, and who writes all the time would never let it.
        """
        with self.reading() as connection:
            _, pages, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if pages > _LONG:
                with self._lock:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Write no more. The log goes into the file."""
        with self._lock:
            while self._free:
                self._free.pop().close()
            self._writer.close()
