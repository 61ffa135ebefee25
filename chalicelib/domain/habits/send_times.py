"""The best hour of the week to write to a contact, from the moments at which they were seen to read, click or answer.

Few moments say little: everything is shrunk toward what is usual for people, so that a recommendation is never worse
than the hour that suits most of them, and it says so when it rests on too little.

The method. Each moment is evidence for weeks that people live (rhythms.py): Bayes' rule says how likely each is, and
their mean is what the contact's own moments, smoothed over the clock, are added to. Older moments count less, and so
do moments soon after another one, which is the same sitting. With the zone unknown, the same rule finds the zone.

What is seen depends on when mail was sent: somebody written to only at nine opens after nine. Where the sends are
known, weeks are therefore judged by their share of the hours in which mail was waiting, and each hour is divided by the
chance that it had; what is recommended is an hour at which the contact was seen, or one beside it.

A scheduled run does this for very many contacts: what a moment adds is one row of numbers, looked up (lanes.py), and
hours of the week are gone through one by one only when somebody asks for the `weights`.
"""

import math
from collections.abc import Sequence
from operator import mul, truediv
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.evidence import weigh
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

HALF_LIFE = 365 * zones.DAY  # what was seen a year ago counts half...
HALF_LIFE_OF_ZONE = 2 * HALF_LIFE  # ...but where the zone is to be found, longer
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

UNIT, MOST_UNITS = 128, 1 << 14  # of a weight, for lanes: a moment; all of them with the prior

_WEEK = HOURS * WIDTH  # bytes
_KINDS = [kind(hour) for hour in range(HOURS)]


class Moment(NamedTuple):
    """One counted human event: the first open of a message, a click, a reply.

    `at` is unix seconds; `weight` the verdict's confidence times the strength of the kind, above 0.
    """

    at: float
    weight: float = 1.0


class SendTime(NamedTuple):
    """The recommended hour of the week to write to a contact, and what that rests on.

    `weekday` (0 is Monday) and `hour` are on the clock of `time_zone`, as are the `weights`. Without `enough_data` the
    hour is the one that suits most people. An inferred `time_zone` is an offset like "UTC+02:00"; "UTC" means that it
    is not known.

    `n` is what the moments weigh after decay, less what they cannot tell because mail only ever waited in some hours.
    `gain` is how much likelier the contact's own best hour is to find them than the hour that suits most people (0.25:
    a quarter likelier), `gain_error` its standard error. `seen` are the hours of the week (0 to 167) of the moments,
    one byte each, in order of time. The rest is what the `weights` are made of: 168 lanes on a clock which that of
    `time_zone` is `ahead` of by so many hours; and, unless all hours had the same, how great the `chances` of each of
    the KINDS of hours were, which divide them as strongly as `by_chance` says.
    """

    enough_data: bool
    weekday: int
    hour: int
    time_zone: str
    n: float
    gain: float
    gain_error: float
    seen: bytes
    week: bytes
    ahead: int = 0
    chances: Sequence[int] = ()
    by_chance: float = 0.0

    @property
    def weights(self) -> tuple[float, ...]:
        """How likely each of the 168 hours is to find the contact reading: Monday 00:00 first, summing to 1."""
        week: Sequence[float] = unpack(int.from_bytes(self.week, "little"), HOURS)
        if self.chances:
            had = [1 + self.by_chance * chance for chance in self.chances]
            week = [share / had[each] for share, each in zip(week, _KINDS, strict=True)]
        scale = 1 / sum(week)
        return turned([share * scale for share in week], -self.ahead)

    @property
    def reason(self) -> str:
        """What it rests on and what that means, for people."""
        events = len(self.seen)
        told = f"Rests on {events} event{'' if events == 1 else 's'}"
        if not self.enough_data:
            why = ", but mail was rarely waiting for them at other hours" if self.n < events / 3 and events > 3 else ""
            return f"{told}{why}: not enough data, so this is the hour at which most people read."
        if self.gain > 0.05:
            likelier = f"{self.gain:.0%} likelier than" if self.gain < 1 else f"{1 + self.gain:.1f} times as likely as"
            return f"{told}: at this hour they are {likelier} at the one at which most people read."
        return f"{told}: the hour at which most people read suits this contact as well."


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
    half_life = HALF_LIFE if known else HALF_LIFE_OF_ZONE
    moments = sorted(moments)
    hours, weights, waited = weigh(moments, sorted(sends), clock, half_life, at)
    n = sum(weights)
    unit = min(UNIT, MOST_UNITS / (PRIOR_STRENGTH + n))  # of the lanes, to one moment
    units = [int(weight * unit + 0.5) for weight in weights]
    if not any(units):
        return SendTime(False, *divmod(prior.best, 24), clock, 0.0, 0.0, 0.0, bytes(hours), prior.week)

    told = sum([many * prior.seen[hour] for many, hour in zip(units, hours, strict=True)])
    chances: Sequence[int] = ()
    if waited:
        chances = _chances(prior, hours, units, waited)
    likely = _likely(prior, told >> prior.above, chances, n, unit)
    total = sum(likely)
    scale = PRIOR_STRENGTH * unit / total
    row = told
    for share, week in zip(likely, prior.weeks, strict=True):
        if share:
            row += int(scale * share + 0.5) * week
    packed = row.to_bytes(prior.length, "little")
    lanes = memoryview(packed).cast("I")

    zone, ahead, usual, seen = clock, 0, prior.best, hours
    shift = None if known else _shift(lanes[HOURS : HOURS + len(SHIFTS)].tolist())
    if shift is not None:
        zone, ahead, usual = zones.named(shift), shift, (rhythms.local.best - shift) % HOURS
        seen = [(hour + shift) % HOURS for hour in hours]

    by_chance = 0.0
    if chances:
        # By Bayes' rule for rates (gamma and Poisson): what was expected and seen, by how often that was possible.
        by_chance = n * total / (PRIOR_STRENGTH * sum(map(mul, likely, chances)))
        chances = chances[prior.size :]
        had = [1 + by_chance * chances[_KINDS[hour]] for hour in hours]
        n = min(n, sum(map(truediv, weights, had)) * (1 + n / PRIOR_STRENGTH))
        best, worth = _best_tried(lanes, hours, had, chances, by_chance)
        gain = worth * (1 + by_chance * chances[_KINDS[usual]]) / lanes[usual] - 1
    else:
        best = max(range(HOURS), key=lanes.__getitem__)
        gain = lanes[best] / lanes[usual] - 1
    error = 0.0
    if gain > 0:
        error = (1 + gain) * math.sqrt(CLOSENESS * SHARE * unit * (1 / lanes[best] + 1 / lanes[usual]))
    else:
        best, gain = usual, 0.0
    enough = n >= FEWEST and (gain > CLEAR * error or n >= PLENTY)
    weekday, hour = divmod((best if enough else usual) + ahead, 24)
    return SendTime(
        enough, weekday % 7, hour, zone, n, gain, error, bytes(seen), packed[:_WEEK], ahead, chances, by_chance
    )


