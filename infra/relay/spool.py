"""The queue on disk: one file for each copy, in place before a client is told that its mail was taken.

A file's name is when it is due, how often it was tried, and a random name, so the folder in order is the queue, and a
try that failed is one rename. Its first line is the envelope, the rest is the mail.
"""

import fcntl
import json
import os
import threading
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

_SHARE = 3  # times what is free is what one sender may have


class InUse(Exception):  # noqa: N818
    """Another process has the folder."""


class Full(Exception):  # noqa: N818
    """The queue holds as much as it may, or as much of one sender's."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a copy goes. `mail_from` is "" for what tells of a failure; `taken_at` is in unix seconds.

    `message` and `number` say which recipient of which message of ours it is; `message` is None if of none.
    """

    sender: str
    mail_from: str
    recipient: str
    taken_at: float
    message: str | None = None
    number: int = 0

    @property
    def owner(self) -> str:
        """In whose share of the queue it is, "" for nobody's."""
        return self.sender if self.mail_from else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One copy in the queue: its file, when it is due (unix seconds), and how often it was tried."""

    path: Path
    due: float
    tries: int


class Spool:
    """The queue in a folder, of `most_bytes` at most. Raises InUse if another process has it.

    Nobody may have more in it than three times what is free: one sender gets three quarters of it, two of them three
    sevenths each, and the next one always finds room. What tells of a failure is nobody's, or a full share would stay full.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._queue, self._making = folder / "queue", folder / "making"
        for each in (self._queue, self._making):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (folder / "lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            self._lock.close()
            raise InUse(f"{folder} is in use by another relay.") from taken
        for left in self._making.iterdir():
            left.unlink()  # of a mail that nobody was told we had
        self._most_bytes = most_bytes
        self._changing = threading.Lock()
        self._numbers = count()  # what is due at the same time goes in the order it came
        self._bytes = 0
        self._shares: Counter[str] = Counter()
        for entry in self._entries():
            self._count(self._owner(entry), entry.path.stat().st_size)

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()

    def has_room(self, size: int) -> bool:
        """Whether so many bytes more may come."""
        return self._bytes + size <= self._most_bytes

    def has_share(self, sender: str, size: int) -> bool:
        """Whether so many bytes more may come from this sender, "" for nobody."""
        return not sender or self._shares[sender] + size <= _SHARE * (self._most_bytes - self._bytes - size)

    def put(self, copies: Iterable[tuple[Envelope, bytes]], due: float) -> None:
        """Take these copies: when it returns, they are on the disk. Raises Full, or OSError, and has none of them then."""
        with self._changing:
            made: list[tuple[Path, Envelope]] = []
            size = 0
            try:
                for envelope, raw in copies:
                    size += len(raw)
                    if not self.has_room(size) or not self.has_share(envelope.owner, size):
                        raise Full
                    made.append((self._written(envelope, raw), envelope))
            except (Full, OSError):
                for path, _ in made:
                    path.unlink()
                raise
            for path, envelope in made:
                self._count(envelope.owner, path.stat().st_size)
                path.rename(self._queue / f"{_milliseconds(due)}-000-{path.name}")
            _flush(self._queue)

    def due(self, at: float) -> list[Entry]:
        """What is due by then, the longest waiting first."""
        return [entry for entry in self._entries() if entry.due <= at]

    def waiting(self) -> int:
        """How many copies are in the queue."""
        return sum(1 for _ in self._entries())

    def read(self, entry: Entry) -> tuple[Envelope, bytes]:
        """A copy and its envelope."""
        with entry.path.open("rb") as file:
            return Envelope(**json.loads(file.readline())), file.read()

    def _envelope(self, entry: Entry) -> Envelope:
        with entry.path.open("rb") as file:
            return Envelope(**json.loads(file.readline()))

    def postpone(self, entry: Entry, due: float) -> None:
        """Let a copy wait until then: it was tried once more."""
        name = entry.path.name.rpartition("-")[2]
        entry.path.rename(self._queue / f"{_milliseconds(due)}-{min(entry.tries + 1, 999):03d}-{name}")

    def done(self, entry: Entry) -> None:
        """Forget a copy."""
        with self._changing:
            self._count(self._owner(entry), -entry.path.stat().st_size)
            entry.path.unlink()

    def _count(self, owner: str, size: int) -> None:
        self._bytes += size
        self._shares[owner] += size
        if not self._shares[owner]:
            del self._shares[owner]

    def _owner(self, entry: Entry) -> str:
        """Whose share a copy is in, "" for nobody's. One that cannot be read waits, and shall keep no relay from starting."""
        try:
            return self._envelope(entry).owner
        except (ValueError, TypeError):
            return ""

    def _entries(self) -> Iterator[Entry]:
        for path in sorted(self._queue.iterdir()):
            due, tries, _ = path.name.split("-", 2)
            yield Entry(path, int(due) / 1000, int(tries))

    def _written(self, envelope: Envelope, raw: bytes) -> Path:
        path = self._making / f"{next(self._numbers):08x}{uuid.uuid4().hex}.mail"
        with path.open("xb") as file:
            file.write(json.dumps(asdict(envelope)).encode() + b"\n")
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        return path


def _milliseconds(at: float) -> str:
    return f"{int(at * 1000):013d}"


def _flush(folder: Path) -> None:
    """The names in a folder are on the disk, as well as the files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
