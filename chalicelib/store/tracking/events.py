"""Events: put once on the request path, read back by the fold. An event is never changed."""

import json

from chalicelib.config import config
from chalicelib.domain.events import Event
from chalicelib.store.dynamodb import wire
from chalicelib.store.dynamodb.values import from_wire, to_wire
from chalicelib.store.tracking.event_items import of_event, to_event


def put(event: Event) -> None:
    """Put an event; that it is there already is a quiet success. One write unit. Raises wire.TableUnavailable."""
    wire.put_once(config().table_name, to_wire(of_event(event, _expires(event))))


def as_text(event: Event) -> str:
    """An event as it waits in the spill queue, or in a log line when that fails too."""
    return json.dumps(to_wire(of_event(event, _expires(event))), separators=(",", ":"))


def from_text(text: str) -> Event:
    """The event of such a text."""
    return to_event(from_wire(json.loads(text)))


def _expires(event: Event) -> int:
    return int(event.at) + config().retention_days * 86_400
