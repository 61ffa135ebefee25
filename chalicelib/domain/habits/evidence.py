"""What moments weigh as evidence of habits, and how long mail had been waiting for each of them."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.rhythms import HOURS

SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
HEAVIEST = 8.0  # what a moment may weigh
AT_ONCE = 1 / 6  # hours in which it is the arrival that calls somebody to a mail
LONGEST_WAIT = 72.0  # hours that a mail counts as waiting: later it is looked for, not come upon


def hours_since_monday(at: float, clock: str) -> float:
    """That unix time on the clock of a zone. 1970 began on a Thursday. Raises LookupError if the zone is not known."""
    return (at + zones.offset(clock, at)) / 3600 + 72


def weigh(
    moments: Iterable[tuple[float, float]], sends: Sequence[float], clock: str, half_life: float, at: float
) -> tuple[list[int], list[float], list[int]]:
    """The hours of the week of moments on a clock; what each weighs as seen at `at`; and for how many hours of the
    clock before its own mail had waited for it: nothing without any sends.

    Moments (unix time and weight) and sends come in order of time. A moment half a lifetime old counts half, one of two
    half-lives a third: habits change, but not by leaps. It was waited for since the first send after the moment before
    it, or else since that moment. What came at once was called by the arrival itself, whatever the hour: it weighs 0.
    """
    hours, weights, waited = [], [], []
    last = -math.inf
    for when, weight in moments:
        hour = when / 3600 + 72 if clock == "UTC" else hours_since_monday(when, clock)
        hours.append(int(hour) % HOURS)
        if weight > HEAVIEST:
            weight = HEAVIEST
        if when < at:
            weight /= 1 + (at - when) / half_life
        apart = (when - last) / zones.DAY
        if apart < 1:
            weight *= SAME_SITTING + (1 - SAME_SITTING) * apart
        if sends:
            place = bisect_right(sends, last)
            since = sends[place] if place < len(sends) and sends[place] <= when else last
            wait = (when - since) / 3600 - AT_ONCE
            if wait <= 0:
                weight = wait = 0.0
            elif wait > LONGEST_WAIT:
                wait = LONGEST_WAIT
            waited.append(int(hour) - int(hour - wait))
        weights.append(weight)
        last = when
    return hours, weights, waited
