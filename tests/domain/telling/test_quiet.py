"""When the sender is told nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits import zones
from chalicelib.domain.preferences import Quiet
from chalicelib.domain.telling.quiet import ends

NIGHT = Quiet("22:00", "07:00")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("quiet", "zone", "when", "until"),
    [
        (Quiet(), "UTC", "2026-03-03T03:00", None),
        (NIGHT, "UTC", "2026-03-03T12:00", None),
        (NIGHT, "UTC", "2026-03-03T23:10", "2026-03-04T07:00"),
        (NIGHT, "UTC", "2026-03-03T06:59", "2026-03-03T07:00"),
        (NIGHT, "UTC", "2026-03-03T07:00", None),
        (NIGHT, "Asia/Kolkata", "2026-03-03T17:00", "2026-03-04T01:30"),
        (Quiet("12:00", "13:30"), "UTC", "2026-03-03T12:10", "2026-03-03T13:30"),
        (Quiet(days=frozenset({5, 6})), "UTC", "2026-03-07T12:00", "2026-03-09T00:00"),
        (Quiet("22:00", "07:00", frozenset({5, 6})), "UTC", "2026-03-06T23:00", "2026-03-09T07:00"),
        # Berlin's clocks go forward on 29 March 2026, and back on 25 October: seven is seven on the clock.
        (NIGHT, "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T05:00"),
        (NIGHT, "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T06:00"),
        (Quiet("22:00", "02:30"), "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T01:30"),
    ],
)
def test_quiet_ends_at_its_hour_on_the_senders_clock(quiet, zone, when, until):
    assert ends(quiet, zone, at(when)) == (None if until is None else at(until))


@given(
    st.builds(
        Quiet,
        st.sampled_from(["", "00:00", "21:30", "22:00", "02:30"]),
        st.sampled_from(["06:45", "07:00", "22:00", "00:00", "03:00"]),
        st.frozensets(st.integers(0, 6), max_size=6),
    ),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"]),
    st.floats(1.7e9, 1.9e9),
)
def test_what_waited_may_be_told_at_the_end_and_not_before(quiet, zone, when):
    until = ends(quiet, zone, when)
    if until is not None:
        assert when <= until <= when + 8 * 86_400
        assert ends(quiet, zone, until) is None
        assert all(ends(quiet, zone, when + part * (until - when)) is not None for part in (0.1, 0.5, 0.9))


def test_whose_every_hour_is_quiet_is_told_a_week_later():
    assert ends(Quiet(days=frozenset(range(7))), "UTC", 1.7e9) == 1.7e9 + 7 * zones.DAY
