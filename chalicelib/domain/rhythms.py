"""What is usual: how people's weeks look, learnt offline, in the form in which one person's moments are weighed.

A `Prior` holds hypotheses: weeks that a person may be living, and how common each is. They are a few dozen archetypes
(early office, late evenings, every day alike...), means over many people, found by infra/train_send_times.py. With
the person's zone known the archetypes are the hypotheses; otherwise each archetype in each zone is one.

Hours of the week begin at Monday 00:00; weeks are 168 shares that sum to 1.
"""

import math
from base64 import b85decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from struct import iter_unpack

from chalicelib.domain import rhythms_learnt
from chalicelib.domain.lanes import pack

HOURS = 168
SHIFTS = range(-11, 14)  # the whole-hour offsets from UTC that an unknown zone may have

WIDTH = 1.3  # hours: how far a moment speaks for the hours around it...
SAME_TYPE, SAME_DAY, ANY_DAY = 0.80, 0.12, 0.08  # ...and its mass on days of its type, on its own weekday, on all days

# Lanes are 32 bits wide: a weight of up to 2**14 units times a share of a week in SHARE units stays below that, and so
# does the weight times 16 bits of surprise in SURPRISE units.
SHARE = 1 << 18
SURPRISE = 1 << 12
LEAST_SHARE = 2.0**-16


class Prior:
    """Hypotheses on one clock, as rows of lanes.

    `seen[h]` is what a moment in hour h adds: 168 lanes, the moment spread over the week (in SHARE), then one lane for
    each hypothesis, the surprise at it (-log2 of its share, in SURPRISE). `rare` adds to the latter how rare each
    hypothesis is. `waited[j] - waited[i]` is what the hours i to j - 1 add if mail waited to be read in them: 168
    lanes, their spread (in SHARE), then for each hypothesis its share of these hours (in SHARE); indices run on into a
    second week. `weeks` are the hypotheses (in SHARE), `usual` is the average week and `best` its best hour.
    """

    def __init__(self, weeks: Sequence[Sequence[float]], common: Sequence[float], usual: Sequence[float]) -> None:
        self.usual = tuple(usual)
        self.best = self.usual.index(max(self.usual))
        self.rare = pack([0] * HOURS + [_surprise(share) for share in common])
        shares = [[round(share * SHARE) for share in week] for week in weeks]
        self.weeks = tuple(map(pack, shares))
        shares_by_hour = zip(*shares, strict=True)
        surprises_by_hour = zip(*([_surprise(share) for share in week] for week in weeks), strict=True)
        kernel = _kernel()
        smooth = [sum(map(float.__mul__, row, self.usual)) for row in kernel]
        seen, waited = [], [0]
        for row, surprise, share in zip(kernel, surprises_by_hour, shares_by_hour, strict=True):
            # What is smoothed over the clock is the ratio to what is usual: a moment before a break in which hardly
            # anybody reads says less about the break than a plain bell around it would have it.
            spread = [bell * there for bell, there in zip(row, smooth, strict=True)]
            total = sum(spread)
            seen.append(pack([*(round(part / total * SHARE) for part in spread), *surprise]))
            waited.append(pack([*(round(part * SHARE) for part in row), *share]))
        self.seen = tuple(seen)
        self.waited = tuple(accumulate([*waited, *waited[1:]]))


@dataclass(frozen=True, slots=True)
class Archetypes:
    """Weeks that people live, on their own clocks, and the share of people living each."""

    weeks: Sequence[Sequence[float]]
    common: Sequence[float]


@dataclass(frozen=True)
class Rhythms:
    """What was learnt of people.

    `fine` archetypes are for those whose zone is known; `coarse` ones, fewer, for the others: with every zone to try
    there are many hypotheses anyhow. `zones` is the share of people at each of SHIFTS. `usual` is the average week on
    people's own clocks, `usual_utc` on that of Greenwich.
    """

    fine: Archetypes
    coarse: Archetypes
    zones: Sequence[float]
    usual: Sequence[float]
    usual_utc: Sequence[float]

    @cached_property
    def local(self) -> Prior:
        """The hypotheses for a person whose zone is known: an archetype each, on the person's clock."""
        return Prior(self.fine.weeks, self.fine.common, self.usual)

    @cached_property
    def anywhere(self) -> Prior:
        """The hypotheses for a person whose zone is not known, in UTC: archetype by archetype, each at all SHIFTS."""
        weeks = [turned(week, shift) for week in self.coarse.weeks for shift in SHIFTS]
        common = [share * zone for share in self.coarse.common for zone in self.zones]
        return Prior(weeks, common, self.usual_utc)


@lru_cache(maxsize=1)
def shipped() -> Rhythms:
    """What ships with the product, learnt from public activity."""
    packed = b85decode("".join(rhythms_learnt.WEEKS.split()))
    weeks = [_week(packed[start : start + 2 * HOURS]) for start in range(0, len(packed), 2 * HOURS)]
    fine, coarse, zones = (
        tuple(map(float, text.split()))
        for text in (rhythms_learnt.FINE_COMMON, rhythms_learnt.COARSE_COMMON, rhythms_learnt.ZONES)
    )
    *archetypes, usual, usual_utc = weeks
    split = len(fine)
    return Rhythms(
        Archetypes(archetypes[:split], fine), Archetypes(archetypes[split:], coarse), zones, usual, usual_utc
    )


def hour_of_week(local: float) -> int:
    """The hour of the week at so many seconds after 1970 on the same clock. 1970 began on a Thursday."""
    return int(local // 3600 + 72) % HOURS


def turned(week: Sequence[float], hours: int) -> tuple[float, ...]:
    """The week on a clock that is so many hours behind the one it was on."""
    return (*week[hours:], *week[:hours])


def _week(packed: bytes) -> tuple[float, ...]:
    """168 shares from their surprises: unsigned 16-bit numbers, -log2 in SURPRISE."""
    shares = [2.0 ** -(surprise / SURPRISE) for (surprise,) in iter_unpack("<H", packed)]
    total = sum(shares)
    return tuple(share / total for share in shares)


def _surprise(share: float) -> int:
    return round(-math.log2(max(share, LEAST_SHARE)) * SURPRISE)


def _kernel() -> list[list[float]]:
    """How a moment in each hour spreads over the week: rows and columns sum to 1."""
    heights = [math.exp(-((min(hours, 24 - hours) / WIDTH) ** 2) / 2) for hours in range(24)]
    bell = [height / sum(heights) for height in heights]

    def share(day: int, other: int) -> float:
        alike = 0.0 if (day < 5) != (other < 5) else SAME_TYPE / (5 if day < 5 else 2)
        return alike + (SAME_DAY if day == other else 0.0) + ANY_DAY / 7

    days = [[share(day, other) for other in range(7)] for day in range(7)]
    return [
        [days[hour // 24][other // 24] * bell[(other - hour) % 24] for other in range(HOURS)] for hour in range(HOURS)
    ]
