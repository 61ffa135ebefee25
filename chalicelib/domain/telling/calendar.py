"""Business days and the presets of reminders: on the sender's clock, without weekends and their country's holidays."""

from datetime import date, datetime, timedelta

from chalicelib.domain.errors import BadInput
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.hours import days_off
from chalicelib.domain.preferences import Unit

MORNING = 9  # o'clock
FURTHEST = 2 * 366  # days ahead


def countries() -> frozenset[str]:
    """The countries whose holidays are known, by their ISO 3166 codes."""
    from chalicelib.domain.telling.holidays import DAYS  # here: few ask for it, and it is long

    return frozenset(DAYS)


def is_business_day(day: date, zone: str, country: str) -> bool:
    """Whether people work on that day in that zone and country ("": holidays do not count)."""
    if day.weekday() in days_off(zone):
        return False
    if not country:
        return True
    from chalicelib.domain.telling.holidays import DAYS

    return f"{day:%m%d}" not in DAYS.get(country, {}).get(day.year, "").split()


def after(at: float, many: int, unit: Unit, zone: str, country: str) -> float:
    """When so many hours or days after a unix time are over; of business days only those count that people work on.

    What is counted in days keeps its time of the clock; what starts on a day off starts with the next day of work.
    """
    if unit is Unit.HOURS:
        return at + many * 3600
    local = zones.local(zone, at)
    day = local.date()
    if unit is Unit.DAYS:
        return _on(day + timedelta(days=many), local, zone)
    for _ in range(many):
        day = next_business_day(day, zone, country)
    return _on(day, local, zone)


def next_business_day(day: date, zone: str, country: str) -> date:
    """The first day after this one on which people work."""
    for ahead in range(1, 60):
        if is_business_day(day + timedelta(days=ahead), zone, country):
            return day + timedelta(days=ahead)
    return day + timedelta(days=1)


def chosen(wish: str, at: float, zone: str, country: str) -> float:
    """When a reminder comes that the sender chose: a preset, a date, or a time. Raises BadInput, naming `remind`."""
    today = zones.local(zone, at).date()
    match wish:
        case "tomorrow":
            return zones.at_hour(zone, today + timedelta(days=1), MORNING)
        case "two_business_days":
            first = next_business_day(today, zone, country)
            return zones.at_hour(zone, next_business_day(first, zone, country), MORNING)
        case "week":
            return zones.at_hour(zone, today + timedelta(days=7), MORNING)
    found = _stated(wish, zone)
    if found <= at:
        raise BadInput("A reminder lies in the future.", "remind")
    if found > at + FURTHEST * zones.DAY:
        raise BadInput("A reminder lies two years ahead at most.", "remind")
    return found


def _stated(wish: str, zone: str) -> float:
    try:
        if len(wish) == len("2026-03-10"):
            return zones.at_hour(zone, date.fromisoformat(wish), MORNING)
        stated = datetime.fromisoformat(wish)
        if stated.tzinfo is not None:
            return stated.timestamp()
    except (ValueError, OverflowError):
        pass
    raise BadInput(
        "Say “tomorrow”, “two_business_days”, “week”, a date like 2026-03-10, or a time like 2026-03-10T14:00:00Z.",
        "remind",
    )


def _on(day: date, local: datetime, zone: str) -> float:
    start = zones.at_hour(zone, day, local.hour)
    return start + local.minute * 60 + local.second
