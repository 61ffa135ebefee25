"""In which zone a contact is: the surest hint counts, and none that is not there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.whereabouts import _OF_COUNTRY, ZoneFrom, time_zone

JULY, JANUARY = (datetime(2026, month, 15, tzinfo=UTC).timestamp() for month in (7, 1))


def of(email: str, **known: Any) -> tuple[str | None, ZoneFrom]:
    return time_zone(Contact(email, **known))


@pytest.mark.parametrize("zone", sorted({zone for found in _OF_COUNTRY.values() for zone in found}))
def test_every_zone_of_a_country_is_one(zone):
    assert zones.known(zone)


@pytest.mark.parametrize("email", ["bob@example.com", "bob@firm.io", "bob@firm.co", "bob@firm.com.au", "bob@x"])
def test_an_address_of_no_country_or_of_one_with_many_zones_says_nothing(email):
    assert of(email) == (None, ZoneFrom.UNKNOWN)


def test_an_address_of_a_country_suggests_its_zone():
    assert of("bob@firm.de") == ("Europe/Berlin", ZoneFrom.DOMAIN)
    assert of("bob@firm.co.uk") == ("Europe/London", ZoneFrom.DOMAIN)


def test_an_answer_says_more_than_the_country():
    assert of("bob@firm.de", offset=540, offset_at=JULY) == ("UTC+09:00", ZoneFrom.REPLIES)
    assert of("bob@example.com", offset=-210, offset_at=JULY) == ("UTC-03:30", ZoneFrom.REPLIES)


@pytest.mark.parametrize(("offset", "at"), [(120, JULY), (60, JANUARY)])
def test_an_answer_from_the_country_is_a_zone_with_summer_and_winter(offset, at):
    assert of("bob@firm.de", offset=offset, offset_at=at) == ("Europe/Berlin", ZoneFrom.REPLIES)
    assert of("bob@firm.de", offset=180 - offset, offset_at=at)[0] == zones.at_offset(180 - offset)


def test_an_answer_finds_the_zone_in_a_country_of_many():
    assert of("bob@firm.ca", offset=-420, offset_at=JULY) == ("America/Vancouver", ZoneFrom.REPLIES)
    assert of("bob@firm.com.au", offset=480, offset_at=JULY) == ("Australia/Perth", ZoneFrom.REPLIES)


def test_what_the_sender_says_counts_before_all():
    hints: dict[str, Any] = {"offset": 120, "offset_at": JULY}
    assert of("bob@firm.de", time_zone="Asia/Tokyo", **hints) == ("Asia/Tokyo", ZoneFrom.SET)
    assert of("bob@firm.de", time_zone="Mars/Base", **hints) == ("Europe/Berlin", ZoneFrom.REPLIES)
