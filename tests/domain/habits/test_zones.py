"""Clocks: right to the second when they are moved, by name and by offset."""

import pytest

from chalicelib.domain.habits import zones

JULY, DECEMBER = 1_752_000_000.0, 1_765_000_000.0
SUMMER_ENDS = 1_761_440_400  # 2025-10-26 01:00 UTC, in all of the European Union


def test_a_named_zone_keeps_its_daylight_saving():
    assert zones.offset("Europe/Berlin", JULY) == 7200
    assert zones.offset("Europe/Berlin", DECEMBER) == 3600


def test_the_offset_changes_at_the_very_second():
    assert zones.offset("Europe/Berlin", SUMMER_ENDS - 1) == 7200
    assert zones.offset("Europe/Berlin", SUMMER_ENDS) == 3600


@pytest.mark.parametrize(("zone", "seconds"), [("+02:00", 7200), ("-0330", -12_600), ("UTC+05:45", 20_700), ("UTC", 0)])
def test_an_offset_is_a_zone_as_well(zone: str, seconds: int):
    assert zones.offset(zone, JULY) == seconds


@pytest.mark.parametrize("hours", range(-11, 15))
def test_a_named_offset_reads_back(hours: int):
    assert zones.offset(zones.named(hours), JULY) == hours * 3600


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd", "Europe", "+25:00", "a\0b", None])
def test_what_is_no_zone_is_not_known(zone: str | None):
    assert not zones.known(zone)


def test_asking_for_the_offset_of_no_zone_is_an_error():
    with pytest.raises(LookupError):
        zones.offset("Mars/Base", JULY)
