"""When the recommended hour comes next, on a clock that is moved twice a year, and how it is said."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits.coming_hour import in_words, next_time
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.send_times import SendTime, recommend

BERLIN = "Europe/Berlin"


def berlin(text: str, weeks_before: int = 0) -> float:
    day = datetime.fromisoformat(text) - timedelta(weeks=weeks_before)
    return day.replace(tzinfo=ZoneInfo(BERLIN)).timestamp()


NOW = berlin("2025-11-14 12:00")  # a Friday


def evening_reader() -> SendTime:
    return recommend(weigh([(berlin("2025-11-11 21:10", number), 1.0) for number in range(40)], [], BERLIN, NOW))


def test_the_recommended_hour_is_said_with_the_day_on_which_it_comes_next():
    assert next_time(evening_reader(), NOW) == berlin("2025-11-18 21:00")
    assert in_words(evening_reader(), NOW) == "Tuesday 21:00 (Europe/Berlin), next on 18 November."
    assert in_words(evening_reader(), berlin("2025-11-18 21:00")) == "Tuesday 21:00 (Europe/Berlin): that is now."


def test_within_the_recommended_hour_the_time_is_now():
    assert next_time(evening_reader(), berlin("2025-11-18 21:59")) == berlin("2025-11-18 21:59")
    assert next_time(evening_reader(), berlin("2025-11-18 22:00")) == berlin("2025-11-25 21:00")


def test_the_recommended_hour_keeps_to_the_clock_when_clocks_change():
    assert next_time(evening_reader(), berlin("2025-10-24 12:00")) == berlin("2025-10-28 21:00")
    skipped = evening_reader()._replace(weekday=6, hour=2)
    assert next_time(skipped, berlin("2026-03-28 12:00")) == berlin("2026-03-29 03:00")


@given(
    st.floats(1.6e9, 1.9e9), st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "UTC-03:30", "Australia/Lord_Howe"])
)
def test_the_recommended_hour_comes_within_a_week_and_an_hour(at: float, zone: str):
    assert at <= next_time(evening_reader()._replace(time_zone=zone), at) <= at + 7 * 86_400 + 3600
