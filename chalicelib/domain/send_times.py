"""The best hour of the week to write to a contact, from the moments at which they were seen to read, click or answer.

Few moments say little: everything is shrunk toward what is usual for people, so that a recommendation is never worse
than the hour that suits most of them, and it says so when it rests on too little.

The method. Each moment is evidence for weeks that people live (rhythms.py): Bayes' rule says how likely each is, and
their mean is what the contact's own moments, smoothed over the clock, are added to. Older moments count less, and so
do moments soon after another one, which is the same sitting. With the zone unknown, the same rule finds the zone.

What is seen depends on when mail was sent: somebody written to only at nine opens after nine. Where the sends are
known, hours are therefore compared by moments for each hour in which mail was waiting, and an hour in which none ever
waited stays at what is usual.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, mul

from chalicelib.domain import zones
from chalicelib.domain.lanes import WIDTH, unpack
from chalicelib.domain.rhythms import HOURS, SHIFTS, SURPRISE, Rhythms, shipped, turned

HALF_LIFE = 365 * zones.DAY  # what was seen a year ago counts half, two years ago a third...
HALF_LIFE_OF_ZONE = 2 * HALF_LIFE  # ...but where the zone is to be found, it keeps longer
SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
PRIOR_STRENGTH = 40  # moments that the mean of the likely weeks is worth
AT_ONCE = 1 / 6  # hours
LONGEST_WAIT = 72  # hours that a mail counts as waiting: later it is looked for, not come upon
UNLIKELY = 7.0  # bits by which a hypothesis may be behind the likeliest and still count
SURE_OF_ZONE = 0.5  # probability from which an inferred zone is told
UNIT, MOST_UNITS = 64, 1 << 14  # weights are whole numbers in the lanes: see rhythms.py

CLOSENESS = 0.05  # of a moment's mass stays with its hour, roughly: so much surer than single counts are the weights

# When there is enough data, checked on the people that the archetypes were learnt from, each repository apart: of
# those whose gain was at least half its error, it came true (0.2 to 2 times likelier, as expected, in later months).
FEWEST = 4.0  # weight of moments below which nothing is claimed
CLEAR = 0.5  # share of its error from which a gain is believed
PLENTY = 20.0  # weight of moments from which it is known, too, that there is little to gain
_AT = attrgetter("at")
_ABOVE = HOURS * WIDTH * 8  # bits: the lanes of the hours; those of the hypotheses lie above
_WEEK = (1 << _ABOVE) - 1


@dataclass(frozen=True, slots=True)
class Moment:
    """One counted human event: the first open of a message, a click, a reply.

    `at` is unix seconds; `weight` the verdict's confidence times the strength of the kind, above 0.
    """

    at: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SendTime:
    """The recommended hour of the week to write to a contact, and what that rests on.

    `weekday` (0 is Monday) and `hour` are on the clock of `time_zone`, as are the 168 `weights` (Monday 00:00 first,
    summing to 1): how likely each hour is to find the contact reading. Without `enough_data` the hour is the one that
    suits most people. An inferred `time_zone` is an offset like "UTC+02:00"; "UTC" means that it is not known.

    `n` is what the moments weigh after decay, those that came in the very hour of a send left out: they had no choice.
    `gain` is how much likelier the hour of greatest weight is to find the contact than the hour that suits most people
    (0.25: a quarter likelier), `gain_error` its standard error.
    """

    enough_data: bool
    weekday: int
    hour: int
    time_zone: str
    weights: tuple[float, ...]
    n: float
    gain: float
    gain_error: float
    reason: str


def recommend(
    moments: Sequence[Moment], sends: Sequence[float], zone: str | None, at: float, rhythms: Rhythms | None = None
) -> SendTime:
    """When to write to the contact whose moments these are, as seen at unix time `at`.

    `sends` are the times at which the sender wrote to them; without any, all hours are taken to have had the same
    chance. `zone` is an IANA name or an offset like "+02:00"; if it is None or not known it is inferred from the
    moments. `rhythms` is what is usual for people: by default what ships with the product.
    """
    rhythms = rhythms or shipped()
    known = zone if zone is not None and zones.known(zone) else None
    clock = known or "UTC"
    prior = rhythms.local if known else rhythms.anywhere
    if not moments:
        return _send_time(prior.usual, prior.best, clock, 0, 0.0)

    hours, weights, unit = _weigh(moments, clock, HALF_LIFE if known else HALF_LIFE_OF_ZONE, at)
    waits = 0
    if sends:
        waits, weights = _wait(hours, weights, sorted([_hours(sent, clock) for sent in sends]), prior.waited)
    n = sum(weights) / unit
    if not n:
        return _send_time(prior.usual, prior.best, clock, len(moments), n)
    seen, size = prior.seen, len(prior.weeks)
    rows = sum(map(mul, weights, [seen[int(hour) % HOURS] for hour in hours]), unit * prior.rare)
    surprises: Sequence[float] = unpack(rows >> _ABOVE, size)
    scale = 1 / (unit * SURPRISE)
    if waits:
        chances = unpack(waits >> _ABOVE, size)
        each = n / scale
        surprises = [
            surprise + each * math.log2(chance + 1) for surprise, chance in zip(surprises, chances, strict=True)
        ]

    least = min(surprises)
    most = least + UNLIKELY / scale
    likely = [
        (place, 2.0 ** ((least - surprise) * scale)) for place, surprise in enumerate(surprises) if surprise < most
    ]
    strength = PRIOR_STRENGTH * unit / sum([share for _, share in likely])
    expected = sum([round(strength * share) * prior.weeks[place] for place, share in likely])
    week: Sequence[float] = unpack(expected + (rows & _WEEK), HOURS)
    if waits:
        mean = sum([share * chances[place] for place, share in likely]) / sum([share for _, share in likely])
        worth = n / mean
        waited = unpack(waits & _WEEK, HOURS)
        week = [count / (PRIOR_STRENGTH + worth * wait) for count, wait in zip(week, waited, strict=True)]
    if known:
        return _send_time(week, prior.best, known, len(moments), n)

    shifts = [0.0] * len(SHIFTS)
    for place, share in likely:
        shifts[place % len(SHIFTS)] += share
    if max(shifts) < SURE_OF_ZONE * sum(shifts):
        return _send_time(week, prior.best, "UTC", len(moments), n)
    shift = SHIFTS[shifts.index(max(shifts))]
    return _send_time(turned(week, -shift), rhythms.local.best, zones.named(shift), len(moments), n)


def _hours(at: float, clock: str) -> float:
    """Hours since a Monday 00:00. 1970 began on a Thursday."""
    return (at + zones.offset(clock, at)) / 3600 + 72


def _weigh(moments: Sequence[Moment], clock: str, half_life: float, at: float) -> tuple[list[float], list[int], int]:
    """The hours of the moments in order of time, what each weighs in units, and how many units make one."""
    hours, weights, last = [], [], -math.inf
    by_day = zones.by_day(clock)
    for moment in sorted(moments, key=_AT):
        when = moment.at
        ahead = by_day[int(when // zones.DAY)]
        hours.append(_hours(when, clock) if ahead is None else (when + ahead) / 3600 + 72)
        weight = moment.weight
        if when < at:
            weight /= 1 + (at - when) / half_life
        apart = (when - last) / zones.DAY
        if apart < 1:
            weight *= SAME_SITTING + (1 - SAME_SITTING) * apart
        weights.append(weight)
        last = when
    total = sum(weights)
    unit = UNIT if total * UNIT < MOST_UNITS else max(1, int(MOST_UNITS / total))
    return hours, [int(weight * unit + 0.5) for weight in weights], unit


def _wait(
    hours: Sequence[float], weights: Sequence[int], sends: Sequence[float], waited: Sequence[int]
) -> tuple[int, list[int]]:
    """The hours in which mail waited for each moment, as a sum of rows; and the weights of the moments.

    A moment was waited for since the first send after the moment before it, or else since that moment. What came at
    once was called by the arrival itself, at whatever hour: it weighs nothing.
    """
    times = [0] * len(waited)  # that each row of `waited` is added; between two hours, a part of either
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


def _send_time(week: Sequence[float], usual: int, zone: str, events: int, n: float) -> SendTime:
    total = sum(week)
    most = max(week)
    best = week.index(most)
    gain = most / week[usual] - 1
    error = 0.0
    if best != usual:
        error = (1 + gain) * math.sqrt(CLOSENESS * total * (1 / most + 1 / week[usual]) / (PRIOR_STRENGTH + n))
    enough = n >= FEWEST and (gain >= CLEAR * error or n >= PLENTY)
    told = f"Rests on {events} event{'' if events == 1 else 's'}"
    if not enough:
        chosen = usual
        reason = f"{told}: not enough data, so this is the hour at which most people read."
    elif gain > 0.05:
        chosen = best
        reason = f"{told}: {gain:.0%} likelier to be read soon than at the hour at which most people read."
    else:
        chosen = best
        reason = f"{told}: the hour at which most people read suits this contact, too."
    scale = 1 / total
    weights = tuple([weight * scale for weight in week])
    return SendTime(enough, chosen // 24, chosen % 24, zone, weights, n, gain, error, reason)


@dataclass(frozen=True, slots=True)
class WritingHours:
    """When the sender is willing to write: weekdays (0 is Monday) and hours of the day on the sender's own clock."""

    weekdays: frozenset[int]
    hours: frozenset[int]
    zone: str

    def include(self, at: float) -> bool:
        """Whether that unix time falls into them. Raises LookupError if the zone is not known."""
        hour = _hour_of_week(at + zones.offset(self.zone, at))
        return hour // 24 in self.weekdays and hour % 24 in self.hours


PATIENCE = 3 * zones.DAY  # waiting this long is worth it for an hour that is twice as likely


def next_slot(send_time: SendTime, at: float, allowed: WritingHours | None = None) -> float:
    """The next good time to write, as unix seconds: `at` itself if now is good, otherwise the start of an hour.

    Of the coming week it is the likeliest hour, each discounted by the wait: six days for the very best hour help
    nobody. Hours that the sender does not allow are passed over; if that leaves none, none is.
    """
    hours, start = [], at
    for _ in range(HOURS):
        local = start + zones.offset(send_time.time_zone, start)
        worth = send_time.weights[_hour_of_week(local)] * 0.5 ** ((start - at) / PATIENCE)
        hours.append((worth, start))
        start += 3600 - local % 3600
    offered = [hour for hour in hours if allowed is None or allowed.include(hour[1])]
    return max(offered or hours, key=lambda hour: hour[0])[1]


def _hour_of_week(local: float) -> int:
    return int(local // 3600 + 72) % HOURS  # 1970 began on a Thursday
