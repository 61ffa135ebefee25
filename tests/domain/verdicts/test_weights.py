"""The arithmetic of weights."""

import math

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.verdicts.weights import log_odds, probability, weight_at


@given(st.floats(0.02, 0.98))
def test_log_odds_and_probability_undo_each_other(value):
    assert math.isclose(probability(log_odds(value)), value)


@given(st.floats(-1e3, 1e3))
def test_nothing_is_ever_certain(odds):
    assert 0 < probability(odds) < 1


def test_a_step_holds_until_its_time():
    steps = ((1.0, -3.0), (5.0, -1.0))
    assert [weight_at(steps, after) for after in (0, 0.9, 1, 4.9, 5, 100)] == [-3, -3, -1, -1, 0, 0]
