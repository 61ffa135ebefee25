"""The feed: what happened that is worth telling, for live views."""

from msgspec import Struct

from chalicelib.domain import feed_places
from chalicelib.domain.errors import BadInput
from chalicelib.domain.feed import FeedEntry, feed_entry
from chalicelib.domain.feed_places import OVERLAP, Place
from chalicelib.routes.api.cursors import cursor, position
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Input, Limit, Time, fitting
from chalicelib.store.telling import outbox
from chalicelib.store.telling.outbox import Entry

LONGEST_POSITION = 6_000  # characters: a URL has to hold it


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
    """What happened past `after`, newest last. What comes late is given late; after a burst, some entries are given twice."""
    place = _place(position("feed", query.after, LONGEST_POSITION))
    if query.since is not None and query.after is None:
        place = Place(query.since.timestamp() + OVERLAP)  # what was told in the OVERLAP before it is none of it
    items, moved = _page(call, place, query.limit)
    fit = fitting(items)
    if len(fit) < len(items):
        fit, moved = _page(call, place, len(fit))
    return Feed(fit, cursor("feed", feed_places.written(moved)) or "")


def _page(call: Call, place: Place, limit: int) -> tuple[list[FeedEntry], Place]:
    given: list[Entry] = []
    until = feed_places.settled(place, call.at)
    if until:
        given, last = outbox.between(call.sender, place.again_from, until, limit)
        place = feed_places.given_again(place, last or until)
    if not given:
        given, looked_at = outbox.told(call.sender, place, limit)
        place = feed_places.after(place, looked_at)
    return [feed_entry(each.notification, each.at) for each in given], place


def _place(where: str | None) -> Place:
    if where is None:
        return Place()
    try:
        return feed_places.read(where)
    except ValueError as failure:
        raise BadInput("This is not a cursor of this list: use the list's “next”.", "after") from failure
