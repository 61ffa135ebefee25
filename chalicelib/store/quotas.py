"""How much a sender may have done in a day: one counter for each sender, day and kind of thing."""

from chalicelib.store import keys, table

DAY = 86_400
_KEPT = 2 * DAY  # seconds


def take(sender: str, what: str, count: int, most: int, at: float) -> bool:
    """Count these many more for the day, unless they would be more than `most`: whether they were counted."""
    if count > most:
        return False
    key = keys.quota(sender, what, int(at // DAY))
    counted = table.update(
        key,
        "SET expires = :expires ADD used :count",
        {":count": count, ":left": most - count, ":expires": int(at) + _KEPT},
        condition="attribute_not_exists(used) OR used <= :left",
    )
    return counted is not None