def _chances(prior: Prior, hours: Sequence[int], units: Sequence[int], waited: Sequence[int]) -> Sequence[int]:
    """What it tells that mail had waited for so many hours for the moments: lanes as in `prior.waited_until`."""
    until, since = prior.waited_until, prior.waited_since
    rows = [
        many * (until[hour] - since[hour - length]) for many, hour, length in zip(units, hours, waited, strict=True)
    ]
    return unpack(sum(rows), prior.size + KINDS)


def _likely(prior: Prior, surprise: int, chances: Sequence[int], n: float, unit: float) -> list[float]:
    """How likely the hypotheses are, as multiples of anything, 0 for those that do not count.

    `surprise` are lanes, that at the moments; without `chances` all hours had the same.
    """
    doubt = 1 + n / DOUBTFUL
    surprises = unpack(surprise + int(unit * doubt) * prior.rare, prior.size)
    scale = -math.log(2) / (unit * SURPRISE * doubt)
    if chances:
        # The moments are n draws from the hours in which mail waited: each hypothesis is judged by its share of these.
        draws = -n / doubt
        pairs = zip(surprises, map(math.log, chances), strict=False)
        logs = [scale * one + draws * chance for one, chance in pairs]
    else:
        logs = [scale * one for one in surprises]
    most = max(logs)
    least = most + UNLIKELY
    return [math.exp(log - most) if log > least else 0.0 for log in logs]


def _best_tried(
    lanes: Sequence[int], hours: Sequence[int], had: Sequence[float], chances: Sequence[int], by_chance: float
) -> tuple[int, float]:
    """The best of the hours of the moments, which had these chances, and of those beside it; and what that is worth."""
    worth = [lanes[hour] / chance for hour, chance in zip(hours, had, strict=True)]
    most = max(worth)
    tried = best = hours[worth.index(most)]
    for hour in ((tried - 1) % HOURS, (tried + 1) % HOURS):
        beside = lanes[hour] / (1 + by_chance * chances[_KINDS[hour]])
        if beside > most:
            best, most = hour, beside
    return best, most


def _shift(shares: Sequence[int]) -> int | None:
    """The likeliest of the zones, if it and those beside it are likely enough to be told."""
    place = shares.index(max(shares))
    return SHIFTS[place] if sum(shares[max(0, place - 1) : place + 2]) >= SURE_OF_ZONE * sum(shares) else None
