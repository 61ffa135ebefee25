"""How a date is written, whatever day it is."""

import pytest

from chalicelib.domain.incoming.date_words import tokens
from chalicelib.domain.incoming.written_dates import read, text_at


def test_the_parts_of_a_date_and_where_it_ends():
    written = read(tokens("18/Sep/2026, noon"), 0, dotted=False)
    assert written is not None and (written.day, written.month, written.year, written.last) == (18, 9, 2026, 5)


@pytest.mark.parametrize(("text", "swappable"), [("3/4", True), ("3.4.", False), ("3-4-2026", False)])
def test_whether_the_month_may_stand_first(text, swappable):
    written = read(tokens(text), 0, dotted=False)
    assert written is not None and written.swappable == swappable


def test_in_east_asia_it_may_with_a_dot_too():
    written = read(tokens("9.14"), 0, dotted=True)
    assert written is not None and written.swappable


def test_the_clock_and_the_end_of_a_number_are_none():
    assert read(tokens("um 17.30"), 1, dotted=False) is None and read(tokens("+18.9."), 1, dotted=False) is None
    assert text_at(tokens("a"), 1) == "" == text_at(tokens("a"), -1)
