"""The feed: what happened that is worth telling, for live views."""

from msgspec import Struct

from chalicelib.domain.errors import BadInput
from chalicelib.domain.feed import FeedEntry, feed_entry
from chalicelib.routes.api.cursors import cursor, position
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Input, Limit, Time
from chalicelib.store.telling import outbox
from chalicelib.store.telling.outbox import OVERLAP

LAST = 1e10  # unix seconds beyond which no cursor of ours points
LONGEST_POSITION = 6_000  # characters: a URL has to hold it
NAME = 8  # characters of an entry's short name
MOST_NAMED = 400  # entries of the last OVERLAP that a cursor names; of more, some may be given twice


class FeedQuery(Input, frozen=True):
    """Where the feed goes on, and how far. To begin with what happens from now on, `since` stands in place of `after`."""

    after: str | None = None
    since: Time | None = None
    limit: Limit = 50


class Feed(Struct, frozen=True):
    """Entries, oldest first. `next` is always there: ask again with it for what came since."""

    items: list[FeedEntry]
    next: str


def listed(call: Call, query: FeedQuery) -> Feed:
    """What happened past `after`, newest last.

    Two folds may end in another order than they began. So the cursor names, beside a time, what was given in the
    OVERLAP before it: what comes late is given late, and nothing is given twice.
    """
    since, seen = _read(position("feed", query.after, LONGEST_POSITION))
    if query.since is not None and query.after is None:
        since = query.since.timestamp() + OVERLAP  # what was told in the OVERLAP before it is none of it
    found = outbox.told(call.sender, since=since, seen=frozenset(seen), limit=query.limit)
    newest = max([since, *(entry.at for entry in found)])
    given = seen | {entry.position: entry.at for entry in found}
    recent = [f"{name}{newest - at:.0f}" for name, at in given.items() if at >= newest - OVERLAP]
    items = [feed_entry(each.notification, each.at) for each in found]
    return Feed(items, cursor("feed", ";".join([f"{newest}", *recent[-MOST_NAMED:]])) or "")


def _read(where: str | None) -> tuple[float, dict[str, float]]:
    """The time that a cursor holds, and the entries shortly before it, each with its own."""
    if where is None:
        return 0.0, {}
    try:
        newest, *recent = where.split(";")
        since = float(newest)
        if not 0 <= since < LAST:
            raise ValueError(newest)
        return since, {each[:NAME]: since - int(each[NAME:]) for each in recent}
    except ValueError as failure:
        raise BadInput("This is not a cursor of this list: use the list's “next”.", "after") from failure
