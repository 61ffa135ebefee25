"""What is usual: whole weeks, at the right hours, on every clock."""

import pytest

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.lanes import unpack
from chalicelib.domain.habits.rhythms import HOURS, KINDS, SHARE, SHIFTS, Prior, hour_of_week, kind, shipped, turned

MONDAY_NINE_IN_TOKYO = 1_763_337_600  # 2025-11-17 00:00 UTC


@pytest.mark.parametrize("kind", ["on_own_clocks", "in_utc"])
def test_the_shipped_archetypes_are_weeks_and_their_shares_make_a_whole(kind: str):
    archetypes = getattr(shipped(), kind)
    assert len(archetypes.weeks) == len(archetypes.common)
    assert sum(archetypes.common) == pytest.approx(1, abs=1e-3)
    for week in (*archetypes.weeks, shipped().usual, shipped().usual_utc):
        assert len(week) == HOURS
        assert sum(week) == pytest.approx(1)
        assert min(week) > 0


def test_every_zone_is_possible():
    in_utc = shipped().in_utc
    assert all(len(zones) == len(SHIFTS) and sum(zones) == pytest.approx(1) for zones in in_utc.zones)
    assert min(map(max, zip(*in_utc.zones, strict=True))) > 0.001


def test_people_read_by_day_and_on_work_days():
    usual = shipped().usual
    nights = sum(usual[day * 24 + hour] for day in range(7) for hour in range(1, 6))
    assert nights < 0.1
    assert sum(usual[120:]) < 2 / 7


@pytest.mark.parametrize("prior", [shipped().local, shipped().anywhere])
def test_a_moment_spreads_over_the_week_without_loss(prior: Prior):
    for row in prior.spread:
        assert sum(unpack(row, HOURS)) == pytest.approx(SHARE, rel=1e-3)


@pytest.mark.parametrize("prior", [shipped().local, shipped().anywhere])
def test_a_mail_that_waited_all_week_had_the_same_chance_at_every_hour(prior: Prior):
    for hour in (0, 12, HOURS - 1):
        chances = unpack((prior.until[hour] - prior.since[hour - HOURS]) >> prior.above, prior.size + KINDS)
        assert chances[: prior.size] == pytest.approx([SHARE] * prior.size, rel=0.04)  # and half of its last hour
        assert chances[prior.size :] == pytest.approx([SHARE] * KINDS, rel=0.25)


def test_a_mail_that_waited_on_a_monday_morning_did_not_wait_in_any_evening():
    prior = shipped().local
    chances = unpack((prior.until[11] - prior.since[8]) >> prior.above, prior.size + KINDS)[prior.size :]
    assert chances[kind(10)] > 20 * chances[kind(20)]
    assert chances[kind(10)] > 5 * chances[kind(120 + 10)]


def test_a_week_is_turned_to_a_clock_behind_it():
    local = [0.0] * HOURS
    local[9] = 1.0  # Monday 09:00 in Tokyo, nine hours ahead of UTC
    assert turned(local, 9)[0] == 1.0
    assert turned(turned(local, 9), -9) == tuple(local)


def test_the_week_begins_on_monday():
    assert hour_of_week(MONDAY_NINE_IN_TOKYO) == 0
    assert hour_of_week(MONDAY_NINE_IN_TOKYO + zones.offset("+09:00", MONDAY_NINE_IN_TOKYO)) == 9
