"""What is usual: how people's weeks look, learnt offline, in the form in which one person's moments are weighed.

A `Prior` holds hypotheses: weeks that a person may be living, and how common each is. They are a few dozen archetypes
(early office, late evenings, every day alike...), means over many people, found by infra/train_send_times.py: some on
people's own clocks, for those whose zone is known, and some in UTC for the others. Of the latter it is known, too, in
which zones the people live who live such weeks: an early riser in Paris and a late one in Athens are hardly to be told
apart in UTC, so they are one hypothesis and not two.

Hours of the week begin at Monday 00:00; weeks are 168 shares that sum to 1.
"""

import math
from base64 import b85decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from struct import iter_unpack

from chalicelib.domain.habits import rhythms_learnt
from chalicelib.domain.habits.lanes import WIDTH, pack
from chalicelib.domain.records import record

HOURS = 168
SHIFTS = range(-11, 14)  # the whole-hour offsets from UTC that an unknown zone may have

BELL = 1.3  # hours: how far a moment speaks for the hours around it...
SAME_TYPE, SAME_DAY, ANY_DAY = 0.80, 0.12, 0.08  # ...and its mass on days of its type, on its own weekday, on all days

# Of each day, the hour at which most people read is so much likelier than the archetypes have it, as a share of what is
# usual there: the first few moments must not move somebody off it by a hair.
LEAN = 0.05

# Lanes are 32 bits wide: a weight of up to 2**14 units times a share of a week in SHARE units stays below that, and so
# does the weight times 16 bits of surprise in SURPRISE units.
SHARE = 1 << 18
SURPRISE = 1 << 12
LEAST_SHARE = 2.0**-16

KINDS = 48  # hours of a work day, then of a day of the weekend: how often mail waited is told apart no further


def kind(hour: int) -> int:
    """Of which kind an hour of the week is: its hour of the day, and 24 more at the weekend."""
    return hour % 24 + (0 if hour < 120 else 24)


@record
class Archetypes:
    """Weeks that people live, and the share of people living each.

    With `zones` the weeks are in UTC, and those are for each week the share of its people at each of SHIFTS. Without,
    they are on people's own clocks.
    """

    weeks: Sequence[Sequence[float]]
    common: Sequence[float]
    zones: Sequence[Sequence[float]] = ()


class Prior:
    """Hypotheses on one clock, as rows of lanes.

    `spread[h]` is what a moment in hour h adds to the week: 168 lanes, in SHARE. `surprise[h]` is one lane for each
    hypothesis: how surprising the moment is there, -log2 of the hour's share, in SURPRISE. `waiting[h]` is what it tells
    that mail waited all through hour h, in SHARE: for each hypothesis its share of that hour, then for each of the KINDS
    how much of it was of that kind. `until[j] - since[i]` is both, of a moment in hour j for which mail had waited from hour
    i, which may be of the week before (below 0): `surprise`, and `above` these bits `waiting`, of all those hours and half
    of its own. `weeks` are the hypotheses, 168 lanes each and, if zones are to be found, one for
    each zone, in SHARE; `rare` is how surprising each is itself, as lanes in SURPRISE.

    `size` is the number of hypotheses, `length` that of the bytes of a sum of `weeks`; `usual` the average week, `week`
    the same as bytes of lanes, `best` its best hour.
    """

    def __init__(self, archetypes: Archetypes, usual: Sequence[float]) -> None:
        self.usual = tuple(usual)
        self.best = self.usual.index(max(self.usual))
        self.week = pack([round(share * 2**30) for share in self.usual]).to_bytes(HOURS * WIDTH, "little")
        self.size = len(archetypes.weeks)
        self.above = self.size * WIDTH * 8
        self.length = (HOURS + (len(SHIFTS) if archetypes.zones else 0)) * WIDTH
        lean = [0.0] * HOURS
        if not archetypes.zones:  # in UTC the hour of most people is blurred, and not worth leaning to
            for day in range(0, HOURS, 24):
                most = max(range(day, day + 24), key=self.usual.__getitem__)
                lean[most] = LEAN * self.usual[most]
        zones = archetypes.zones or [()] * self.size
        self.weeks = [
            _shares(map(float.__add__, week, lean), zone) for week, zone in zip(archetypes.weeks, zones, strict=True)
        ]
        self.rare = pack([_surprise(share) for share in archetypes.common])
        by_hour = list(zip(*archetypes.weeks, strict=True))
        self.surprise = [pack([_surprise(share) for share in shares]) for shares in by_hour]
        kernel = _kernel()
        times = [
            (*(max(share, LEAST_SHARE) for share in shares), *_by_kind(row))
            for shares, row in zip(by_hour, kernel, strict=True)
        ]
        self.waiting = [_shares(time) for time in times]
        halves = [_shares(share / 2 for share in time) for time in times]
        two_weeks = list(accumulate(self.waiting * 2, initial=0))
        # A negative index counts from the end of a list: what is there belongs to the week before.
        self.since = [row << self.above for row in (*two_weeks[HOURS:-1], *two_weeks[:HOURS])]
        self.until = [
            surprise | (row + half) << self.above
            for surprise, row, half in zip(self.surprise, two_weeks[HOURS:-1], halves, strict=True)
        ]
        smooth = [sum(map(float.__mul__, row, self.usual)) for row in kernel]
        self.spread = []
        for row in kernel:
            # What is smoothed over the clock is the ratio to what is usual: a moment before a break in which hardly
            # anybody reads says less about the break than a plain bell around it would have it.
            there = [bell * usual for bell, usual in zip(row, smooth, strict=True)]
            total = sum(there)
            self.spread.append(_shares(part / total for part in there))


