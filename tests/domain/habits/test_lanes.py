"""Numbers side by side in one: added and scaled together they are what each alone would be."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits.lanes import pack, unpack

ROWS = st.lists(st.integers(0, 2**20), min_size=5, max_size=5)


@given(ROWS, ROWS, st.integers(0, 1000), st.integers(0, 1000))
def test_a_weighted_sum_of_rows_is_the_weighted_sum_in_each_lane(one, other, some, more):
    summed = unpack(some * pack(one) + more * pack(other), 5)
    assert summed == tuple(some * left + more * right for left, right in zip(one, other, strict=True))


@given(ROWS)
def test_the_lanes_above_are_found_by_shifting(row):
    assert unpack(pack(row) >> 2 * 32, 3) == tuple(row[2:])


def test_a_number_too_large_for_its_lane_is_refused():
    with pytest.raises(struct.error):
        pack([1, 2**32])


def test_a_row_too_long_for_its_lanes_is_refused():
    with pytest.raises(OverflowError):
        unpack(pack([1, 2, 3]), 2)
