"""What was told and still stands, and what was taken back since: a correction takes back the last of its name before it."""

from collections.abc import Iterable
from typing import NamedTuple

from chalicelib.domain.notifications import Notification


class Entry(NamedTuple):
    """Something told of, and when it became sure."""

    notification: Notification
    decided_at: float


def apart(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What was told and not taken back, and what was; each newest first."""
    ordered = sorted(entries, key=lambda each: (each.decided_at, each.notification.at), reverse=True)
    corrections: set[tuple[str, str]] = set()
    standing, taken_back = [], []
    for each in ordered:
        name = (each.notification.message, each.notification.what)
        if each.notification.correction:
            corrections.add(name)
        elif name in corrections:
            corrections.discard(name)
            taken_back.append(each)
        else:
            standing.append(each)
    return standing, taken_back
