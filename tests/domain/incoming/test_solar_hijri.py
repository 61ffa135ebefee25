"""The calendar of Iran: days whose date in the West is known."""

from datetime import date

import pytest

from chalicelib.domain.incoming.solar_hijri import MONTHS, day_of, is_year, year_of


@pytest.mark.parametrize(
    ("solar", "western"),
    [
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),  # a leap year
        ((1405, 1, 1), date(2026, 3, 21)),
        ((1405, 7, 15), date(2026, 10, 7)),
        ((1405, 6, 31), date(2026, 9, 22)),
        ((1408, 12, 30), date(2030, 3, 20)),
        ((1409, 1, 1), date(2030, 3, 21)),
    ],
)
def test_days_that_are_known(solar, western):
    assert day_of(*solar) == western and is_year(solar[0]) and year_of(western) == solar[0]


@pytest.mark.parametrize("solar", [(1405, 13, 1), (1405, 0, 1), (1405, 7, 31), (1405, 1, 0)])
def test_days_that_are_none(solar):
    with pytest.raises(ValueError):
        day_of(*solar)


def test_months_are_known_with_either_letter_for_yeh():
    assert MONTHS["مهر"] == MONTHS["مهرماه"] == 107 and MONTHS["دی"] == MONTHS["دي"] == 110 and not is_year(2026)
