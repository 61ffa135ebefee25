"""When somebody may be written to or called: never at night, on a day off only where they are known to read then.

The hours are those of the contact's clock, as far as it is known, else of the sender's. Little data names no hour of its
own: then it is working hours. Somebody who calls must be awake as well, so a call keeps to the day of both.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.rhythms import HOURS, hour_of_week
from chalicelib.domain.habits.send_times import SendTime

NIGHT_ENDS, NIGHT_BEGINS = 7, 22  # o'clock
OPENS, CLOSES = 9, 17  # o'clock: working hours, and when anybody is called
CALLS_END = 19  # o'clock, for somebody known to read so late
USUAL = 1 / HOURS  # the weight of an hour like any other
PATIENCE = 3 * zones.DAY  # waiting this long is worth it for an hour that is twice as likely
FURTHEST = 2 * HOURS  # hours in which there is one, or none ever


class Doing(StrEnum):
    """What is to be done at an hour."""

    WRITE = "write"
    CALL = "call"


# Where the days off are not Saturday and Sunday (0 is Monday). CLDR's weekData, supplemental/weekData.xml.
_FRIDAY_SATURDAY = frozenset((4, 5))
_DAYS_OFF = dict.fromkeys(
    ("Africa/Cairo", "Africa/Algiers", "Africa/Tripoli", "Africa/Khartoum", "Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar",
     "Asia/Bahrain", "Asia/Muscat", "Asia/Amman", "Asia/Baghdad", "Asia/Damascus", "Asia/Aden", "Asia/Jerusalem"),
    _FRIDAY_SATURDAY,
) | {"Asia/Tehran": frozenset((4,)), "Asia/Kabul": frozenset((3, 4))}  # fmt: skip
_WEEKEND = frozenset((5, 6))


def days_off(zone: str) -> frozenset[int]:
    """The days of the week (0 is Monday) on which people in a time zone do not work."""
    return _DAYS_OFF.get(zone, _WEEKEND)


class Hours(NamedTuple):
    """When one contact may be written to or called.

    `zone` is the contact's clock, or the sender's where that is not known; `sender_zone` is the sender's. `away_until` is the
    last date on which they are away.
    """

    send_time: SendTime
    zone: str
    sender_zone: str
    away_until: date | None = None

    def may(self, at: float, doing: Doing) -> bool:
        """Whether that unix time is one to do it."""
        there = zones.local(self.zone, at)
        if self.away_until is not None and there.date() <= self.away_until:
            return False
        if not NIGHT_ENDS <= there.hour < NIGHT_BEGINS:
            return False
        if doing is Doing.CALL:
            here = zones.local(self.sender_zone, at)
            if not (NIGHT_ENDS <= here.hour < NIGHT_BEGINS and OPENS <= there.hour < CALLS_END):
                return False
        if self.send_time.enough_data:
            return self._likely(at)
        return there.weekday() not in days_off(self.zone) and OPENS <= there.hour < CLOSES

    def next(self, at: float, doing: Doing) -> float | None:
        """The next good time, as unix seconds: `at` itself if now is one, otherwise the start of an hour.

        Of the week from the first hour in which it may be done, it is the likeliest to find them, each discounted by the wait.
        Where no hour suits all, what the contact's habits say gives way: never the nights. None where the one's day is the
        other's night, so that nobody can call; there is always an hour to write at.
        """
        unpicky = self._replace(send_time=self.send_time._replace(enough_data=False))
        return next((found for each in (self, unpicky) if (found := each._best(at, doing)) is not None), None)

    def _best(self, at: float, doing: Doing) -> float | None:
        start = self._back(at)
        first, best, worth_of_best = None, None, 0.0
        for _ in range(FURTHEST):
            if first is not None and start - first >= HOURS * 3600:
                break
            if self.may(start, doing):
                first = start if first is None else first
                worth = self._weight(start) * 0.5 ** ((start - at) / PATIENCE)
                if worth > worth_of_best:
                    best, worth_of_best = start, worth
            start += 3600 - (start + zones.offset(self.zone, start)) % 3600
        return best

    def _back(self, at: float) -> float:
        if self.away_until is None:
            return at
        return max(at, zones.at_hour(self.zone, self.away_until + timedelta(days=1), OPENS))

    def _likely(self, at: float) -> bool:
        """Whether they read at that hour more than at any hour; on a day off, if it is about as good as their best."""
        if zones.local(self.zone, at).weekday() in days_off(self.zone):
            return self._weight(at) >= max(_weights(self.send_time)) / 2
        return self._weight(at) >= USUAL

    def _weight(self, at: float) -> float:
        clock = self.send_time.time_zone
        return _weights(self.send_time)[hour_of_week(at + zones.offset(clock, at))]


@lru_cache(maxsize=64)
def _weights(send_time: SendTime) -> tuple[float, ...]:
    return send_time.weights
