"""When the digest comes: at the sender's hour of each day, or of one day of the week, on their clock."""

from datetime import timedelta

from chalicelib.domain.habits import zones
from chalicelib.domain.preferences import Digest, Frequency


def next_at(wish: Digest, zone: str, at: float) -> float | None:
    """When the next digest after a unix time comes; None if there is none."""
    if wish.when is Frequency.NEVER:
        return None
    today = zones.local(zone, at).date()
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        coming = zones.at_hour(zone, day, wish.hour)
        if coming > at and (wish.when is Frequency.DAILY or day.weekday() == wish.weekday):
            return coming
    return None
