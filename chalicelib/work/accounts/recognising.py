"""Recognising the sender: the devices that sign in for them are theirs, and what those fetch is no open.

Nothing but keyed marks is kept, for 90 days after the device was last seen.
"""

from hashlib import sha256

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.domain.verdicts.hits import marks
from chalicelib.store.accounts import accounts
from chalicelib.work.retrying import retried

DAY = 86_400
KEPT = 90  # days
MOST = 40  # marks: two for each device


def named(address: str, agent: str, at: float) -> str | None:
    """A name of this device for this day, by which nobody recognises it; None for one that is nobody's."""
    found = marks(address, agent, config().key)
    return sha256(f"{found} {int(at // DAY)}".encode()).hexdigest()[:16] if any(found) else None


def remember(sender: str, address: str, agent: str, at: float) -> bool:
    """Note that this device acts for the sender: one read, and on the device's first use of a day one write.

    Whether it is noted: with so many devices of theirs at one moment, it will be the next time.
    """
    seen = {mark: int(at // DAY) for mark in marks(address, agent, config().key) if mark}
    try:
        _add(sender, seen, at)
    except Conflict:
        return False
    return True


def knows(sender: str, address: str, agent: str) -> bool:
    """Whether this device acted for the sender before: the same program at the same address, or at another of its network.

    A loopback address is nobody's, so it is not new either.
    """
    client, network = marks(address, agent, config().key)
    if not client:
        return True
    known, _ = accounts.own_marks(sender)
    program = client.partition(".")[2]
    return client in known or (network in known and any(mark.partition(".")[1:] == (".", program) for mark in known))


@retried(3)
def _add(sender: str, seen: dict[str, int], at: float) -> None:
    known, version = accounts.own_marks(sender)
    if seen.items() <= known.items():
        return
    fresh = {mark: day for mark, day in known.items() if day > at // DAY - KEPT} | seen
    newest = sorted(fresh.items(), key=lambda pair: pair[1], reverse=True)[:MOST]
    accounts.save_own_marks(sender, dict(newest), version)
