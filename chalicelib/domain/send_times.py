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
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul, truediv

from chalicelib.domain import zones
from chalicelib.domain.evidence import MOST_UNITS, hours_since_monday, wait, weigh
from chalicelib.domain.lanes import WIDTH, unpack
from chalicelib.domain.rhythms import HOURS, SHIFTS, SURPRISE, Prior, Rhythms, shipped, turned

HALF_LIFE = 365 * zones.DAY  # what was seen a year ago counts half...
HALF_LIFE_OF_ZONE = 2 * HALF_LIFE  # ...but where the zone is to be found, longer
PRIOR_STRENGTH = 40  # moments that the mean of the likely weeks is worth
DOUBTFUL = 30.0  # moments whose evidence for a week counts half: nobody lives quite as an archetype
UNLIKELY = 7.0  # bits by which a hypothesis may be behind the likeliest and still count
SURE_OF_ZONE = 0.7  # probability, together with the zones beside it, from which an inferred zone is told
CLOSENESS = 0.05  # how much of a moment stays with its hour, roughly: so much surer than single counts are the weights

# When there is enough data, checked on the people that the archetypes were learnt from, each repository apart: of
# those whose gain was at least half its error, it came true in their later months (0.2 to 2 times likelier).
FEWEST = 4.0  # weight of moments below which nothing is claimed
CLEAR = 0.5  # share of its error from which a gain is believed
PLENTY = 20.0  # weight of moments from which it is known, too, that there is little to gain

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

    `n` is what the moments weigh after decay, less what they cannot tell because mail only ever waited in some hours.
    `gain` is how much likelier the contact's own best hour is to find them than the hour that suits most people (0.25:
    a quarter likelier), `gain_error` its standard error. Where the sends are known, the best hour is sought near those
    at which the contact was seen: hours in which mail never waited are left at what is usual, not recommended.
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
    half_life = HALF_LIFE if known else HALF_LIFE_OF_ZONE
    hours, weights, unit = weigh(sorted([(moment.at, moment.weight) for moment in moments]), clock, half_life, at)
    waits = 0
    if sends:
        sent = sorted([hours_since_monday(send, clock) for send in sends])
        waits, weights = wait(hours, weights, sent, prior.waited)
    n = sum(weights) / unit
    if not n:
        return _send_time(prior.usual, prior.best, prior.best, clock, len(moments), 0.0)

    seen = [prior.seen[int(hour) % HOURS] for hour in hours]
    counts = sum(map(mul, weights, seen))
    likely = _likely(prior, counts, waits, n, unit)
    strength = PRIOR_STRENGTH * unit
    expected = sum([round(strength * share) * prior.weeks[place] for place, share in likely])
    week: Sequence[float]
    if waits:
        week, best, n = _by_chance(prior, likely, expected, waits, weights, seen, hours, n)
    else:
        week = unpack(expected + (counts & _WEEK), HOURS)
        best = week.index(max(week))
    if known:
        return _send_time(week, best, prior.best, known, len(moments), n)

    shifts = [0.0] * len(SHIFTS)
    for place, share in likely:
        shifts[place % len(SHIFTS)] += share
    place = shifts.index(max(shifts))
    if sum(shifts[max(0, place - 1) : place + 2]) < SURE_OF_ZONE:
        return _send_time(week, best, prior.best, clock, len(moments), n)
    shift = SHIFTS[place]
    best = (best + shift) % HOURS
    return _send_time(turned(week, -shift), best, rhythms.local.best, zones.named(shift), len(moments), n)


def _likely(prior: Prior, counts: int, waits: int, n: float, unit: int) -> list[tuple[int, float]]:
    """The hypotheses that count, by place, with their probabilities. `waits` is 0 if all hours had the same chance."""
    size = len(prior.weeks)
    doubt = 1 + n / DOUBTFUL
    surprises: Sequence[float] = unpack((counts + round(unit * doubt) * prior.rare) >> _ABOVE, size)
    if waits:
        # The moments are n draws from the hours in which mail waited: each hypothesis is judged by its share of these.
        drawn = n * unit * SURPRISE
        chances = unpack(waits >> _ABOVE, size)
        surprises = [one + drawn * math.log2(chance + 1) for one, chance in zip(surprises, chances, strict=True)]
    least = min(surprises)
    scale = 1 / (unit * SURPRISE * doubt)
    most = least + UNLIKELY / scale
    likely = [(place, 2.0 ** ((least - one) * scale)) for place, one in enumerate(surprises) if one < most]
    total = sum([share for _, share in likely])
    return [(place, share / total) for place, share in likely]


def _by_chance(
    prior: Prior,
    likely: Sequence[tuple[int, float]],
    expected: int,
    waits: int,
    weights: Sequence[int],
    seen: Sequence[int],
    hours: Sequence[float],
    n: float,
) -> tuple[list[float], int, float]:
    """The week where mail did not wait in all hours alike, its best hour, and what the moments really tell.

    Each moment is divided by the chance that its hour had, and what is usual by those of all hours. So an hour in
    which no mail waited keeps what is usual, and moments that had no choice change nothing.
    """
    rows = unpack(waits, HOURS + len(prior.weeks))
    mean = sum([share * rows[HOURS + place] for place, share in likely])
    scale = n / (mean * PRIOR_STRENGTH)
    had = [1 + scale * row for row in rows[:HOURS]]
    finer = MOST_UNITS / sum(weights)
    weights = [round(finer * weight / had[int(hour) % HOURS]) for weight, hour in zip(weights, hours, strict=True)]
    own = unpack(sum(map(mul, weights, seen)) & _WEEK, HOURS)
    usual = unpack(expected, HOURS)
    week = [share / chance + mine / finer for share, chance, mine in zip(usual, had, own, strict=True)]
    near = max(own) / 4
    tried = [weight if mine >= near else 0.0 for weight, mine in zip(week, own, strict=True)]
    best = tried.index(max(tried))
    learnt = 1 - sum(map(truediv, prior.usual, had))
    return week, best, n * min(1.0, learnt * (1 + PRIOR_STRENGTH / n))


def _send_time(week: Sequence[float], best: int, usual: int, zone: str, events: int, n: float) -> SendTime:
    """From a week of any scale, the contact's own best hour and the one that suits most people."""
    total = sum(week)
    if week[best] < week[usual]:
        best = usual
    gain = week[best] / week[usual] - 1
    error = 0.0
    if best != usual:
        inverse = 1 / week[best] + 1 / week[usual]
        error = (1 + gain) * math.sqrt(CLOSENESS * total * inverse / (PRIOR_STRENGTH + n))
    enough = n >= FEWEST and (gain > CLEAR * error or n >= PLENTY)
    told = f"Rests on {events} event{'' if events == 1 else 's'}"
    if not enough:
        reason = f"{told}: not enough data, so this is the hour at which most people read."
        if n < events / 3 and events >= FEWEST:
            reason = f"{told}, but mail was rarely waiting for them at other hours: {reason.partition(': ')[2]}"
    elif gain > 0.05:
        likelier = f"{gain:.0%} likelier than" if gain < 1 else f"{1 + gain:.1f} times as likely as"
        reason = f"{told}: at this hour they are {likelier} at the one at which most people read."
    else:
        reason = f"{told}: the hour at which most people read suits this contact as well."
    hour = best if enough else usual
    scale = 1 / total
    weights = tuple([weight * scale for weight in week])
    return SendTime(enough, hour // 24, hour % 24, zone, weights, n, gain, error, reason)
