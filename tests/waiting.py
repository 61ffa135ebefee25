"""Waiting for a thing itself, and no longer."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T], seconds: float = 20.0, every: float = 0.02) -> T:
    """What `look` gives, as soon as it is more than nothing. Raises AssertionError after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"it never came: {found!r}"
        time.sleep(every)
    return found
