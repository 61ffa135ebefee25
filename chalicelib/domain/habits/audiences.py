"""Many people's moments together: when those of one domain read, or all whom a sender writes to.

Each contact gives a share, and an audience is the sum of them: whole numbers, so that a share can be taken out again
exactly when the contact's moments have changed, and no other contact need be looked at. What is recommended to one
contact by its moments is recommended to an audience by the sum, with the same arithmetic (send_times.py): the mail had
been waiting for so long in each hour of the week, and so many were seen to read in it.

Hours are in UTC, as the clocks of people who know theirs stood when the share was given: one mail to all goes out at one
time, wherever they live.
"""

import math
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.evidence import PARTS, Evidence
from chalicelib.domain.habits.lanes import WIDTH, unpack
from chalicelib.domain.habits.rhythms import HOURS, Rhythms, shipped
from chalicelib.domain.habits.send_times import SendTime, add, conclude

MOST_OF_ONE = 8.0  # moments that one contact may count for: the busy must not decide alone
EVERYBODY = ""  # the name of the audience of all contacts
FEWEST_READERS = 3  # below which an audience is said nothing of

_LANE = WIDTH * 8
_HALF_WEEK_LANES = [1 << _LANE * (HOURS + hour) for hour in range(HOURS)] * 2
_WAITED = [0]  # lanes: two for each of so many hours since the beginning of last week
for _mark in _HALF_WEEK_LANES:
    _WAITED.append(_WAITED[-1] + 2 * _mark)


class Share(NamedTuple):
    """What one contact's moments add to an audience: their hours of the week in UTC, the parts that each has, and for
    how many hours mail had been waiting for it."""

    hours: bytes = b""
    parts: tuple[int, ...] = ()
    waited: bytes = b""


class Audience(NamedTuple):
    """The people of a domain, or, where `name` is EVERYBODY, all people, as of `at` (unix seconds).

    `people` is how many they are, `readers` how many of them were seen to read, `moments` how often. `sums` are 168 lanes
    of the parts seen in each hour of the week and 168 of those that waited in it, in halves.
    """

    name: str
    people: int = 0
    readers: int = 0
    moments: int = 0
    sums: int = 0
    at: float = 0.0
    version: int = 0


def share(evidence: Evidence, at: float) -> Share:
    """What a contact gives to its audiences, at unix time `at`."""
    ahead = zones.offset(evidence.clock, at) // 3600 if evidence.known else 0
    hours = [(hour - ahead) % HOURS for hour in evidence.hours] if ahead else evidence.hours
    n, parts = sum(evidence.parts), evidence.parts
    if n > MOST_OF_ONE * PARTS:
        parts = [round(many * MOST_OF_ONE * PARTS / n) for many in parts]
    return Share(bytes(hours), tuple(parts), bytes(evidence.waited))


def changed(audience: Audience, was: Share | None, now: Share, at: float) -> Audience:
    """The audience after a contact's share turned from `was` (None: it gave none yet) to `now`."""
    before = was or Share()
    return audience._replace(
        people=audience.people + (was is None),
        readers=audience.readers + bool(now.hours) - bool(before.hours),
        moments=audience.moments + len(now.hours) - len(before.hours),
        sums=audience.sums + _lanes(now) - _lanes(before),
        at=max(audience.at, at),
    )


def without(audience: Audience, was: Share) -> Audience:
    """The audience without a contact that gave this share."""
    left = changed(audience, was, Share(), audience.at)
    return left._replace(people=left.people - 1)


def moments(audience: Audience) -> tuple[int, ...]:
    """How many moments were seen in each hour of the week, in UTC, as they count: older ones, and one of many, less."""
    return tuple(round(parts / PARTS) for parts in unpack(audience.sums, 2 * HOURS)[:HOURS])


def send_time(audience: Audience, rhythms: Rhythms | None = None) -> SendTime:
    """When to write to an audience. Its zone is inferred: `rhythms` is what is usual for people."""
    rhythms = rhythms or shipped()
    prior = rhythms.anywhere
    lanes = unpack(audience.sums, 2 * HOURS)
    hours = [hour for hour in range(HOURS) if lanes[hour]]
    parts = [lanes[hour] for hour in hours]
    sums = add(prior, hours, parts, ())
    held = sums.unit / (2 * PARTS * PARTS)
    waited = sum([math.ceil(lanes[HOURS + hour] * held) * prior.waiting[hour] for hour in range(HOURS)])
    sums = sums._replace(told=sums.told | waited << prior.above)
    trusted = audience.readers >= FEWEST_READERS
    return conclude(sums, prior, rhythms, "UTC", audience.moments, trusted=trusted)


def _lanes(share: Share) -> int:
    row = 0
    for hour, parts, waited in zip(share.hours, share.parts, share.waited, strict=True):
        row += parts * (1 << _LANE * hour)
        row += parts * (_WAITED[HOURS + hour] - _WAITED[HOURS + hour - waited] + _HALF_WEEK_LANES[hour])
    return row
