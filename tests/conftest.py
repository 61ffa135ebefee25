"""What every test may ask for: the embedded AWS, fresh for each test, and the whole system upon it."""

import gc

import pytest
from hypothesis import settings

from tests.embedded import Embedded, embedded, fresh_table
from tests.system import System

__all__ = ["embedded", "fresh_table"]

# The same examples at every run, and no limit to the time of one: a busy machine shall not fail a test.
settings.register_profile("unsealed", derandomize=True, deadline=None)
settings.load_profile("unsealed")


# Whole files are shared out to the processes of a run. The longest go first, lest one of them be waited for at the end.
LONGEST = ("deploy", "bundle", "faults", "system", "fuzzing", "storms", "following", "memory", "package", "costs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all else as it was."""
    names = {f"test_{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: names.get(item.path.name, len(names)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not go through it again and again, a tenth of the time of a run."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def system(fresh_table: Embedded) -> System:
    """Unsealed with one sender, nothing sent yet."""
    return System(fresh_table)
