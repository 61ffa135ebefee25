"""Data that survive: a snapshot of what AWS holds, and the journal of what changed since."""

import logging
import threading
from time import monotonic

from infra.local import moto_faults, snapshot
from infra.local.aws import Aws
from infra.local.folder import Folder
from infra.local.httpd import Request
from infra.local.journal import Entry, Journal

log = logging.getLogger(__name__)

MOST_ENTRIES = 10_000  # before a snapshot, so that a start takes seconds; doing one again takes about a millisecond
IDLE_ENTRIES = 1_000
IDLE_SECONDS = 5.0


class Keeper:
    """Keeps what an `Aws` holds in a folder. Restores it when made; from then on nothing answered is lost by a kill."""

    def __init__(self, folder: Folder, aws: Aws) -> None:
        self._folder = folder
        self._aws = aws
        self._snapshot = folder.path / "snapshot"
        self._journal = Journal(folder.path / "journal")
        self._stop = threading.Event()
        self._changed = monotonic()
        self._number, self._kept = 0, 0
        self._restore()
        aws.record = self._record

    def _restore(self) -> None:
        if self._snapshot.exists():
            head, _, content = self._snapshot.read_bytes().partition(b"\n")
            self._number = self._kept = int(head)
            snapshot.load(content)
        for entry in self._journal.entries():
            if entry.number <= self._kept:
                continue  # the process was killed between the snapshot and the new journal
            response = self._aws.replay(entry.seed, entry.at, entry.request)
            if response.status >= 400:
                log.warning("The journal's entry %d cannot be done again: %s", entry.number, response.body[:200])
            self._number = entry.number

    def _record(self, seed: int, at: float, request: Request) -> None:
        self._journal.append(Entry(self._number + 1, seed, at, request))
        self._number += 1
        self._changed = monotonic()

    def run(self) -> None:
        """Take snapshots where it is due, until `stop`."""
        while not self._stop.wait(1.0):
            entries = self._number - self._kept
            if entries >= MOST_ENTRIES or (entries >= IDLE_ENTRIES and monotonic() - self._changed > IDLE_SECONDS):
                self.snapshot()

    def snapshot(self) -> None:
        """Put all that AWS holds into the snapshot and begin the journal anew. Nothing is answered meanwhile."""
        with moto_faults.lock:
            if self._number == self._kept:
                return
            snapshot.write(self._snapshot, b"%d\n" % self._number + snapshot.save())
            self._journal.start_anew()
            self._kept = self._number

    def stop(self) -> None:
        """Take a last snapshot. What is still asked of AWS goes into the journal."""
        self._stop.set()
        self.snapshot()
