"""What moments weigh as evidence of habits, and how long mail had been waiting for each of them."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.rhythms import HOURS

HALF_LIFE = 365 * zones.DAY  # what was seen a year ago counts half...
HALF_LIFE_OF_ZONE = 2 * HALF_LIFE  # ...but where the zone is to be found, longer
PARTS = 128  # of a moment that weighs 1: whole numbers are added up in lanes
SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
HEAVIEST = 8.0  # what a moment may weigh
AT_ONCE = 1 / 6  # hours in which it is the arrival that calls somebody to a mail
LONGEST_WAIT = 72.0  # hours that a mail counts as waiting: later it is looked for, not come upon


Moment = tuple[float, float]
"""One counted human event, the first open of a message, a click, a reply: unix seconds, and how strong it is, above 0."""


class Evidence(NamedTuple):
    """Moments as evidence: the hours of the week on a `clock` at which they were, what each weighs, in PARTS of one, and
    for how many hours of the clock before its own mail had waited for it: nothing where all hours had the same chance.

    `known` is whether the clock is the contact's own; otherwise it is "UTC".
    """

    clock: str
    known: bool
    hours: list[int]
    parts: list[int]
    waited: list[int]


def hours_since_monday(at: float, clock: str) -> float:
    """That unix time on the clock of a zone. 1970 began on a Thursday. Raises LookupError if the zone is not known."""
    return (at + zones.offset(clock, at)) / 3600 + 72


def weigh(moments: Iterable[Moment], sends: Iterable[float], zone: str | None, at: float) -> Evidence:
    """What the moments weigh as seen at `at`. `sends` are the times of writing to the contact, if that is known.

    `zone` is an IANA name or an offset like "+02:00"; None, or one that is not known, is to be inferred. A moment half
    a lifetime old counts half, one of two half-lives a third: habits change, but not by leaps. It was waited for since
    the first send after the moment before it, or else since that moment. What came at once was called by the arrival
    itself, whatever the hour: it weighs 0.
    """
    clock = zone if zone is not None and zones.known(zone) else None
    half_life = HALF_LIFE if clock else HALF_LIFE_OF_ZONE
    hours: list[int] = []
    parts: list[int] = []
    waited: list[int] = []
    waiting, last = [*sorted(sends), math.inf], -math.inf
    any_sends = len(waiting) > 1
    for when, weight in sorted(moments):
        since_monday = hours_since_monday(when, clock) if clock else when / 3600 + 72
        hour = int(since_monday)
        hours.append(hour % HOURS)
        if weight > HEAVIEST:
            weight = HEAVIEST
        if when < at:
            weight /= 1 + (at - when) / half_life
        if when - last < zones.DAY:
            weight *= SAME_SITTING + (1 - SAME_SITTING) * (when - last) / zones.DAY
        if any_sends:
            since = waiting[bisect_right(waiting, last)]
            wait = (when - (since if since <= when else last)) / 3600 - AT_ONCE
            if wait <= 0:
                weight = wait = 0.0
            elif wait > LONGEST_WAIT:
                wait = LONGEST_WAIT
            waited.append(hour - int(since_monday - wait))
        parts.append(int(weight * PARTS + 0.5))
        last = when
    return Evidence(clock or "UTC", clock is not None, hours, parts, waited)
