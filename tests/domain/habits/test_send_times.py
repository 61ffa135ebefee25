"""The recommended hour: theirs where they showed one, what is usual where not, and a word about how much it rests on."""

import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.habits import send_times
from chalicelib.domain.habits.evidence import HALF_LIFE, Moment, weigh
from chalicelib.domain.habits.rhythms import HOURS, LEAN, _kernel, hour_of_week, shipped
from chalicelib.domain.habits.send_times import SendTime

BERLIN = "Europe/Berlin"
TUESDAY_EVENING = "2025-11-11 21:10"


def berlin(text: str, weeks_before: int = 0) -> float:
    day = datetime.fromisoformat(text) - timedelta(weeks=weeks_before)
    return day.replace(tzinfo=ZoneInfo(BERLIN)).timestamp()


NOW = berlin("2025-11-14 12:00")  # a Friday


def weekly(text: str, times: int) -> list[Moment]:
    """The same hour of the week, again and again."""
    return [(berlin(text, number), 1.0) for number in range(times)]


def recommend(moments: list[Moment], sends: list[float], zone: str | None, at: float) -> SendTime:
    return send_times.recommend(weigh(moments, sends, zone, at))


def likeliest(send_time: SendTime) -> int:
    return send_time.weights.index(max(send_time.weights))


def test_someone_who_reads_on_tuesday_evenings_is_written_to_on_a_tuesday_evening():
    send_time = recommend(weekly(TUESDAY_EVENING, 40), [], BERLIN, NOW)
    assert send_time.enough_data
    assert (send_time.weekday, send_time.hour) == (1, 21)
    assert send_time.gain > send_time.gain_error > 0


def test_nobody_in_particular_is_written_to_when_most_people_read():
    send_time = recommend([], [], BERLIN, NOW)
    assert not send_time.enough_data
    assert send_time.weights == pytest.approx(shipped().usual, rel=1e-4)
    assert "not enough data" in send_time.reason


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_moments_are_not_enough_and_the_reason_says_so(n: int):
    send_time = recommend(weekly("2025-11-09 03:00", n), [], BERLIN, NOW)
    nobody = recommend([], [], BERLIN, NOW)
    assert not send_time.enough_data
    assert (send_time.weekday, send_time.hour) == (nobody.weekday, nobody.hour)
    assert f"Rests on {n} event" in send_time.reason
    assert "not enough data" in send_time.reason


def test_the_hour_stays_the_same_on_the_clock_when_daylight_saving_ends():
    in_summer = recommend(weekly("2025-10-21 21:10", 30), [], BERLIN, berlin("2025-10-22 12:00"))
    across = recommend(weekly(TUESDAY_EVENING, 30), [], BERLIN, NOW)
    assert (in_summer.weekday, in_summer.hour) == (across.weekday, across.hour) == (1, 21)


def test_what_is_long_ago_counts_less():
    once = [(berlin("2025-11-11 08:10", 150 + number), 1.0) for number in range(20)]
    lately = [(berlin(TUESDAY_EVENING, number), 1.0) for number in range(20)]
    assert likeliest(recommend([*once, *lately], [], BERLIN, NOW)) == 24 + 21


def test_one_sitting_is_not_many_observations():
    sitting = [(berlin("2025-11-11 03:10") + second, 1.0) for second in range(20)]
    nights = [(berlin("2025-11-11 03:10") - day * 86_400, 1.0) for day in range(20)]
    assert recommend(sitting, [], BERLIN, NOW).n < 0.6 * recommend(nights, [], BERLIN, NOW).n


def test_where_the_sends_are_known_an_hour_is_recommended_at_which_they_were_seen_or_the_one_before_it():
    for hour in (7, 12, 22):
        send_time = written_to_at(hour, minutes_later=150)
        recommended = send_time.weekday * 24 + send_time.hour
        assert (
            not send_time.enough_data or abs(recommended - (24 + hour + 2)) <= 1 or recommended == shipped().local.best
        )


@pytest.mark.parametrize("hour", [7, 15, 19, 21, 23])
def test_who_reads_at_one_hour_whenever_they_are_written_to_is_not_written_to_after_it(hour: int):
    read = [berlin("2025-11-11 00:00", week) + ((week % 7) * 24 + hour + 0.4) * 3600 for week in range(14)]
    sends = [at - (0.3 + 7 * number % 24) * 3600 for number, at in enumerate(read)]
    assert recommend([(at, 1.0) for at in read], sends, BERLIN, NOW + 8 * 86_400).hour == hour


def test_order_does_not_matter():
    moments = weekly(TUESDAY_EVENING, 5) + weekly("2025-11-12 08:00", 5)
    assert recommend(moments, [], BERLIN, NOW) == recommend(moments[::-1], [], BERLIN, NOW)


# Zones


def test_a_zone_that_nobody_knows_is_inferred_like_a_missing_one():
    moments = weekly("2025-11-11 10:10", 8)
    assert recommend(moments, [], "Mars/Base", NOW) == recommend(moments, [], None, NOW)


def test_office_hours_in_japan_give_the_zone_away():
    days = [datetime(2025, 11, 3, tzinfo=ZoneInfo("Asia/Tokyo")).timestamp() + day * 86_400 for day in range(12)]
    moments = [
        (day + hour * 3600, 1.0) for number, day in enumerate(days) if number % 7 < 5 for hour in (9.5, 13.5, 17.5)
    ]
    send_time = recommend(moments, [], None, NOW)
    assert send_time.time_zone in {"UTC+08:00", "UTC+09:00", "UTC+10:00"}
    assert 8 <= likeliest(send_time) % 24 <= 19


