"""When the sender is told nothing: quiet hours and days, on their own clock."""

from datetime import datetime, time, timedelta

from chalicelib.domain.habits import zones
from chalicelib.domain.preferences import Quiet

MOST_STEPS = 32  # from one border to the next: a week has no more


def ends(quiet: Quiet, zone: str, at: float) -> float | None:
    """When what may not be told at that unix time may be; None if it may be told now.

    Where clocks change, the hours are those that the clock shows. Whose every hour is quiet, is told a week later.
    """
    if not _is_quiet(quiet, zones.local(zone, at)):
        return None
    local = zones.local(zone, at)
    for _ in range(MOST_STEPS):
        local = _next_border(quiet, local)
        if not _is_quiet(quiet, local):
            return max(_unix(zone, local), at)
    return at + 7 * zones.DAY


def _is_quiet(quiet: Quiet, local: datetime) -> bool:
    if local.weekday() in quiet.days:
        return True
    if not quiet.start or quiet.start == quiet.end:
        return False
    now, start, end = local.time().replace(tzinfo=None), time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    return start <= now < end if start < end else now >= start or now < end


def _next_border(quiet: Quiet, local: datetime) -> datetime:
    """The next time of the clock at which quiet may end: the end of its hours, or midnight."""
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    if not quiet.end:
        return midnight
    end = datetime.combine(local.date(), time.fromisoformat(quiet.end), local.tzinfo)
    return end if end > local and end < midnight else midnight


def _unix(zone: str, local: datetime) -> float:
    """When the clock shows that time first, or, where it is skipped, what comes next."""
    start = zones.at_hour(zone, local.date(), local.hour)
    return start + local.minute * 60
