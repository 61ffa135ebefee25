"""What the clock shows where somebody is: offsets of time zones, by IANA name or as "+02:00".

Times are kept as unix seconds and zones by name; they meet only when an hour is wanted, so daylight saving is right.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from chalicelib.domain.errors import BadInput
from chalicelib.domain.words.sentences import Moment, say

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)", re.ASCII)
DAY = 86_400


def known(zone: str | None) -> bool:
    """Whether the zone can be used: False for None, for what is no zone, and where no table of zones is installed."""
    return zone is not None and _zone(zone) is not None


def check(zone: str) -> str:
    """The zone. Raises BadInput if it is none."""
    if not known(zone):
        raise BadInput(
            say("{zone} is not a time zone: use “Europe/Berlin” or “+02:00”, for example.", zone=zone), "time_zone"
        )
    return zone


def offset(zone: str, at: float) -> int:
    """Seconds that clocks in the zone are ahead of UTC at that time. Raises LookupError if the zone is not known."""
    of_day = by_day(zone)[int(at // DAY)]
    return _offset(_rules(zone), at) if of_day is None else of_day


def local(zone: str, at: float) -> datetime:
    """What the clock shows at that unix time; that of UTC where the zone is not known."""
    ahead = offset(zone, at) if known(zone) else 0
    return datetime.fromtimestamp(at, UTC) + timedelta(seconds=ahead)


def moment(at: float, zone: str, *, named: bool = True) -> Moment:
    """That unix time for people, with the name of the zone or without; in UTC where the zone is not known."""
    return Moment(local(zone, at), (zone if known(zone) else "UTC") if named else "")


def at_hour(zone: str, day: date, hour: int) -> float:
    """When the clock shows that hour of that day, as unix seconds: where clocks go forward over it, the hour after.

    In UTC where the zone is not known.
    """
    start = datetime.combine(day, time(hour), UTC).timestamp()
    if not known(zone):
        return start
    first = start - offset(zone, start - offset(zone, start))
    return (
        first if first + offset(zone, first) == start else start - min(offset(zone, first - DAY), offset(zone, first))
    )


@lru_cache(maxsize=512)
def by_day(zone: str) -> Mapping[int, int | None]:
    """The offset all through each UTC day (days since 1970), None on the few days on which it changes.

    For those who need many: asking for each time apart takes longer. Raises LookupError if the zone is not known.
    """
    return _Days(_rules(zone))


def named(hours: int) -> str:
    """The name of a whole-hour offset, as `offset` reads it: "UTC+02:00"."""
    return at_offset(hours * 60)


def at_offset(minutes: int) -> str:
    """The name of an offset in minutes."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


class _Days(dict[int, int | None]):
    """Filled as it is asked."""

    def __init__(self, rules: tzinfo) -> None:
        self.rules = rules

    def __missing__(self, day: int) -> int | None:
        first, last = _offset(self.rules, day * DAY), _offset(self.rules, (day + 1) * DAY)
        self[day] = first if first == last else None
        return self[day]


def _offset(rules: tzinfo, at: float) -> int:
    return int((datetime.fromtimestamp(at, rules).utcoffset() or timedelta()).total_seconds())


def _rules(zone: str) -> tzinfo:
    rules = _zone(zone)
    if rules is None:
        raise LookupError(f"No such time zone: {zone!r}")
    return rules


@lru_cache(maxsize=512)
def _zone(zone: str) -> tzinfo | None:
    if zone == "UTC":
        return UTC  # without a table of zones
    fixed = _OFFSET.fullmatch(zone)
    if fixed:
        sign, hours, minutes = fixed.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(ahead if sign == "+" else -ahead) if ahead < timedelta(hours=24) else None
    from zoneinfo import ZoneInfo  # here, because it costs several milliseconds and most requests want no zone

    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):  # unknown, malformed, or the name of a folder of zones
        return None
