"""The journal: every request that changed the local AWS, one JSON line each, in the hands of the system before the answer.

Done again from the last snapshot on, in order, with the seed and the time of each, they make the same data and names.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.local.httpd import Request


class CannotStart(Exception):  # noqa: N818 - said to a person as it is
    """The local system cannot start. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request, the seed of moto's random names and the time (unix seconds) it was done with. Numbers have no gap."""

    number: int
    seed: int
    at: float
    request: Request


class Journal:
    """A file that only grows, until it is started anew after a snapshot. For one writer, under a lock of its own."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._size = os.fstat(self._descriptor).st_size

    def entries(self) -> Iterator[Entry]:
        """All entries. A last line that is torn, since it was being written when the process was killed, is cut off.

        Raises CannotStart for any other line that cannot be read.
        """
        whole = 0
        with self._file.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                yield self._entry(line, whole)
                whole += len(line)
        os.ftruncate(self._descriptor, whole)
        self._size = whole

    def _entry(self, line: bytes, offset: int) -> Entry:
        try:
            number, seed, at, method, target, headers, body = json.loads(line)
        except ValueError as unreadable:
            raise CannotStart(
                f"{self._file} cannot be read from byte {offset} on. Cut it there (truncate -s {offset} {self._file}) to "
                "lose what came later, or move the folder away to begin anew."
            ) from unreadable
        pairs = [(name, value) for name, value in headers]
        return Entry(number, seed, at, Request(method, target, pairs, body.encode("latin-1"), ""))

    def append(self, entry: Entry) -> None:
        """Add an entry. When this returns it outlives the process, not the machine. Raises OSError if the disk is full."""
        request = entry.request
        headers = [(name, value) for name, value in map(_kept, request.headers) if name]
        body = request.body.decode("latin-1")
        fields = [entry.number, entry.seed, entry.at, request.method, request.target, headers, body]
        line = json.dumps(fields, separators=(",", ":")).encode() + b"\n"
        try:
            if os.write(self._descriptor, line) < len(line):
                raise OSError("The disk is full.")
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(line)

    def start_anew(self) -> None:
        """Forget all entries: a snapshot holds what they did."""
        os.ftruncate(self._descriptor, 0)
        self._size = 0

    def close(self) -> None:
        """Write no more."""
        os.close(self._descriptor)


def _kept(header: tuple[str, str]) -> tuple[str, str]:
    """The header as it is wanted later, or an empty name. Of the signature only whose it is and for which service."""
    name, value = header
    low = name.lower()
    if low == "authorization":
        return name, value.partition(",")[0]
    if low.startswith("x-amz-") and low not in ("x-amz-date", "x-amz-security-token"):
        return name, value
    return (name, value) if low in ("content-type", "content-encoding") else ("", "")
