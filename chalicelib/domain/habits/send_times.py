"""The best hour of the week to write to a contact, from the moments at which they were seen to read, click or answer.

Few moments say little: everything is shrunk toward what is usual for people, so that a recommendation is never worse
than the hour that suits most of them, and it says so when it rests on too little.

The method. Each moment is evidence for weeks that people live (rhythms.py): Bayes' rule says how likely each is, and
their mean is what the contact's own moments, smoothed over the clock, are added to. Older moments count less, and so
do moments soon after another one, which is the same sitting. With the zone unknown, the same rule finds the zone.

What is seen depends on when mail was sent: somebody written to only at nine opens after nine. Where the sends are
known, weeks are therefore judged by their share of the hours in which mail was waiting, and each hour is divided by the
chance that it had; what is recommended is an hour at which the contact was seen, or the one before it.

A scheduled run does this for very many contacts: what a moment adds is one row of numbers, looked up (lanes.py), and
hours of the week are gone through one by one only when somebody asks for the `weights`.
"""

import math
from collections.abc import Sequence
from operator import mul, truediv
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.evidence import PARTS, Evidence
from chalicelib.domain.habits.lanes import WIDTH, unpack
from chalicelib.domain.habits.rhythms import (
    HOURS,
    KINDS,
    SHARE,
    SHIFTS,
    SURPRISE,
    Prior,
    Rhythms,
    kind,
    shipped,
    turned,
)
from chalicelib.domain.words.sentences import Sentence, many, say

PRIOR_STRENGTH = 40  # moments that the mean of the likely weeks is worth
DOUBTFUL = 30.0  # moments whose evidence for a week counts half: nobody lives quite as an archetype
UNLIKELY = -math.log(16)  # how far (in logs) behind the likeliest hypothesis another does not count
SURE_OF_ZONE = 0.7  # probability, together with the zones beside it, from which an inferred zone is told
CLOSENESS = 0.05  # how much of a moment stays with its hour, roughly: so much surer than single counts are the weights

# When there is enough data, checked on the people that the archetypes were learnt from, each repository apart: of
# those whose gain was at least half its error, it came true in their later months (0.2 to 2 times likelier).
FEWEST = 4.0  # weight of moments below which nothing is claimed
CLEAR = 0.5  # share of its error from which a gain is believed
PLENTY = 20.0  # weight of moments from which it is known, too, that there is little to gain

MOST_PARTS = 1 << 14  # that all moments with the prior may have in the lanes

_WEEK = HOURS * WIDTH  # bytes
_KINDS = [kind(hour) for hour in range(HOURS)]
_NAMES = {shift: zones.named(shift) for shift in SHIFTS}