@dataclass(frozen=True)  # with a place for what is computed once, which a record has not
class Rhythms:
    """What was learnt of people: how they live on their own clocks and in UTC, and the average week on either."""

    on_own_clocks: Archetypes
    in_utc: Archetypes
    usual: Sequence[float]
    usual_utc: Sequence[float]

    @cached_property
    def local(self) -> Prior:
        """The hypotheses for a person whose zone is known."""
        return Prior(self.on_own_clocks, self.usual)

    @cached_property
    def anywhere(self) -> Prior:
        """The hypotheses for a person whose zone is not known."""
        return Prior(self.in_utc, self.usual_utc)


@lru_cache(maxsize=1)
def shipped() -> Rhythms:
    """What ships with the product, learnt from public activity."""
    weeks = _rows(rhythms_learnt.WEEKS, HOURS)
    common = [float(share) for share in rhythms_learnt.COMMON.split()]
    zones = _rows(rhythms_learnt.ZONES, len(SHIFTS))
    *archetypes, usual, usual_utc = weeks
    own = len(archetypes) - len(zones)
    return Rhythms(
        Archetypes(archetypes[:own], common[:own]), Archetypes(archetypes[own:], common[own:], zones), usual, usual_utc
    )


def hour_of_week(local: float) -> int:
    """The hour of the week at so many seconds after 1970 on the same clock. 1970 began on a Thursday."""
    return int(local // 3600 + 72) % HOURS


def turned(week: Sequence[float], hours: int) -> tuple[float, ...]:
    """The week on a clock that is so many hours behind the one it was on."""
    return (*week[hours:], *week[:hours])


def _rows(packed: str, length: int) -> list[tuple[float, ...]]:
    """Rows of shares from their surprises: unsigned 16-bit numbers, -log2 in SURPRISE, in base 85."""
    numbers = b85decode("".join(packed.split()))
    rows = [numbers[start : start + 2 * length] for start in range(0, len(numbers), 2 * length)]
    return [_whole([2.0 ** -(surprise / SURPRISE) for (surprise,) in iter_unpack("<H", row)]) for row in rows]


def _whole(shares: Sequence[float]) -> tuple[float, ...]:
    total = sum(shares)
    return tuple(share / total for share in shares)


def _shares(*rows: Iterable[float]) -> int:
    return pack([round(share * SHARE) for row in rows for share in row])


def _by_kind(row: Sequence[float]) -> list[float]:
    """What a moment puts on an hour of each kind, on the mean of its days."""
    sums = [0.0] * KINDS
    for hour, share in enumerate(row):
        sums[kind(hour)] += share / (5 if hour < 120 else 2)
    return sums


def _surprise(share: float) -> int:
    return round(-math.log2(max(share, LEAST_SHARE)) * SURPRISE)


def _kernel() -> list[list[float]]:
    """How a moment in each hour spreads over the week: rows and columns sum to 1."""
    heights = [math.exp(-((min(hours, 24 - hours) / BELL) ** 2) / 2) for hours in range(24)]
    bell = [height / sum(heights) for height in heights]

    def share(day: int, other: int) -> float:
        alike = 0.0 if (day < 5) != (other < 5) else SAME_TYPE / (5 if day < 5 else 2)
        return alike + (SAME_DAY if day == other else 0.0) + ANY_DAY / 7

    days = [[share(day, other) for other in range(7)] for day in range(7)]
    return [
        [days[hour // 24][other // 24] * bell[(other - hour) % 24] for other in range(HOURS)] for hour in range(HOURS)
    ]
