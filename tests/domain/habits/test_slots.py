from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.send_times import SendTime, recommend
from chalicelib.domain.habits.slots import WritingHours, in_words, next_slot, next_time

BERLIN = "Europe/Berlin"
OFFICE_IN_NEW_YORK = WritingHours(frozenset(range(5)), frozenset(range(9, 18)), "America/New_York")


def berlin(text: str, weeks_before: int = 0) -> float:
    day = datetime.fromisoformat(text) - timedelta(weeks=weeks_before)
    return day.replace(tzinfo=ZoneInfo(BERLIN)).timestamp()


NOW = berlin("2025-11-14 12:00")  # a Friday


def evening_reader() -> SendTime:
    return recommend(weigh([(berlin("2025-11-11 21:10", number), 1.0) for number in range(40)], [], BERLIN, NOW))


def test_the_next_slot_is_tonight_rather_than_next_tuesday():
    assert next_slot(evening_reader(), berlin("2025-11-12 15:20")) == berlin("2025-11-12 21:00")


def test_the_next_slot_is_now_if_now_is_good():
    assert next_slot(evening_reader(), berlin("2025-11-11 21:20")) == berlin("2025-11-11 21:20")


def test_the_next_slot_keeps_to_the_hours_of_the_sender():
    assert OFFICE_IN_NEW_YORK.include(next_slot(evening_reader(), berlin("2025-11-14 22:00"), OFFICE_IN_NEW_YORK))


def test_a_sender_who_allows_no_hour_gets_a_slot_all_the_same():
    never = WritingHours(frozenset(), frozenset(), BERLIN)
    assert next_slot(evening_reader(), NOW, never) == next_slot(evening_reader(), NOW)


def test_writing_hours_in_no_zone_are_an_error():
    with pytest.raises(LookupError):
        WritingHours(frozenset(range(7)), frozenset(range(24)), "Mars/Base").include(NOW)


@given(st.floats(1.6e9, 1.9e9))
def test_the_next_slot_lies_within_a_week(at: float):
    assert at <= next_slot(evening_reader(), at) <= at + 8 * 86_400


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_a_slot_begins_with_an_hour_of_the_contacts_clock_wherever_that_is(zone: str):
    send_time = recommend(weigh([], [], zone, NOW))
    slot = datetime.fromtimestamp(next_slot(send_time, berlin("2025-11-15 02:00")), ZoneInfo(zone))
    assert (slot.minute, slot.second) == (0, 0)


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
