"""A sender's messages in lists, as their items show them: without their links."""

from collections.abc import Callable, Iterable

from chalicelib.domain.messages import last_id
from chalicelib.store import keys, table
from chalicelib.store.messages.messages import Stored, stored_in

MOST_LOOKED_AT = 500  # messages that one call of a filtered list looks at, at most
_LEAST_LOOKED_AT = 64  # read together


def listed(
    sender: str, wanted: Callable[[Stored], bool], *, after: str | None, limit: int, since: float = 0.0
) -> tuple[list[Stored], str | None]:
    """A sender's newest messages that are `wanted`, older than the message `after`, and where to go on (None: the end).

    Looks at MOST_LOOKED_AT messages at most, so a page may hold fewer than `limit`, and still lead on; and at none that was
    made before `since`, unix seconds.
    """
    low = f"m#{last_id(since)}" if since else "m#"
    high = f"m#{after}" if after else "m$"
    page = max(limit + 1, _LEAST_LOOKED_AT)  # else a rare word would be looked for one message at a time
    looking = (item for item in table.query(keys.desk(sender), low, high, newest_first=True, page=page))
    found: list[Stored] = []
    last: str | None = None
    for looked_at, item in enumerate(each for each in looking if each["sk"] != high):
        if len(found) == limit or looked_at == MOST_LOOKED_AT:
            return found, last
        stored, last = stored_in(item, {}), item["sk"].removeprefix("m#")
        if wanted(stored):
            found.append(stored)
    return found, None


def some(sender: str, ids: Iterable[str]) -> list[Stored]:
    """A sender's messages with these ids that are there, as a list shows them: without their links."""
    found = table.get_many(keys.message(sender, each) for each in ids)
    return [stored_in(item, {}) for item in found]
