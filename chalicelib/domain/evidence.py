"""What moments weigh as evidence of habits, and how long mail had been waiting for each of them.

Times are unix seconds, or hours since a Monday 00:00 on the clock of the person (fractions are minutes).
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from chalicelib.domain import zones

SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
HEAVIEST = 8.0  # what a moment may weigh
AT_ONCE = 1 / 6  # hours in which it is the arrival that calls somebody to a mail
NO_WAIT = -1
LONGEST_WAIT = 72.0  # hours that a mail counts as waiting: later it is looked for, not come upon


def hours_since_monday(at: float, clock: str) -> float:
    """That unix time on the clock of a zone. 1970 began on a Thursday. Raises LookupError if the zone is not known."""
    return (at + zones.offset(clock, at)) / 3600 + 72


def on_clock(times: Iterable[float], clock: str) -> list[float]:
    """All of these times as `hours_since_monday`, faster where the clock is that of Greenwich."""
    if clock == "UTC":
        return [at / 3600 + 72 for at in times]
    return [hours_since_monday(at, clock) for at in times]


def weigh(moments: Iterable[tuple[float, float]], half_life: float, at: float) -> list[float]:
    """What moments (unix time and weight, in order of time) weigh as seen at `at`.

    A moment half a lifetime old counts half, one of two half-lives a third: habits change, but not by leaps.
    """
    weights, last = [], -math.inf
    for when, weight in moments:
        if weight > HEAVIEST:
            weight = HEAVIEST
        if when < at:
            weight /= 1 + (at - when) / half_life
        apart = (when - last) / zones.DAY
        if apart < 1:
            weight *= SAME_SITTING + (1 - SAME_SITTING) * apart
        weights.append(weight)
        last = when
    return weights


def wait(hours: Iterable[float], sends: Sequence[float]) -> list[int]:
    """For each moment (hours in order, like the sends) for how many hours of the clock before its own mail had waited.

    A moment was waited for since the first send after the moment before it, or else since that moment. What came at
    once was called by the arrival itself, whatever the hour: NO_WAIT.
    """
    waited, last = [], -math.inf
    for hour in hours:
        place = bisect_right(sends, last)
        since = sends[place] if place < len(sends) and sends[place] <= hour else last
        since += AT_ONCE
        if since < hour - LONGEST_WAIT:
            since = hour - LONGEST_WAIT
        waited.append(int(hour) - int(since) if since < hour else NO_WAIT)
        last = hour
    return waited
