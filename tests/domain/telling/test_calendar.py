"""Business days, and when a chosen reminder comes."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.errors import BadInput
from chalicelib.domain.preferences import Unit
from chalicelib.domain.telling.calendar import after, chosen, countries, is_business_day


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("day", "zone", "country", "works"),
    [
        (date(2026, 3, 3), "Europe/Berlin", "DE", True),
        (date(2026, 3, 7), "Europe/Berlin", "", False),
        (date(2026, 12, 25), "Europe/Berlin", "DE", False),
        (date(2026, 12, 25), "Europe/Berlin", "", True),
        (date(2026, 1, 26), "Asia/Kolkata", "IN", False),  # Republic Day
        (date(2026, 3, 6), "Asia/Riyadh", "", False),  # a Friday
        (date(2026, 3, 8), "Asia/Riyadh", "", True),
    ],
)
def test_people_work_but_on_weekends_and_the_holidays_of_the_country(day, zone, country, works):
    assert is_business_day(day, zone, country) is works


@pytest.mark.parametrize(
    ("many", "unit", "start", "end"),
    [
        (36, Unit.HOURS, "2026-03-06T10:00", "2026-03-07T22:00"),
        (2, Unit.DAYS, "2026-03-28T09:00", "2026-03-30T08:00"),  # the clock went forward: ten o'clock stays ten o'clock
        (2, Unit.BUSINESS_DAYS, "2026-03-06T10:00", "2026-03-10T10:00"),
        (1, Unit.BUSINESS_DAYS, "2026-12-24T10:00", "2026-12-28T10:00"),
    ],
)
def test_so_much_later_on_the_senders_clock(many, unit, start, end):
    assert after(at(start), many, unit, "Europe/Berlin", "DE") == at(end)


@pytest.mark.parametrize(
    ("wish", "comes"),
    [
        ("tomorrow", "2026-03-07T08:00"),
        ("two_business_days", "2026-03-10T08:00"),
        ("week", "2026-03-13T08:00"),
        ("2026-03-10", "2026-03-10T08:00"),
        ("2026-03-10T14:00:00Z", "2026-03-10T14:00"),
        ("2026-03-10T14:00:00+02:00", "2026-03-10T12:00"),
    ],
)
def test_a_reminder_that_is_chosen(wish, comes):
    assert chosen(wish, at("2026-03-06T15:00"), "Europe/Berlin", "DE") == at(comes)


@pytest.mark.parametrize(
    "wish", ["soon", "2026-03-10T14:00:00", "2026-02-30", "2026-03-06", "2040-01-01", "", "９９９９-01-01"]
)
def test_what_is_no_time_to_come_is_refused_and_the_field_named(wish):
    with pytest.raises(BadInput) as refused:
        chosen(wish, at("2026-03-06T15:00"), "Europe/Berlin", "")
    assert refused.value.field == "remind"


def test_the_countries_are_those_of_the_table():
    assert {"DE", "IN", "US"} <= countries()


def test_the_table_is_what_the_package_says():
    holidays = pytest.importorskip("holidays")
    from chalicelib.domain.telling.holidays import DAYS

    for country in ("DE", "IN", "US", "JP"):
        days = sorted(day for day in holidays.country_holidays(country, years=2027) if day.year == 2027)
        assert DAYS[country][2027].split() == [f"{day:%m%d}" for day in days]
