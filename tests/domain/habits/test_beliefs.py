"""Beliefs: they move with what is seen, as far as it says anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits.beliefs import Rate, belief

PEOPLE, NEVER = Rate(2, 3), Rate(0.5, 30)


def test_nothing_seen_leaves_what_is_common():
    assert belief(0, 0, NEVER, PEOPLE, 0.25) == pytest.approx(0.25)


@given(st.integers(0, 40))
def test_each_failure_makes_it_likelier_that_it_never_happens(n: int):
    assert belief(0, n + 1, NEVER, PEOPLE, 0.25) > belief(0, n, NEVER, PEOPLE, 0.25)


def test_one_success_speaks_against_never():
    assert belief(1, 20, NEVER, PEOPLE, 0.25) < belief(0, 20, NEVER, PEOPLE, 0.25)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_belief_is_a_probability_and_the_two_explanations_share_it(k: int, more: int):
    likely = belief(k, k + more, NEVER, PEOPLE, 0.25)
    assert 0 <= likely <= 1
    assert likely + belief(k, k + more, PEOPLE, NEVER, 0.75) == pytest.approx(1)


@given(st.integers(0, 20), st.integers(0, 20))
def test_learning_in_two_steps_is_learning_in_one(k: int, more: int):
    together = PEOPLE.log_likelihood(k, k + more)
    assert PEOPLE.log_likelihood(k, k) + PEOPLE.after(k, k).log_likelihood(0, more) == pytest.approx(together)


def test_the_mean_moves_from_people_to_what_was_seen():
    assert PEOPLE.mean == pytest.approx(0.4)
    assert PEOPLE.after(0, 95).mean == pytest.approx(0.02)


def test_the_impossible_is_not_believed():
    assert belief(2000, 2000, Rate(1, 1e9), PEOPLE, 0.5) == 0.0
