"""The table's stream, handed to `app.follow` as Lambda's event source mapping does: in order, in batches, retried.

Lambda's rules (developer guide, "Process DynamoDB records with Lambda"): what a batch's answer names as failed is
tried again from there on; a batch that raises is cut in halves; after `retries` a record goes to the on-failure
destination, which here is the log. One difference: Lambda gives up what is left of the batch, we the one record.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from time import time
from typing import Any

from infra.local.functions import Function, FunctionError, first_failed, invoke

log = logging.getLogger(__name__)

Record = Mapping[str, Any]

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


def number(record: Record) -> str:
    """A record's place in the stream."""
    return str(record["dynamodb"]["SequenceNumber"])


class Pump:
    """Hands records over until it is stopped. `read` gives the oldest, at most so many, that were not passed; `passed` is told
    the place up to which all is done, after each step.
    """

    def __init__(
        self,
        read: Callable[[int], Sequence[Record]],
        name: str,
        follow: Function,
        batch_size: int,
        passed: Callable[[str], None],
        retries: int = 5,
        now: Callable[[], float] = time,
    ) -> None:
        self._read = read
        self._name = name
        self._follow = follow
        self._batch_size = batch_size
        self._passed = passed
        self._retries = retries
        self._now = now
        self._stop = threading.Event()
        self.arrived = threading.Event()

    def run(self) -> None:
        """Work until `stop`, waiting for `arrived` where there is nothing to do."""
        while not self._stop.is_set():
            self.arrived.clear()
            while (batch := self._read(self._batch_size)) and not self._stop.is_set():
                self.deliver(batch)
            self.arrived.wait()

    def stop(self) -> None:
        """End after the call that is under way; what it did not finish comes again after the next start."""
        self._stop.set()
        self.arrived.set()

    def deliver(self, batch: Sequence[Record]) -> None:
        """Hand over one batch, and again what failed of it, until all is done or given up."""
        todo = [list(batch)]
        tries: dict[str, int] = {}
        while todo and not self._stop.is_set():
            records = todo.pop(0)
            done, raised = self._call(records)
            self._pass(records[:done])
            left = records[done:]
            if raised and len(left) > 1:
                middle = len(left) // 2
                todo[:0] = [left[:middle], left[middle:]]
                continue
            if left:
                todo.insert(0, self._again(left, tries))

    def _again(self, left: list[Record], tries: dict[str, int]) -> list[Record]:
        """What to try next, after a pause."""
        first = number(left[0])
        tries[first] = tries.get(first, 0) + 1
        if tries[first] > self._retries:
            log.error("%s: gave up the record %s of %s.", self._name, first, left[0]["dynamodb"]["Keys"])
            self._pass(left[:1])
            return left[1:]
        self._stop.wait(min(FIRST_PAUSE * 2 ** (tries[first] - 1), LONGEST_PAUSE))
        return left

    def _call(self, records: Sequence[Record]) -> tuple[int, bool]:
        """How many records are done, and whether the function raised."""
        if not records:
            return 0, False
        try:
            answer = invoke(self._name, self._follow, {"Records": list(records)}, self._now)
        except FunctionError:
            return 0, True
        return first_failed(answer, [number(record) for record in records]), False

    def _pass(self, records: Sequence[Record]) -> None:
        if records:
            self._passed(number(records[-1]))
