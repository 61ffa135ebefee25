"""The dates that a text states, and how they are written."""

from datetime import date

import pytest

from chalicelib.domain.incoming.date_words import tokens
from chalicelib.domain.incoming.stated_dates import stated

TODAY = date(2026, 9, 4)


def days(text: str) -> list[str]:
    return [each.day.isoformat() for each in stated(tokens(text), TODAY) if each.day]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-18", "2026/9/18", "2026.09.18", "2026年9月18日", "2026년 9월 18일", "9月18日", "18.09.2026",
        "18. 9. 2026", "18.9.26", "18.9.", "18-09-2026", "18/9/2026", "18/9", "18 September 2026", "18th of September",
        "18 September '26", "18-Sep-2026", "18. september", "18 de septiembre de 2026", "18° settembre", "18 wrzesnia",
        "September 18th, 2026", "Sept. 18", "szeptember 18-ig", "rugsėjo 18 d.", "ngày 18 tháng 9 năm 2026", "the 18th",
        "September 7 - 18",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text):
    assert days(text) == ["2026-09-18"]


@pytest.mark.parametrize(
    "text", ["31.6.", "17:30", "17.30", "192.0.2.18", "+49 30 18 9 2026", "2026", "September 2026", "1 2 3"]
)
def test_what_is_none(text):
    assert days(text) == []


def test_one_without_a_year_is_the_next_unless_it_has_just_passed():
    assert days("3 January, 3 September, 3 May") == ["2027-01-03", "2027-05-03"]


def test_the_weekday_that_is_named_must_be_that_of_the_date():
    assert days("Friday, 18 September") == ["2026-09-18"] and days("Monday, 18 September") == []


def test_where_the_month_may_stand_first_both_are_told():
    (found,) = stated(tokens("3/4/2027"), TODAY)
    assert (found.day, found.swapped) == (date(2027, 4, 3), date(2027, 3, 4))


def test_a_span_ends_with_its_last_day():
    for text in ("7 - 18 September", "from Monday 7th to Friday 18th September", "7.9.-18.9.", "du 7 au 18 septembre"):
        assert stated(tokens(text), TODAY)[-1].spans
    assert not stated(tokens("until 18 September"), TODAY)[0].spans


def test_years_of_thailand_are_543_ahead():
    assert days("18 กันยายน 2569") == days("18/9/2569") == ["2026-09-18"]


def test_a_day_alone_is_of_the_month_before_it():
    assert days("9月7日から11日まで") == ["2026-09-07", "2026-09-11"]
    assert days("9月28日から3日まで") == ["2026-09-28", "2026-10-03"]
    assert days("9月7日から3日間") == ["2026-09-07"]


def test_a_day_alone_behind_its_weekday_is_a_date():
    assert days("de retour lundi 7.") == days("back Monday 7") == days("Montag, 7. wieder da") == ["2026-09-07"]
    assert (
        days("Monday 9 am")
        == days("Monday 7 am")
        == days("Monday 7:30")
        == days("Monday 7 - 9")
        == days("Monday 9")
        == []
    )
