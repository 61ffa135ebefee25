import pytest

from chalicelib.domain import zones
from chalicelib.domain.lanes import unpack
from chalicelib.domain.rhythms import HOURS, SHARE, SHIFTS, hour_of_week, shipped, turned

MONDAY_NINE_IN_TOKYO = 1_763_337_600  # 2025-11-17 00:00 UTC


@pytest.mark.parametrize("kind", ["fine", "coarse"])
def test_the_shipped_archetypes_are_weeks_and_their_shares_make_a_whole(kind: str):
    archetypes = getattr(shipped(), kind)
    assert len(archetypes.weeks) == len(archetypes.common)
    assert sum(archetypes.common) == pytest.approx(1, abs=1e-3)
    for week in (*archetypes.weeks, shipped().usual, shipped().usual_utc):
        assert len(week) == HOURS
        assert sum(week) == pytest.approx(1)
        assert min(week) > 0


def test_every_zone_is_possible():
    assert len(shipped().zones) == len(SHIFTS)
    assert min(shipped().zones) > 0
    assert sum(shipped().zones) == pytest.approx(1, abs=1e-3)


def test_people_read_by_day_and_on_work_days():
    usual = shipped().usual
    nights = sum(usual[day * 24 + hour] for day in range(7) for hour in range(1, 6))
    assert nights < 0.1
    assert sum(usual[120:]) < 2 / 7


def test_a_moment_spreads_over_the_week_without_loss():
    for row in (*shipped().local.seen, *shipped().anywhere.seen):
        assert sum(unpack(row & (1 << HOURS * 32) - 1, HOURS)) == pytest.approx(SHARE, rel=1e-3)


def test_a_week_is_turned_to_a_clock_behind_it():
    local = [0.0] * HOURS
    local[9] = 1.0  # Monday 09:00 in Tokyo, nine hours ahead of UTC
    assert turned(local, 9)[0] == 1.0
    assert turned(turned(local, 9), -9) == tuple(local)


def test_the_week_begins_on_monday():
    assert hour_of_week(MONDAY_NINE_IN_TOKYO) == 0
    assert hour_of_week(MONDAY_NINE_IN_TOKYO + zones.offset("+09:00", MONDAY_NINE_IN_TOKYO)) == 9
