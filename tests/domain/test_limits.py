"""What is left of a limit, and until when."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.limits import Limit, allowance


@given(st.integers(1, 10_000), st.integers(1, 86_400), st.integers(0, 20_000), st.floats(0, 4e9))
def test_what_is_left_is_never_negative_and_a_window_ends_at_its_multiple(most, window, used, at):
    found = allowance(Limit("calls", most, window), used, at)
    assert 0 <= found.left <= most and found.left == max(most - used, 0)
    assert 1 <= found.resets_in <= window
    assert (int(at) + found.resets_in) % window == 0
