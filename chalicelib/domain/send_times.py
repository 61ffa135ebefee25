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

from chalicelib.domain import zones
from chalicelib.domain.lanes import WIDTH, unpack
from chalicelib.domain.rhythms import HOURS, SHIFTS, SURPRISE, Prior, Rhythms, shipped, turned

HALF_LIFE = 365 * zones.DAY  # what was seen a year ago counts half, two years ago a third
SAME_SITTING = 0.5  # what a moment right after another one counts; a day later it counts in full
PRIOR_STRENGTH = 40  # moments that the mean of the likely weeks is worth
LONGEST_WAIT = 72  # hours that a mail counts as waiting: later it is looked for, not come upon
UNLIKELY = 10.0  # bits by which a hypothesis may be behind the likeliest and still count
SURE_OF_ZONE = 0.5  # probability from which an inferred zone is told
UNIT, MOST_UNITS = 64, 1 << 14  # weights are whole numbers in the lanes: see rhythms.py

CLOSENESS = 0.05
FEWEST = 5.0
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
        return _send_time(prior.usual, prior.usual, known or "UTC", 0, 0.0)

    ordered = sorted(moments, key=lambda moment: moment.at)
    hours = [_hour(moment.at, known) for moment in ordered]
    weights, unit = _weights(ordered, at)
    n = chosen = sum(weights) / unit
    seen, size = prior.seen, len(prior.weeks)
    count = sum([weight * seen[hour % HOURS] for hour, weight in zip(hours, weights, strict=True)])
    scale = 1 / (unit * SURPRISE)
    surprises = unpack(count >> _ABOVE, size)
    bits = [rarity + surprise * scale for rarity, surprise in zip(prior.surprise, surprises, strict=True)]
    waits = 0
    if sends:
        waits, chosen = _waits(hours, weights, sorted([_hour(sent, known) for sent in sends]), prior)
        chances = unpack(waits >> _ABOVE, size)
        bits = [bit + n * math.log2(chance + 1) for bit, chance in zip(bits, chances, strict=True)]
        chosen /= unit

    least = min(bits)
    likely = [(place, 2.0 ** (least - bit)) for place, bit in enumerate(bits) if bit < least + UNLIKELY]
    strength = PRIOR_STRENGTH * unit / sum([share for _, share in likely])
    expected = sum([round(strength * share) * prior.weeks[place] for place, share in likely])
    week: Sequence[float] = unpack(expected + (count & _WEEK), HOURS)
    if sends:
        mean = sum([strength * share * chances[place] for place, share in likely]) / (PRIOR_STRENGTH * unit)
        worth = n / mean
        exposed = unpack(waits & _WEEK, HOURS)
        week = [moments / (PRIOR_STRENGTH + worth * waited) for moments, waited in zip(week, exposed, strict=True)]
    if known:
        return _send_time(week, prior.usual, known, len(moments), chosen)

    shifts: dict[int, float] = {}
    for place, share in likely:
        shift = SHIFTS[place % len(SHIFTS)]
        shifts[shift] = shifts.get(shift, 0.0) + share
    shift = max(shifts, key=shifts.__getitem__)
    if shifts[shift] < SURE_OF_ZONE * sum(shifts.values()):
        return _send_time(week, prior.usual, "UTC", len(moments), chosen)
    return _send_time(turned(week, -shift), rhythms.usual, zones.named(shift), len(moments), chosen)


def _hour(at: float, zone: str | None) -> int:
    """Hours since a Monday 00:00 on the clock of the zone, or in UTC. 1970 began on a Thursday."""
    return int((at + zones.offset(zone, at) if zone else at) // 3600) + 72


def _weights(ordered: Sequence[Moment], at: float) -> tuple[list[int], float]:
    """What each moment weighs, in units; and how many units make one."""
    weights, last = [], -math.inf
    for moment in ordered:
        apart = (moment.at - last) / zones.DAY
        last = moment.at
        fresh = 1.0 if apart > 1.0 else SAME_SITTING + (1 - SAME_SITTING) * apart
        age = at - last
        weights.append(moment.weight * fresh / (1 + age / HALF_LIFE if age > 0 else 1))
    unit = min(UNIT, MOST_UNITS / sum(weights))
    return [math.ceil(weight * unit) for weight in weights], unit


def _waits(hours: Sequence[int], weights: Sequence[int], sends: Sequence[int], prior: Prior) -> tuple[int, float]:
    """The hours in which mail waited for each moment, as a sum of rows; and the weight of the moments with a choice.

    A moment was waited for since the first send after the moment before it, or else since that moment.
    """
    waits, chosen, last = 0, 0.0, -LONGEST_WAIT
    waited = prior.waited
    for hour, weight in zip(hours, weights, strict=True):
        place = bisect_left(sends, last)
        since = sends[place] if place < len(sends) and sends[place] <= hour else last
        since = max(since, hour - LONGEST_WAIT)
        last = hour
        start = since % HOURS
        length = hour - since + 1
        waits += weight * (waited[start + length] - waited[start])
        chosen += weight * (1 - 1 / length)
    return waits, chosen


def _send_time(week: Sequence[float], usual: Sequence[float], zone: str, events: int, n: float) -> SendTime:
    total = sum(week)
    best, usual_best = week.index(max(week)), usual.index(max(usual))
    gain = week[best] / week[usual_best] - 1
    spread = 1 / week[best] + (1 / week[usual_best] if best != usual_best else 0)
    error = (1 + gain) * math.sqrt(CLOSENESS * total * spread / (PRIOR_STRENGTH + n)) if gain else 0.0
    enough = n >= FEWEST and gain > error
    chosen = best if enough else usual_best
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
