from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.send_times import HOURS, Moment, SendTime, WritingHours, next_slot, recommend

BERLIN = "Europe/Berlin"


def berlin(text: str, weeks_before: int = 0) -> float:
    day = datetime.fromisoformat(text) - timedelta(weeks=weeks_before)
    return day.replace(tzinfo=ZoneInfo(BERLIN)).timestamp()


NOW = berlin("2025-11-14 12:00")  # a Friday


def weekly(text: str, times: int) -> list[Moment]:
    """The same hour of the week, again and again."""
    return [Moment(berlin(text, number)) for number in range(times)]


def test_someone_who_reads_on_tuesday_evenings_is_written_to_on_a_tuesday_evening():
    send_time = recommend(weekly("2025-11-11 21:10", 40), [], BERLIN, NOW)
    assert send_time.enough_data
    assert (send_time.weekday, send_time.hour) == (1, 21)
    assert send_time.gain > 0.5


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_few_moments_are_not_enough_and_the_reason_says_so(n: int):
    send_time = recommend(weekly("2025-11-09 03:00", n), [], BERLIN, NOW)
    nobody = recommend([], [], BERLIN, NOW)
    assert not send_time.enough_data
    assert (send_time.weekday, send_time.hour) == (nobody.weekday, nobody.hour)
    assert "not enough data" in send_time.reason


def test_the_hour_stays_the_same_on_the_clock_when_daylight_saving_begins():
    summer = recommend(weekly("2025-10-21 21:10", 30), [], BERLIN, berlin("2025-10-22 12:00"))
    both = recommend(weekly("2025-11-11 21:10", 30), [], BERLIN, NOW)
    assert (summer.weekday, summer.hour) == (both.weekday, both.hour) == (1, 21)


def test_a_zone_that_nobody_knows_is_inferred_like_a_missing_one():
    moments = weekly("2025-11-11 10:10", 8)
    assert recommend(moments, [], "Mars/Base", NOW) == recommend(moments, [], None, NOW)


@given(
    st.lists(st.tuples(st.floats(1.5e9, 1.76e9), st.floats(0.01, 3.0)), max_size=12),
    st.sampled_from([BERLIN, "+05:30", "Asia/Tokyo", None]),
)
def test_the_weights_are_always_a_distribution_over_the_week(moments: list[tuple[float, float]], zone: str | None):
    send_time = recommend([Moment(*moment) for moment in moments], [], zone, NOW)
    assert len(send_time.weights) == HOURS
    assert sum(send_time.weights) == pytest.approx(1)
    assert min(send_time.weights) > 0


def evening_reader() -> SendTime:
    return recommend(weekly("2025-11-11 21:10", 40), [], BERLIN, NOW)


def test_the_next_slot_is_tonight_rather_than_next_tuesday():
    assert next_slot(evening_reader(), berlin("2025-11-12 15:20")) == berlin("2025-11-12 21:00")


def test_the_next_slot_is_now_if_now_is_good():
    assert next_slot(evening_reader(), berlin("2025-11-11 21:20")) == berlin("2025-11-11 21:20")


def test_the_next_slot_keeps_to_the_hours_of_the_sender():
    office = WritingHours(frozenset(range(5)), frozenset(range(9, 18)), "America/New_York")
    slot = next_slot(evening_reader(), berlin("2025-11-14 22:00"), office)
    assert office.include(slot)


def test_a_sender_who_allows_no_hour_gets_a_slot_all_the_same():
    never = WritingHours(frozenset(), frozenset(), BERLIN)
    assert next_slot(evening_reader(), NOW, never) == next_slot(evening_reader(), NOW)
