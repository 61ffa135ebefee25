"""What EventBridge does for the scheduled functions, by the local clock: rates, and cron by minutes and hours (UTC)."""

import logging
import re
import threading
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.local.clock import Clock

log = logging.getLogger(__name__)

_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
_LOOK_SECONDS = 10.0  # the longest sleep, so that a machine that was asleep is not believed to have lost no time


def next_after(expression: str, at: float) -> float:
    """When a schedule fires next, strictly after `at` (unix seconds).

    A rate counts from `at`. Raises ValueError for what is not understood: of a cron expression's fields all but minutes
    and hours have to be `*` or `?`. Syntax: EventBridge user guide, "Setting a schedule pattern".
    """
    rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if rate:
        return at + int(rate[1]) * _UNITS[rate[2]]
    cron = re.fullmatch(r"cron\((\S+) (\S+) ([*?]) ([*?]) ([*?]) ([*?])\)", expression)
    if cron is None:
        raise ValueError(f"The local system does not understand the schedule {expression}.")
    minutes, hours = _field(cron[1], 60), _field(cron[2], 24)
    time = datetime.fromtimestamp(at, UTC).replace(second=0, microsecond=0)
    while True:
        time += timedelta(minutes=1)
        if time.minute in minutes and time.hour in hours:
            return time.timestamp()


def _field(text: str, size: int) -> Collection[int]:
    found: set[int] = set()
    for part in text.split(","):
        span = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
        if span is None:
            raise ValueError(f"The local system does not understand {text} in a schedule.")
        first, last, step = span[1], span[2], span[3]
        end = int(last) if last else size - 1 if first is None or step else int(first)
        found.update(range(int(first or 0), end + 1, int(step or 1)))
    if not found or max(found) >= size:
        raise ValueError(f"{text} in a schedule is out of range.")
    return found


def event(name: str, at: float) -> dict[str, Any]:
    """The event of a rule that fires at `at`; EventBridge tells whole seconds."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:events:us-east-1:123456789012:rule/unsealed-{name}"],
        "detail": {},
    }


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something to do again and again: `act` is handed the time."""

    name: str
    expression: str
    act: Callable[[float], None]


class Scheduler:
    """Fires schedules when the clock has come to them. Raises ValueError for an expression it does not understand."""

    def __init__(self, clock: Clock, schedules: Collection[Schedule]) -> None:
        self._clock = clock
        self._schedules = schedules
        self._at = clock.now()
        self._next = self._planned(self._at)
        self._one_at_a_time = threading.Lock()
        self._moved = threading.Event()
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stop.is_set():
            self._moved.clear()
            self.fire(self._clock.now())
            soonest = min(self._next.values(), default=float("inf"))
            self._moved.wait(min(max(0.0, soonest - self._clock.now()), _LOOK_SECONDS))

    def stop(self) -> None:
        """Fire no more."""
        self._stop.set()
        self._moved.set()

    def fire(self, at: float, everything: bool = False) -> None:
        """Do what is due at `at`, or everything: once each, not once for each time that was missed."""
        with self._one_at_a_time:
            if at < self._at:  # the machine's clock was set back: nothing waits for the time that it had told
                self._next = self._planned(at)
            self._at = at
            for schedule in self._schedules:
                if (everything or self._next[schedule.name] <= at) and not self._stop.is_set():
                    self._next[schedule.name] = next_after(schedule.expression, at)
                    schedule.act(at)

    def _planned(self, at: float) -> dict[str, float]:
        return {schedule.name: next_after(schedule.expression, at) for schedule in self._schedules}

    def advance(self, seconds: float) -> float:
        """Move the clock and do everything at the new time, which is returned. Raises ValueError for a step back."""
        at = self._clock.advance(seconds)
        self.fire(at, everything=True)
        self._moved.set()
        return at