def test_hours_and_weights_are_on_the_clock_that_was_inferred():
    nine_to_five = [(berlin("2025-11-10 09:20", week) + hour * 3600, 1.0) for week in range(20) for hour in (0, 4, 7.5)]
    send_time = recommend(nine_to_five, [at - 7200 for at, _ in nine_to_five], None, NOW)
    assert send_time.time_zone != "UTC"
    shift = int(send_time.time_zone[3:6])
    assert shift in (0, 1, 2)
    assert likeliest(send_time) % 24 in range(7, 19)


def test_a_zone_is_not_claimed_before_anything_is_seen():
    assert recommend([], [], None, NOW).time_zone == "UTC"


# Chances: what is seen depends on when mail was sent


def written_to_at(hour: int, minutes_later: float, times: int = 30) -> SendTime:
    sends = [berlin("2025-11-11 00:00", number) + hour * 3600 for number in range(times)]
    return recommend([(send + 60 * minutes_later, 1.0) for send in sends], sends, BERLIN, NOW)


def test_somebody_only_ever_written_to_at_three_at_night_is_no_night_owl():
    moments = [(berlin("2025-11-11 03:20", number), 1.0) for number in range(30)]
    assert likeliest(recommend(moments, [], BERLIN, NOW)) in (24 + 2, 24 + 3)
    corrected = written_to_at(3, minutes_later=20)
    assert likeliest(corrected) != 24 + 3
    assert not corrected.enough_data
    assert "mail was rarely waiting" in corrected.reason


def test_what_was_read_the_moment_it_came_says_nothing_about_the_hour():
    send_time = written_to_at(3, minutes_later=1)
    assert not send_time.enough_data
    assert send_time.n == 0
    assert send_time.weights == pytest.approx(shipped().usual, rel=1e-4)


def test_mail_that_waits_from_morning_until_evening_shows_an_evening_reader():
    send_time = written_to_at(9, minutes_later=12 * 60)
    assert send_time.enough_data
    assert (send_time.weekday, send_time.hour) in [(1, 20), (1, 21), (1, 22)]


@given(
    st.lists(st.floats(1.5e9, 1.76e9), max_size=12),
    st.lists(st.floats(1.5e9, 1.76e9), max_size=12),
    st.lists(st.floats(0.001, 1e6), min_size=12, max_size=12),
    st.sampled_from([BERLIN, "+05:30", "Asia/Tokyo", None]),
)
def test_the_weights_are_always_a_distribution_over_the_week(times, sends, weights, zone):
    moments = list(zip(times, weights, strict=False))
    send_time = recommend(moments, sends, zone, NOW)
    assert len(send_time.weights) == HOURS
    assert sum(send_time.weights) == pytest.approx(1)
    assert min(send_time.weights) > 0
    assert send_time.gain >= 0


@settings(max_examples=30)
@given(st.lists(st.floats(1.6e9, 1.7e9), min_size=1, max_size=30))
def test_the_arithmetic_in_lanes_agrees_with_plain_arithmetic(times):
    weights = recommend([(at, 1.0) for at in times], [], "UTC", NOW).weights
    apart = [abs(weight - other) for weight, other in zip(weights, plainly(times), strict=True)]
    assert sum(apart) < 0.05  # of 2; a week on the verge of being too unlikely to count may count in one


def plainly(times: list[float]) -> list[float]:
    """The same method in floating point, hour by hour, for people in Greenwich who were written to at all hours."""
    rhythms, kernel = shipped(), _kernel()
    weeks = rhythms.on_own_clocks.weeks
    smooth = [sum(share * usual for share, usual in zip(row, rhythms.usual, strict=True)) for row in kernel]
    evidence, counts, n, last = [0.0] * len(weeks), [0.0] * HOURS, 0.0, -math.inf
    for at in sorted(times):
        weight = (0.5 + 0.5 * min(1.0, (at - last) / 86_400)) / (1 + (NOW - at) / HALF_LIFE)
        last, n = at, n + weight
        hour = hour_of_week(at)
        spread = [bell * there for bell, there in zip(kernel[hour], smooth, strict=True)]
        counts = [count + weight * part / sum(spread) for count, part in zip(counts, spread, strict=True)]
        evidence = [so_far + weight * math.log(week[hour]) for so_far, week in zip(evidence, weeks, strict=True)]
    doubt = 1 + n / send_times.DOUBTFUL
    logs = [math.log(common) + one / doubt for common, one in zip(rhythms.on_own_clocks.common, evidence, strict=True)]
    likely = [math.exp(log - max(logs)) for log in logs]
    likely = [share if math.log(share) > send_times.UNLIKELY else 0.0 for share in likely]
    expected = [
        sum(share * week[hour] for share, week in zip(likely, weeks, strict=True)) / sum(likely)
        for hour in range(HOURS)
    ]
    for day in range(0, HOURS, 24):
        most = max(range(day, day + 24), key=rhythms.usual.__getitem__)
        expected[most] += LEAN * rhythms.usual[most]
    week = [send_times.PRIOR_STRENGTH * share + own for share, own in zip(expected, counts, strict=True)]
    return [share / sum(week) for share in week]