class SendTime(NamedTuple):
    """The recommended hour of the week to write to a contact, and what that rests on.

    `weekday` (0 is Monday) and `hour` are on the clock of `time_zone`, as are the `weights`. Without `enough_data` the
    hour is the one that suits most people. An inferred `time_zone` is an offset like "UTC+02:00"; "UTC" means that it
    is not known.

    `events` is how many moments it rests on, `n` what they weigh, as far as mail had been waiting for them at other
    hours too. `gain` is how much likelier the hour is to find the contact than the hour of most people (0.25: a
    quarter), give or take `gain_error`.

    The rest is what the `weights` are made of: the lanes of a `week` on a clock which that of `time_zone` is `ahead` of
    by so many hours; and, unless all hours had the same, the lanes of how great the `chances` of each of the KINDS of
    hours were, which divide them as strongly as `by_chance` says.
    """

    enough_data: bool
    weekday: int
    hour: int
    time_zone: str
    events: int
    n: float
    gain: float
    gain_error: float
    week: bytes
    ahead: int = 0
    chances: bytes = b""
    by_chance: float = 0.0

    @property
    def weights(self) -> tuple[float, ...]:
        """How likely each of the 168 hours is to find the contact reading: Monday 00:00 first, summing to 1."""
        week: Sequence[float] = unpack(int.from_bytes(self.week, "little"), HOURS)
        if self.chances:
            had = [1 + self.by_chance * chance for chance in memoryview(self.chances).cast("I")]
            week = [share / had[each] for share, each in zip(week, _KINDS, strict=True)]
        scale = 1 / sum(week)
        return turned([share * scale for share in week], -self.ahead)

    @property
    def reason(self) -> Sentence:
        """What it rests on and what that means, for people."""
        told = many("Rests on {n} event", "Rests on {n} events", self.events)
        if not self.enough_data:
            if self.n < self.events / 3 and self.events > 3:
                return say(
                    "{told}, but mail was rarely waiting for them at other hours: not enough data, so this is the hour at "
                    "which most people read.",
                    told=told,
                )
            return say("{told}: not enough data, so this is the hour at which most people read.", told=told)
        if self.gain > 0.05:
            parts = {"told": told, "gain": self.gain, "times": 1 + self.gain, "error": self.gain_error}
            if self.gain < 1:
                return say(
                    "{told}: at this hour they are about {gain:.0%} likelier than at the one at which most people read, give "
                    "or take {error:.0%}.",
                    **parts,
                )
            return say(
                "{told}: at this hour they are about {times:.1f} times as likely as at the one at which most people read, give "
                "or take {error:.1f}.",
                **parts,
            )
        return say("{told}: the hour at which most people read suits this contact as well.", told=told)


def recommend(evidence: Evidence, rhythms: Rhythms | None = None) -> SendTime:
    """When to write to the contact whose evidence this is.

    `rhythms` is what is usual for people: by default what ships with the product.
    """
    rhythms = rhythms or shipped()
    prior = rhythms.local if evidence.known else rhythms.anywhere
    sums = add(prior, evidence.hours, evidence.parts, evidence.waited)
    return conclude(sums, prior, rhythms, evidence.clock, len(evidence.hours))


class Sums(NamedTuple):
    """Moments added up: the hours of the week, the parts of each, how many parts of the lanes one moment has (`unit`);
    as lanes what they tell (`Prior.surprise` and, unless all hours had the same chance, `Prior.waiting`), and `Prior.spread`.
    """

    hours: Sequence[int]
    parts: Sequence[int]
    unit: float
    told: int
    spread: int


def add(prior: Prior, hours: Sequence[int], parts: Sequence[int], waited: Sequence[int]) -> Sums:
    """Moments added up. There may be so many that the lanes hold less of each."""
    held, unit = parts, float(PARTS)
    room = MOST_PARTS / (PRIOR_STRENGTH * PARTS + sum(parts))
    if room < 1:
        held, unit = [int(many * room + 0.5) for many in parts], PARTS * room
    if waited:
        until, since = prior.until, prior.since
        told = sum(
            [many * (until[hour] - since[hour - wait]) for many, hour, wait in zip(held, hours, waited, strict=True)]
        )
    else:
        told = sum(map(mul, held, map(prior.surprise.__getitem__, hours)))
    return Sums(hours, parts, unit, told, sum(map(mul, held, map(prior.spread.__getitem__, hours))))


