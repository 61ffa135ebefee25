"""Limits on how often something may be done, and what is left of them."""

from chalicelib.domain.records import record


@record
class Limit:
    """So many times, `most`, in each window of so many seconds. `name` is for whoever is told of it."""

    name: str
    most: int
    window: int


@record
class Allowance:
    """What is left of a limit in the window that is running, and in how many seconds the next one begins."""

    limit: Limit
    left: int
    resets_in: int


def allowance(limit: Limit, used: int, at: float) -> Allowance:
    """What is left at a unix time, after it was used so many times in this window."""
    return Allowance(limit, max(limit.most - used, 0), limit.window - int(at) % limit.window)
