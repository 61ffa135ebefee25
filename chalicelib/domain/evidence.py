"""What moments weigh as evidence of habits, and how long mail had been waiting for each of them.

Times are hours since a Monday 00:00 on the clock of the person (fractions are minutes). Weights are whole numbers of
units, for the lanes of rhythms.py.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from chalicelib.domain import zones
from chalicelib.domain.rhythms import HOURS

SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
HEAVIEST = 8.0  # what a moment may weigh
UNIT, MOST_UNITS = 64, 1 << 14
AT_ONCE = 1 / 6  # hours in which it is the arrival that calls somebody to a mail
LONGEST_WAIT = 72.0  # hours that a mail counts as waiting: later it is looked for, not come upon


def hours_since_monday(at: float, clock: str) -> float:
    """That unix time on the clock of a zone. 1970 began on a Thursday. Raises LookupError if the zone is not known."""
    return (at + zones.offset(clock, at)) / 3600 + 72


def weigh(
    moments: Sequence[tuple[float, float]], clock: str, half_life: float, at: float
) -> tuple[list[float], list[int], int]:
    """The hours of moments (unix time and weight, in order of time), what each weighs, and how many units make one.

    A moment half a lifetime old counts half, one of two half-lives a third: habits change, but not by leaps.
    """
    by_day = zones.by_day(clock)
    hours, weights, last = [], [], -math.inf
    for when, weight in moments:
        ahead = by_day[int(when // zones.DAY)]
        hours.append(hours_since_monday(when, clock) if ahead is None else (when + ahead) / 3600 + 72)
        if weight > HEAVIEST:
            weight = HEAVIEST
        if when < at:
            weight /= 1 + (at - when) / half_life
        apart = (when - last) / zones.DAY
        if apart < 1:
            weight *= SAME_SITTING + (1 - SAME_SITTING) * apart
        weights.append(weight)
        last = when
    total = sum(weights)
    unit = UNIT if total * UNIT < MOST_UNITS else int(MOST_UNITS / total)
    return hours, [int(weight * unit + 0.5) for weight in weights], unit


def wait(
    hours: Sequence[float], weights: Sequence[int], sends: Sequence[float], waited: Sequence[int]
) -> tuple[int, list[int]]:
    """How long mail waited for the moments: a sum of rows of `waited` (see Prior); and the weights of the moments.

    A moment was waited for since the first send after the moment before it, or else since that moment. What came at
    once was called by the arrival itself, whatever the hour: it weighs nothing.
    """
    times = [0] * len(waited)  # that each row is added; a time between two hours is a part of either
    kept, last = [], -math.inf
    for hour, weight in zip(hours, weights, strict=True):
        place = bisect_right(sends, last)
        since = sends[place] if place < len(sends) and sends[place] <= hour else last
        since = max(since + AT_ONCE, hour - LONGEST_WAIT)
        last = hour
        if since >= hour:
            kept.append(0)
            continue
        kept.append(weight)
        first, end = int(since), int(hour)
        start = first % HOURS
        stop = start + end - first
        part, later_part = int(weight * (since - first)), int(weight * (hour - end))
        times[start] -= weight - part
        times[start + 1] -= part
        times[stop] += weight - later_part
        times[stop + 1] += later_part
    return sum([time * waited[place] for place, time in enumerate(times) if time]), kept
