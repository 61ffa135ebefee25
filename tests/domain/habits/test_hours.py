"""When somebody may be written to or called: by day on their clock, a call on both, a day off only for who reads then."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.hours import CLOSES, NIGHT_BEGINS, NIGHT_ENDS, OPENS, Doing, Hours, days_off
from chalicelib.domain.habits.send_times import recommend

MONDAY = datetime(2026, 9, 21, tzinfo=UTC).timestamp()
HOUR, DAY = 3_600, 86_400
NOBODY_KNOWN = recommend(weigh([], [], "UTC", MONDAY))


def hours(zone: str = "UTC", sender_zone: str = "UTC", **changes) -> Hours:
    return Hours(NOBODY_KNOWN, zone, sender_zone)._replace(**changes)


def reading_on_saturday_evenings() -> Hours:
    moments = [(MONDAY - DAY * 2 + 20.2 * HOUR - week * 7 * DAY, 1.0) for week in range(40)]
    return hours(send_time=recommend(weigh(moments, [], "UTC", MONDAY)))


@pytest.mark.parametrize("doing", Doing)
def test_of_whom_nothing_is_known_it_is_working_hours_on_working_days(doing):
    fit = [hour for hour in range(7 * 24) if hours().may(MONDAY + hour * HOUR, doing)]
    assert fit == [day * 24 + hour for day in range(5) for hour in range(OPENS, CLOSES)]


def test_days_off_are_those_of_the_place():
    assert days_off("Asia/Riyadh") == {4, 5} and days_off("Europe/Berlin") == days_off("Mars/Base") == {5, 6}
    sunday = MONDAY - DAY + 10 * HOUR
    assert hours("Asia/Riyadh").may(sunday, Doing.WRITE) and not hours().may(sunday, Doing.WRITE)


def test_a_call_wants_the_day_of_both_and_there_may_be_none():
    from_halifax, from_noronha = (hours("Asia/Tokyo", sender) for sender in ("America/Halifax", "America/Noronha"))
    found = from_halifax.next(MONDAY, Doing.CALL)
    assert found is not None and datetime.fromtimestamp(found, UTC).hour == 0, "9 o'clock there, 21 o'clock here"
    assert from_noronha.next(MONDAY, Doing.CALL) is None, "the one's day is the other's night"
    assert from_noronha.next(MONDAY, Doing.WRITE) is not None


def test_who_reads_on_a_day_off_is_written_to_then_and_never_at_night():
    reader = reading_on_saturday_evenings()
    found = reader.next(MONDAY, Doing.WRITE)
    assert found is not None
    at = datetime.fromtimestamp(found, UTC)
    assert (at.weekday(), at.hour) == (5, 20)
    assert not any(
        reader.may(MONDAY + hour * HOUR, Doing.WRITE)
        for hour in range(7 * 24)
        if not NIGHT_ENDS <= hour % 24 < NIGHT_BEGINS
    )


def test_who_is_away_is_left_alone_until_the_day_they_are_back():
    away = hours(away_until=date(2026, 9, 23))
    assert not away.may(MONDAY + 2 * DAY + 10 * HOUR, Doing.WRITE)
    found = away.next(MONDAY, Doing.WRITE)
    assert found is not None and MONDAY + 3 * DAY + OPENS * HOUR <= found < MONDAY + 3 * DAY + CLOSES * HOUR


def test_it_is_now_unless_a_better_hour_is_worth_the_wait():
    reader = reading_on_saturday_evenings()
    saturday = MONDAY + 5 * DAY + 20.5 * HOUR
    assert reader.next(saturday, Doing.WRITE) == saturday
    assert reader.next(saturday - 6 * HOUR, Doing.WRITE) == MONDAY + 5 * DAY + 20 * HOUR
