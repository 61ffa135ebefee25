"""A large mail takes at most four times its size, whichever way it goes. (`python -m tests.bench.memory`: all doors, 40 MB.)"""

import sys

import pytest

from tests.bench import memory
from tests.system import System

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process had at most is read from /proc")


@pytest.mark.parametrize("door", ["relay", "gateway"])
def test_a_mail_takes_at_most_four_times_its_size(system: System, door):
    assert 1 < memory.grown(door, 6) <= 4  # of a larger mail it is no other multiple
