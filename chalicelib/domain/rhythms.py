"""What is usual: how people's weeks look, learnt offline, in the form in which one person's moments are weighed.

A `Prior` holds hypotheses: weeks that a person may be living, and how common each is. They are a few dozen archetypes
(early office, late evenings, every day alike...), means over many people, found by infra/train_send_times.py. With
the person's zone known the archetypes are the hypotheses; otherwise each archetype in each zone is one.

Hours of the week begin at Monday 00:00; weeks are 168 shares that sum to 1.
"""

import math
from base64 import b85decode
from collections.abc import Sequence
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
    each hypothesis, the surprise at it (-log2 of its share, in SURPRISE). `waited[j] - waited[i]` is what the hours i
    to j - 1 add if mail waited to be read in them: 168 lanes, their spread (in SHARE), then for each hypothesis its
    share of these hours (in SHARE); indices run on into a second week. `weeks` are the hypotheses (in SHARE), and
    `surprise` what must be added for how rare each is (in bits). `usual` is the average week.
    """

    def __init__(self, weeks: Sequence[Sequence[float]], common: Sequence[float], usual: Sequence[float]) -> None:
        self.usual = tuple(usual)
        self.surprise = tuple(-math.log2(share) for share in common)
        kernel = _kernel()
        smooth = [sum(map(float.__mul__, row, usual)) for row in kernel]
        surprises = [[round(-math.log2(max(share, LEAST_SHARE)) * SURPRISE) for share in week] for week in weeks]
        shares = [[round(share * SHARE) for share in week] for week in weeks]
        self.weeks = tuple(map(pack, shares))
        seen, waited = [], [0]
        for row, surprise, share in zip(kernel, zip(*surprises, strict=True), zip(*shares, strict=True), strict=True):
            # What is smoothed over the clock is the ratio to what is usual: a moment before a break in which hardly
            # anybody reads says less about the break than a plain bell around it would have it.
            spread = [bell * there for bell, there in zip(row, smooth, strict=True)]
            total = sum(spread)
            seen.append(pack([*(round(part / total * SHARE) for part in spread), *surprise]))
            waited.append(pack([*(round(part * SHARE) for part in row), *share]))
        self.seen = tuple(seen)
        self.waited = tuple(accumulate([*waited, *waited[1:]]))


class Rhythms:
    """What was learnt of people: archetypes, how common each is, how common each zone, and the average week.

    `archetypes` are weeks on people's own clocks, `common` sums to 1, `zones` is the share of people at each of
    SHIFTS. `usual` is the average week on people's own clocks, `usual_utc` on that of Greenwich.
    """

    def __init__(
        self,
        archetypes: Sequence[Sequence[float]],
        common: Sequence[float],
        zones: Sequence[float],
        usual: Sequence[float],
        usual_utc: Sequence[float],
    ) -> None:
        self.archetypes, self.common, self.zones = archetypes, common, zones
        self.usual, self.usual_utc = usual, usual_utc

    @cached_property
    def local(self) -> Prior:
        """The hypotheses for a person whose zone is known: an archetype each, on the person's clock."""
        return Prior(self.archetypes, self.common, self.usual)

    @cached_property
    def anywhere(self) -> Prior:
        """The hypotheses for a person whose zone is not known, in UTC: archetype by archetype, each at all SHIFTS."""
        weeks = [turned(week, shift) for week in self.archetypes for shift in SHIFTS]
        common = [share * zone for share in self.common for zone in self.zones]
        return Prior(weeks, common, self.usual_utc)


@lru_cache(maxsize=1)
def shipped() -> Rhythms:
    """What ships with the product, learnt from public activity."""
    packed = b85decode("".join(rhythms_learnt.WEEKS.split()))
    *archetypes, usual, usual_utc = (_week(packed[start : start + 336]) for start in range(0, len(packed), 336))
    common, zones = (tuple(map(float, text.split())) for text in (rhythms_learnt.COMMON, rhythms_learnt.ZONES))
    return Rhythms(archetypes, common, zones, usual, usual_utc)


def turned(week: Sequence[float], hours: int) -> tuple[float, ...]:
    """The week on a clock that is so many hours behind the one it was on."""
    return (*week[hours:], *week[:hours])


def _week(packed: bytes) -> tuple[float, ...]:
    """168 shares from their surprises: unsigned 16-bit numbers, -log2 in SURPRISE."""
    shares = [2.0 ** -(surprise / SURPRISE) for (surprise,) in iter_unpack("<H", packed)]
    total = sum(shares)
    return tuple(share / total for share in shares)


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
