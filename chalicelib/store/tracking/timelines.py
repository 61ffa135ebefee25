"""Timelines: the events of a message, read in order and taken away, without the message itself."""

from collections.abc import Callable, Iterable
from itertools import islice

from chalicelib.domain.events import Event
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item, readable
from chalicelib.store.tracking.event_items import to_event


def oldest(message_id: str, after: tuple[float, str] | None, limit: int) -> list[Event]:
    """The first events of a message that come after this place in its timeline, at most `limit`, in order."""
    low = "e#" if after is None else keys.event(message_id, *after).sk
    found = table.query(keys.timeline(message_id), low, "e$", page=limit + 1)
    events = (readable(to_event, item) for item in found if item["sk"] != low)
    return list(islice((event for event in events if event is not None), limit))


def page(message_id: str, after: str | None, limit: int) -> tuple[list[Event], str | None]:
    """At most `limit` events of a message past the one at `after`, as they were a moment ago, and where to go on (None: the
    end).
    """
    found, more = table.page(keys.timeline(message_id), f"e#{after or ''}", "e$", limit=limit, eventually=True)
    read = (readable(to_event, item) for item in found)
    return [event for event in read if event is not None], found[-1]["sk"].removeprefix("e#") if more else None


def take_back(events: Iterable[Event]) -> None:
    """Take away events that came for somebody of whom nothing is kept."""
    table.delete(keys.event(event.message, event.at, event.id) for event in events)


def delete(
    message_id: str, doomed: Callable[[Event], bool] | None = None, *, after: str | None, most: int
) -> str | None:
    """Take away the `doomed`, or all, of the `most` events past the one at `after`: where to go on (None: the end)."""
    found, more = table.page(keys.timeline(message_id), f"e#{after or ''}", "e$", limit=most)
    table.delete(keys.Key(item["pk"], item["sk"]) for item in found if doomed is None or _is(doomed, item))
    return found[-1]["sk"].removeprefix("e#") if more else None


def delete_settled(message_id: str, settled: Callable[[Event], bool], until: float) -> None:
    """Take away the events of a message until this unix time that are `settled`."""
    found = table.query(keys.timeline(message_id), "e#", f"e#{keys.milliseconds(until)}$")
    table.delete(keys.Key(item["pk"], item["sk"]) for item in found if _is(settled, item))


def _is(wanted: Callable[[Event], bool], item: Item) -> bool:
    event = readable(to_event, item)
    return event is not None and wanted(event)
