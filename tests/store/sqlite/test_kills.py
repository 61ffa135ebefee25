"""A slice of the kills (tests/bench/kills.py): a process that is killed loses nothing that it answered."""

import pytest

from tests.bench import kills


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_loses_nothing_that_was_answered_and_tells_nothing_twice(seed: int):
    found = kills.once(seed)
    assert found.pop("answered") > 0
    assert found == {"lost": 0, "broken": 0, "untold": 0, "twice": 0}
