"""When the digest comes, on a clock that is moved twice a year."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.preferences import Digest, Frequency
from chalicelib.domain.telling.digests import next_at

BERLIN = "Europe/Berlin"
DAILY = Digest(when=Frequency.DAILY, hour=8)
FRIDAYS = Digest(when=Frequency.WEEKLY, hour=8, weekday=4)


def berlin(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN)).timestamp()


def test_who_wants_none_gets_none():
    assert next_at(Digest(when=Frequency.NEVER), BERLIN, berlin("2026-09-21 07:59")) is None


@pytest.mark.parametrize(
    ("wish", "at", "comes"),
    [
        (DAILY, "2026-09-21 07:59", "2026-09-21 08:00"),
        (DAILY, "2026-09-21 08:00", "2026-09-22 08:00"),
        (DAILY, "2026-10-24 09:00", "2026-10-25 08:00"),  # clocks go back in the night between
        (FRIDAYS, "2026-09-21 12:00", "2026-09-25 08:00"),
        (FRIDAYS, "2026-09-25 08:00", "2026-10-02 08:00"),
        (FRIDAYS, "2026-12-31 23:59", "2027-01-01 08:00"),
    ],
)
def test_it_comes_at_the_senders_hour_next_time_and_not_at_once(wish, at, comes):
    assert next_at(wish, BERLIN, berlin(at)) == berlin(comes)