def conclude(sums: Sums, prior: Prior, rhythms: Rhythms, clock: str, events: int, *, trusted: bool = True) -> SendTime:
    """What follows from so many moments on that clock, with the hypotheses of `rhythms` for it.

    Without `trusted` it is not enough, however much it is.
    """
    hours, parts, unit, told, spread = sums
    n = sum(parts) / PARTS
    if not told or not spread:
        return SendTime(False, *divmod(prior.best, 24), clock, events, 0.0, 0.0, 0.0, prior.week)
    likely, chances = _likely(prior, told, n, unit)
    total = sum([share for share, _, _ in likely])
    scale = PRIOR_STRENGTH * unit / total
    row = sum([int(scale * share) * week for share, week, _ in likely], spread)
    packed = row.to_bytes(prior.length, "little")
    week = memoryview(packed).cast("I")

    zone, ahead, of_most = clock, 0, prior.best
    shift = _shift(week[HOURS:].tolist(), PRIOR_STRENGTH * unit * SHARE) if prior.length > _WEEK else None
    if shift is not None:
        zone, ahead, of_most = _NAMES[shift], shift, (rhythms.local.best - shift) % HOURS

    by_chance = 0.0
    if chances:
        # By Bayes' rule for rates (gamma and Poisson): what was expected and seen, by how often that was possible.
        by_chance = n * total / (PRIOR_STRENGTH * sum([share * chance for share, _, chance in likely]))
        of_kind = memoryview(chances).cast("I")
        had = [1 + by_chance * of_kind[_KINDS[hour]] for hour in hours]
        n = min(n, sum(map(truediv, parts, had)) / PARTS * (1 + n / PRIOR_STRENGTH))
        worth = list(map(truediv, map(week.__getitem__, hours), had))
        most = max(worth)
        tried = best = hours[worth.index(most)]
        # Not the hour after: mail hardly ever waits that long for who reads it at once, so nothing is known of it.
        before = (tried - 1) % HOURS
        worth_before = week[before] / (1 + by_chance * of_kind[_KINDS[before]])
        if worth_before > most:
            best, most = before, worth_before
        gain = most * (1 + by_chance * of_kind[_KINDS[of_most]]) / week[of_most] - 1
    else:
        best = max(range(HOURS), key=week.__getitem__)
        gain = week[best] / week[of_most] - 1
    error = 0.0
    if gain > 0:
        error = (1 + gain) * math.sqrt(CLOSENESS * SHARE * unit * (1 / week[best] + 1 / week[of_most]))
    else:
        best, gain = of_most, 0.0
    enough = trusted and n >= FEWEST and (gain > CLEAR * error or n >= PLENTY)
    weekday, hour = divmod((best if enough else of_most) + ahead, 24)
    return SendTime(enough, weekday % 7, hour, zone, events, n, gain, error, packed[:_WEEK], ahead, chances, by_chance)


def _likely(prior: Prior, told: int, n: float, unit: float) -> tuple[list[tuple[float, int, int]], bytes]:
    """The hypotheses that count: how likely each is, as a multiple of anything, its week, and its chance; and the chances of
    the KINDS, as bytes of lanes. Where all hours had the same, there are none, and that of each hypothesis is 0.
    """
    doubt = 1 + n / DOUBTFUL
    scale = -math.log(2) / (unit * SURPRISE * doubt)
    size = prior.size
    told += int(unit * doubt) * prior.rare
    chances: Sequence[int]
    if told >> prior.above:
        packed = told.to_bytes((2 * size + KINDS) * WIDTH, "little")
        lanes = memoryview(packed).cast("I")[: 2 * size].tolist()
        chances, of_kinds = lanes[size:], packed[2 * size * WIDTH :]
        # The moments are n draws from the hours in which mail waited: each hypothesis is judged by its share of these.
        draws = -n / doubt
        logs = [scale * one + draws * chance for one, chance in zip(lanes, map(math.log, chances))]  # noqa: B905 - the first
    else:
        chances, of_kinds = (0,) * size, b""
        logs = [scale * one for one in unpack(told, size)]
    least = max(logs) + UNLIKELY
    likely = [
        (math.exp(log - least), week, chance)
        for log, week, chance in zip(logs, prior.weeks, chances, strict=True)
        if log > least
    ]
    return likely, of_kinds


def _shift(shares: Sequence[int], all_of_them: float) -> int | None:
    """The likeliest of the zones, if it and those beside it are likely enough to be told."""
    place = shares.index(max(shares))
    return SHIFTS[place] if sum(shares[max(0, place - 1) : place + 2]) >= SURE_OF_ZONE * all_of_them else None
