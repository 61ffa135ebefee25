"""What a piece of a subject tells of a date."""

import pytest

from chalicelib.domain.incoming.subject_dates import begins_with_a_date, ends_with_a_date, leads_to_a_date, says_until


@pytest.mark.parametrize(
    "piece", ["7-18 September", "07.09. - 18.09.2026", "(9/7~9/18)", "back 21 Sep", "9月18日まで", "18 Eylül"]
)
def test_it_begins_with_one(piece):
    assert begins_with_a_date(piece)


@pytest.mark.parametrize("piece", ["365 licences", "2 days", "Offer of 7 September", ""])
def test_it_does_not(piece):
    assert not begins_with_a_date(piece)


def test_a_word_leads_to_one_or_ends_it():
    assert (
        leads_to_a_date("zurück am 21.9.") and not leads_to_a_date("21.9. zurück") and not leads_to_a_date("back soon")
    )
    assert ends_with_a_date("18 Eylül'e kadar") and ends_with_a_date("9/18까지") and not ends_with_a_date("18 Eylül")


def test_until_is_followed_by_a_day_or_a_month_of_a_year():
    assert (
        says_until(["until", "5", "October"])
        and says_until(["bis", "montag"])
        and says_until(["until", "march", "2027"])
    )
    assert not says_until(["until", "5"]) and not says_until(["from", "budget"])
