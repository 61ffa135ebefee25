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
from bisect import bisect_left
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
LONGEST_WAIT = 72  # hours that a mail counts as waiting: later it is looked for, not come upon
UNLIKELY = 7.0  # bits by which a hypothesis may be behind the likeliest and still count
SURE_OF_ZONE = 0.5  # probability from which an inferred zone is told
UNIT, MOST_UNITS = 64, 1 << 14  # weights are whole numbers in the lanes: see rhythms.py

CLOSENESS = 0.05
FEWEST = 5.0
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
    prior = rhythms.local if known else rhythms.anywhere
    if not moments:
        return _send_time(prior.usual, prior.best, known or "UTC", 0, 0.0)

    hours, weights, unit = _weigh(moments, known, at)
    seen, size = prior.seen, len(prior.weeks)
    rows = sum(map(mul, weights, [seen[hour % HOURS] for hour in hours]), unit * prior.rare)
    surprises: Sequence[float] = unpack(rows >> _ABOVE, size)
    n = total = sum(weights) / unit
    if sends:
        waits, n = _wait(hours, weights, sorted([_hour(sent, known) for sent in sends]), prior.waited)
        chances = unpack(waits >> _ABOVE, size)
        scale = total * unit * SURPRISE
        surprises = [all_ + scale * math.log2(chance + 1) for all_, chance in zip(surprises, chances, strict=True)]

    least = min(surprises)
    scale = 1 / (unit * SURPRISE)
    most = least + UNLIKELY / scale
    likely = [
        (place, 2.0 ** ((least - surprise) * scale)) for place, surprise in enumerate(surprises) if surprise < most
    ]
    strength = PRIOR_STRENGTH * unit / sum([share for _, share in likely])
    expected = sum([round(strength * share) * prior.weeks[place] for place, share in likely])
    week: Sequence[float] = unpack(expected + (rows & _WEEK), HOURS)
    if sends:
        mean = strength * sum([share * chances[place] for place, share in likely]) / (PRIOR_STRENGTH * unit)
        worth = total / mean
        week = [
            weight / (PRIOR_STRENGTH + worth * waited)
            for weight, waited in zip(week, unpack(waits & _WEEK, HOURS), strict=True)
        ]
    if known:
        return _send_time(week, prior.best, known, len(moments), n)

    shifts = [0.0] * len(SHIFTS)
    for place, share in likely:
        shifts[place % len(SHIFTS)] += share
    if max(shifts) < SURE_OF_ZONE * sum(shifts):
        return _send_time(week, prior.best, "UTC", len(moments), n)
    shift = SHIFTS[shifts.index(max(shifts))]
    return _send_time(turned(week, -shift), rhythms.local.best, zones.named(shift), len(moments), n)


def _hour(at: float, zone: str | None) -> int:
    """Hours since a Monday 00:00, on the clock of the zone or in UTC. 1970 began on a Thursday."""
    return int((at + zones.offset(zone, at) if zone else at) // 3600) + 72


def _weigh(moments: Sequence[Moment], zone: str | None, at: float) -> tuple[list[int], list[int], int]:
    """The hours of the moments in order of time, what each weighs in units, and how many units make one."""
    hours, weights, last = [], [], -math.inf
    half_life = HALF_LIFE if zone else HALF_LIFE_OF_ZONE
    for moment in sorted(moments, key=_AT):
        when = moment.at
        hours.append(_hour(when, zone))
        weight = moment.weight / (1 + (at - when) / half_life) if when < at else moment.weight
        apart = when - last
        weights.append(
            weight if apart > zones.DAY else weight * (SAME_SITTING + (1 - SAME_SITTING) * apart / zones.DAY)
        )
        last = when
    unit = UNIT if sum(weights) * UNIT < MOST_UNITS else max(1, int(MOST_UNITS / sum(weights)))
    return hours, [int(weight * unit + 0.5) for weight in weights], unit


def _wait(
    hours: Sequence[int], weights: Sequence[int], sends: Sequence[int], waited: Sequence[int]
) -> tuple[int, float]:
    """The hours in which mail waited for each moment, as a sum of rows; and what the moments with a choice weigh.

    A moment was waited for since the first send after the moment before it, or else since that moment.
    """
    rows, n, last = 0, 0.0, -LONGEST_WAIT
    for hour, weight in zip(hours, weights, strict=True):
        place = bisect_left(sends, last)
        since = sends[place] if place < len(sends) and sends[place] <= hour else last
        since = max(since, hour - LONGEST_WAIT)
        last = hour
        start = since % HOURS
        length = hour - since + 1
        rows += weight * (waited[start + length] - waited[start])
        n += weight * (1 - 1 / length)
    return rows, n


def _send_time(week: Sequence[float], usual: int, zone: str, events: int, n: float) -> SendTime:
    total = sum(week)
    most = max(week)
    best = week.index(most)
    gain = most / week[usual] - 1
    error = (
        (1 + gain) * math.sqrt(CLOSENESS * total * (1 / most + 1 / week[usual]) / (PRIOR_STRENGTH + n)) if gain else 0.0
    )
    enough = n >= FEWEST and gain > error
    chosen = best if enough else usual
    told = f"{events} event{'' if events == 1 else 's'}"
    reason = (
        f"Rests on {told}."
        if enough
        else f"Rests on {told}: not enough data, so this is the hour at which most people read."
    )
    weights = tuple([weight / total for weight in week])
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
