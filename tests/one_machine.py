"""The system's surroundings on one machine, in the process of the tests: what tests/embedded.py is of AWS.

The same tests run on both where a conftest says so (`both_engines`), so that neither hides the other's faults.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from chalicelib.config import config
from chalicelib.store.accounts import api_tokens
from chalicelib.store.dynamodb.values import from_wire
from chalicelib.store.sqlite import engine as engines
from chalicelib.store.sqlite import queues, stream
from chalicelib.store.writes import Put
from infra.local import incoming
from infra.local import queues as drivers
from infra.local.clock import Clock
from infra.local.functions import Context, first_failed
from infra.local.place import Place, environment
from infra.local.sent import Outbox
from tests.capacity import Item

ROOM = 1 << 30  # bytes
PUBLIC_URL = "http://127.0.0.1:8000"


class OneMachine:
    """A folder with the file in it, and what tests want to know of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.engine = engines.engine()
        self.engine.now = self.clock.now
        self._outbox = Outbox(folder, self.clock)
        self.keep_mail = incoming.keeper(folder)
        self.begun: tuple[str, list[Item], dict[str, int]] | None = None

    def client(self, service: str) -> Any:
        """There is none."""
        pytest.skip(f"This asks AWS's {service} itself.")

    def items(self) -> list[Item]:
        """All items of the table, in wire form, sorted by their keys."""
        return self.engine.items(most=1_000_000)

    def lay(self, items: Iterable[Item]) -> None:
        """Let these items, in wire form, be there, whatever is: the stream tells nothing of them."""
        self.engine.write([Put(from_wire(item)) for item in items])
        with self.engine.database.writing() as connection:
            connection.execute("DELETE FROM changes")

    def sweep(self) -> int:
        """Let what has expired go: how many items went."""
        return self.engine.sweep(self.clock.now())

    def outbox(self) -> list[dict[str, Any]]:
        """The mails that left, oldest first."""
        return self._outbox.mails()

    def pushes(self) -> list[dict[str, Any]]:
        """The pushes that left."""
        return self._outbox.pushes()

    def records(self, most: int = 1000) -> list[dict[str, Any]]:
        """The stream's records that were not passed."""
        return stream.records(self.engine.database, most)

    def deliver(self, function: Callable[[Any, Any], Any], batch_size: int = 25) -> list[str]:
        """Hand over the stream's new records in batches, until there are none, as tests/embedded.py does."""
        for _ in range(1000):
            batch = self.records(batch_size)
            if not batch:
                return []
            numbers = [str(record["dynamodb"]["SequenceNumber"]) for record in batch]
            answer = function({"Records": batch}, Context("follow"))
            self._outbox.take()
            done = first_failed(answer, numbers)
            if done:
                stream.passed(self.engine.database, numbers[done - 1])
            if done < len(batch):
                return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        raise AssertionError("The function makes new records for ever.")

    @property
    def passed(self) -> str | None:
        """The place up to which the stream was followed; what was passed is gone."""
        return None

    @passed.setter
    def passed(self, number: str) -> None:
        stream.passed(self.engine.database, number)

    def replay(self, function: Callable[[Any, Any], Any]) -> None:
        """Hand over what waits in the spill queue."""
        while drivers.QueueDriver(self.engine.database, queues.SPILL, function, 10, self.clock.now).deliver():
            pass

    def reset(self) -> None:
        """Everything as at the beginning."""
        api_tokens._latest.clear()
        with self.engine.database.writing() as connection:
            for table in ("items", "changes", "queue"):
                connection.execute(f"DELETE FROM {table}")
        self.engine.asked.clear()
        self.engine.answered.clear()
        self.forget()

    def forget(self) -> None:
        """What was sent, and the time."""
        self._outbox.forget()
        self.clock = Clock()
        self._outbox = Outbox(self.folder, self.clock)
        self.engine.now = self.clock.now

    def keep_time(self, now: Callable[[], float]) -> None:
        """Let the table's stream and what leaves go by this clock, until the next reset."""
        self.engine.now = now
        self._outbox = Outbox(self.folder, _Told(now))

    def draw_from(self, seed: int) -> None:
        """Nothing here is drawn at random."""


class _Told(Clock):
    """A clock that says what a test says; files are dated by it too."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        self._told = now

    def of(self, machine: float) -> float:
        return self._told()

    def now(self) -> float:
        return self._told()


@contextmanager
def started(folder: Path | None = None) -> Iterator[OneMachine]:
    """A folder, this one or a new one, and within it the environment that points at it."""
    with nullcontext(str(folder)) if folder else TemporaryDirectory(dir=_in_memory()) as name:
        told = environment(Place(PUBLIC_URL, True), Path(name), "a test's secret of thirty-two bytes")
        wanted = {**told, "AWS_DEFAULT_REGION": "us-east-1"}  # for clients that tests ask for
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        _anew()
        here = OneMachine(Path(name))
        yield here
        here.engine.database.close()
        for setting, value in before.items():
            os.environ.pop(setting) if value is None else os.environ.update({setting: value})
        _anew()


def _in_memory() -> Path | None:
    """Where nobody waits for a disk, if there is such a place with room enough."""
    place = Path("/dev/shm")
    return place if os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM else None


def _anew() -> None:
    config.cache_clear()
    engines.engine.cache_clear()
