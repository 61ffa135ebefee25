"""Limiting: each use of a limit is counted in the table, by one write, before it is allowed.

A counter in a function's memory would cost nothing, and limit nothing either: there are as many functions at work as there
are requests at a time.
"""

from chalicelib.domain.errors import TooMany
from chalicelib.domain.limits import Allowance, Limit, allowance
from chalicelib.store.accounts import quotas

ENTRANCES = Limit("entrances", 100, 86_400)
"""What lets somebody act for a sender who could not before: of each the account's first address is mailed."""


def spend(limit: Limit, whose: str, at: float, apart: str = "") -> Allowance:
    """What is left of somebody's limit after one more use. Raises TooMany, and counts nothing, where it is used up.

    `apart` names what of theirs has the limit to itself.
    """
    used = quotas.take(whose, f"{limit.name}{apart}", 1, limit.most, at, limit.window)
    if used is None:
        raise TooMany(allowance(limit, limit.most, at))
    return allowance(limit, used, at)
