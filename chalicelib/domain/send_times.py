"""The best hour of the week to write to a contact, from the moments at which they were seen to read, click or answer.

Few moments say little: everything is shrunk toward what is usual for people, so that a recommendation is never worse
than the hour that suits everybody, and it says so when it rests on too little.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain import zones
from chalicelib.domain.rhythms import AVERAGE_WEEK

HOURS = 168
HALF_LIFE = 365 * zones.DAY  # habits change: what was seen a year ago counts half
PRIOR_STRENGTH = 16.0  # moments that the average week is worth
KERNEL_WIDTH = 1.3  # hours
SHARES = (0.80, 0.12, 0.08)  # of a moment's mass: days of the same type, the same weekday, all days
SHIFTS = range(-11, 14)  # whole-hour offsets tried when the zone is unknown
FEWEST = 5.0  # below this weight of moments nothing personal is claimed


@dataclass(frozen=True, slots=True)
class Moment:
    """One counted human event: the first open of a message, a click, a reply.

    `at` is unix seconds; `weight` the verdict's confidence times the strength of the kind.
    """

    at: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SendTime:
    """The recommended hour of the week to write to a contact, and what that rests on.

    `weekday` (0 is Monday) and `hour` are on the clock of `time_zone`, as are the 168 `weights` (Monday 00:00 first,
    summing to 1): how likely each hour is to find the contact reading. Without `enough_data` the hour is the one that
    suits most people. `n` is the weight of the moments after decay. `gain` is how much likelier the recommended hour
    finds the contact than the hour that suits most people (0.25: a quarter likelier), `gain_error` its standard error.
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


def recommend(moments: Sequence[Moment], sends: Sequence[float], zone: str | None, at: float) -> SendTime:
    """When to write to the contact whose moments these are, as seen at unix time `at`.

    `sends` are the times at which the sender wrote to them. `zone` is an IANA name or an offset like "+02:00"; if it is
    None or not known it is inferred from the moments.
    """
    ahead = _ahead(zone, moments)
    counts, n = [0.0] * HOURS, 0.0
    for moment in moments:
        weight = moment.weight * 0.5 ** (max(0.0, at - moment.at) / HALF_LIFE)
        n += weight
        for hour, share in enumerate(_spread(_hour_of_week(moment.at + ahead(moment.at)))):
            counts[hour] += weight * share
    weights = tuple(
        (PRIOR_STRENGTH * usual + own) / (PRIOR_STRENGTH + n) for usual, own in zip(AVERAGE_WEEK, counts, strict=True)
    )
    best, usual_best = weights.index(max(weights)), AVERAGE_WEEK.index(max(AVERAGE_WEEK))
    gain = weights[best] / weights[usual_best] - 1
    enough = n >= FEWEST
    chosen = best if enough else usual_best
    rests = f"Rests on {len(moments)} event{'' if len(moments) == 1 else 's'}"
    reason = f"{rests}." if enough else f"{rests}: not enough data, so this is the hour at which most people read."
    name = zone if zone is not None and zones.known(zone) else zones.named(int(ahead(at)) // 3600)
    return SendTime(enough, chosen // 24, chosen % 24, name, weights, n, gain, gain, reason)


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


def _ahead(zone: str | None, moments: Sequence[Moment]) -> Callable[[float], float]:
    """The clock of the contact: seconds ahead of UTC at a time."""
    if zone is not None and zones.known(zone):
        return lambda at: zones.offset(zone, at)

    def likelihood(shift: int) -> float:
        return sum(
            moment.weight * math.log(AVERAGE_WEEK[_hour_of_week(moment.at + shift * 3600)]) for moment in moments
        )

    best = max(SHIFTS, key=likelihood) if moments else 0
    return lambda at: best * 3600


def _spread(hour: int) -> list[float]:
    """One moment as a week: a bell around its hour, mostly on all days of its type, less on its own and on all days."""
    day, work = hour // 24, hour < 120
    same_type = range(5) if work else range(5, 7)
    same, own, every = SHARES
    days = [every / 7 + (same / len(same_type) if other in same_type else 0.0) for other in range(7)]
    days[day] += own
    return [share * bell for share in days for bell in _bell(hour % 24)]


def _bell(hour: int) -> list[float]:
    distances = [min((other - hour) % 24, (hour - other) % 24) for other in range(24)]
    heights = [math.exp(-((distance / KERNEL_WIDTH) ** 2) / 2) for distance in distances]
    total = sum(heights)
    return [height / total for height in heights]
