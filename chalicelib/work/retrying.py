"""Trying again: where another write was quicker, everything is loaded and decided anew."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from chalicelib.domain.errors import Conflict

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def retried(times: int) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """A function that loads, decides and writes is begun anew at a Conflict: tried `times` times, the last one's rises."""

    def of(act: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        @wraps(act)
        def acting(*given: _Given.args, **named: _Given.kwargs) -> _Found:
            for _ in range(times - 1):
                with suppress(Conflict):
                    return act(*given, **named)
            return act(*given, **named)

        return acting

    return of
