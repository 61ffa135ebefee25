"""Trying again: where another write was quicker, everything is loaded and decided anew."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from chalicelib.domain.errors import Conflict

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")

AT_ONCE = 24
"""Tries of what many requests may write at one moment: each that fails had another succeed, so that many find room."""


def retried(
    times: int, *, lasting: Callable[..., bool] | None = None
) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """A function that loads, decides and writes is begun anew at a Conflict: tried `times` times, the last one's rises.

    `lasting`, asked with what the function was given, says whether the next try would end the same: the Conflict rises then.
    """

    def of(act: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        @wraps(act)
        def acting(*given: _Given.args, **named: _Given.kwargs) -> _Found:
            for _ in range(times - 1):
                try:
                    return act(*given, **named)
                except Conflict:
                    if lasting and lasting(*given, **named):
                        raise
            return act(*given, **named)

        return acting

    return of
