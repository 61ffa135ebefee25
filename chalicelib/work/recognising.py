"""Recognising the sender: the devices that sign in for them are theirs, and what those fetch is no open.

Nothing but keyed marks is kept, for 90 days after the device was last seen.
"""

from functools import lru_cache

from chalicelib.config import config
from chalicelib.domain.hits import marks
from chalicelib.store import accounts

DAY = 86_400
KEPT = 90  # days
MOST = 40  # marks: two for each device


def remember(sender: str, address: str, agent: str, at: float) -> None:
    """Note that this device acts for the sender. At most one write a day for each device and process."""
    for mark in marks(address, agent, config().key):
        if mark:
            _remember(sender, mark, int(at // DAY))


@lru_cache(maxsize=4096)  # what was noted today need not be looked up again
def _remember(sender: str, mark: str, today: int) -> None:
    known = accounts.own_marks(sender)
    if known.get(mark) == today:
        return
    fresh = {name: day for name, day in known.items() if day > today - KEPT} | {mark: today}
    newest = sorted(fresh.items(), key=lambda pair: pair[1], reverse=True)[:MOST]
    accounts.save_own_marks(sender, dict(newest))
