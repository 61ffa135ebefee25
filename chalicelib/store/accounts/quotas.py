"""How much somebody may have done in a stretch of time: one counter for each of them, thing and stretch.

The stretches are fixed windows, counted from 1970: an atomic conditional update counts and refuses in one step, whatever
else runs at the same moment.
"""

from hashlib import sha256

from chalicelib.store import keys, table
from chalicelib.store.writes import ABSENT, at_most

DAY = 86_400  # seconds


def used(whose: str, what: str, at: float) -> int:
    """How many are counted in the day."""
    item = table.get(keys.quota(whose, what, int(at // DAY)))
    return int(item["used"]) if item else 0


def take(whose: str, what: str, count: int, most: int, at: float, window: int = DAY) -> int | None:
    """Count these many more for the window, `window` seconds long, unless they would be more than `most`.

    How many are counted by now, or None where these were not.
    """
    if count > most:
        return None
    key = keys.quota(whose, what, int(at // window))
    expires = int(at) + 2 * window
    counted = table.update(key, {"expires": expires}, add={"used": count}, only_if={"used": at_most(most - count)})
    return None if counted is None else int(counted["used"])


def take_once(whose: str, what: str, name: str, count: int, most: int, at: float) -> bool:
    """Whether these many are counted for the day for what `name` stands for, now or before; not where they would be more
    than `most`.

    The count and the mark that it was made are one write: what breaks off right before or after it is counted once.
    """
    if count > most:
        return False
    key = keys.quota(whose, what, int(at // DAY))
    mark = "of_" + sha256(name.encode()).hexdigest()[:16]
    new = {"expires": int(at) + 2 * DAY, mark: True}
    only_if = {"used": at_most(most - count), mark: ABSENT}
    if table.update(key, new, add={"used": count}, only_if=only_if) is not None:
        return True
    item = table.get(key)
    return item is not None and mark in item
