"""Events: put once on the request path, read back by the fold. An event is never changed."""

import json

from chalicelib.config import config
from chalicelib.domain.events import Event
from chalicelib.store.dynamodb import wire
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.tracking.event_items import of_event, to_event


def put(event: Event) -> None:
    """Put an event; that it is there already is a quiet success. One write unit. Raises wire.TableUnavailable."""
    item = of_event(event, _expires(event))
    if config().data_dir:
        _put_here(item)
    else:
        wire.put_once(config().table_name, to_wire(item))


def _put_here(item: Item) -> None:
    from chalicelib.store.failures import Refused, Unavailable
    from chalicelib.store.sqlite.engine import engine

    try:
        engine().put_once(item)
    except (Refused, Unavailable) as failure:
        raise wire.TableUnavailable(type(failure).__name__) from failure


def as_text(event: Event) -> str:
    """An event as it waits in the spill queue, or in a log line when that fails too."""
    return json.dumps(to_wire(of_event(event, _expires(event))), separators=(",", ":"))


def from_text(text: str) -> Event:
    """The event of such a text."""
    return to_event(from_wire(json.loads(text)))


def _expires(event: Event) -> int:
    return int(event.at) + config().retention_days * 86_400
