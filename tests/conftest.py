"""What every test may ask for: the embedded AWS, fresh for each test, and the whole system upon it."""

import pytest

from tests.embedded import Embedded, embedded, fresh_table
from tests.system import System

__all__ = ["embedded", "fresh_table"]


@pytest.fixture
def system(fresh_table: Embedded) -> System:
    """Unsealed with one sender, nothing sent yet."""
    return System(fresh_table)
