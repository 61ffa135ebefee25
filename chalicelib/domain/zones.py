"""What the clock shows where somebody is: offsets of time zones, by IANA name or as "+02:00".

Times are kept as unix seconds and zones by name; they meet only when an hour is wanted, so daylight saving is right.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)", re.ASCII)
DAY = 86_400


def known(zone: str | None) -> bool:
    """Whether the zone can be used: False for None, for what is no zone, and where no table of zones is installed."""
    return zone is not None and _zone(zone) is not None


def offset(zone: str, at: float) -> int:
    """Seconds that clocks in the zone are ahead of UTC at that time. Raises LookupError if the zone is not known."""
    of_day = _offset_of_day(zone, int(at // DAY))
    return _offset(zone, at) if of_day is None else of_day


def named(hours: int) -> str:
    """The name of a whole-hour offset, as `offset` reads it: "UTC+02:00"."""
    return f"UTC{hours:+03d}:00"


@lru_cache(maxsize=16_384)
def _offset_of_day(zone: str, day: int) -> int | None:
    """The offset all through one UTC day, None on the few days it changes. Asking `zoneinfo` each time is slower."""
    first, last = _offset(zone, day * DAY), _offset(zone, (day + 1) * DAY)
    return first if first == last else None


def _offset(zone: str, at: float) -> int:
    rules = _zone(zone)
    if rules is None:
        raise LookupError(f"No such time zone: {zone!r}")
    ahead = datetime.fromtimestamp(at, UTC).astimezone(rules).utcoffset() or timedelta()
    return int(ahead.total_seconds())


@lru_cache(maxsize=512)
def _zone(zone: str) -> tzinfo | None:
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
