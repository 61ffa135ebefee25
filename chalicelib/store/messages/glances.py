"""One message as an add-on shows it beside the mail: all that a card needs, in two calls."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from chalicelib.domain.events import Event
from chalicelib.domain.summaries import Summary
from chalicelib.store import keys, table
from chalicelib.store.contacts import contact_items
from chalicelib.store.dynamodb.values import readable
from chalicelib.store.messages import message_items
from chalicelib.store.messages.messages import Stored
from chalicelib.store.tracking.event_items import to_event

MOST_EVENTS = 100  # the newest: a card shows the last of each recipient
MOST_PEOPLE = 10  # whose send times are looked up


class Glance(NamedTuple):
    """A message, its newest events, newest first, and the summaries of some of its recipients."""

    stored: Stored
    events: list[Event]
    summaries: dict[str, Summary]


def glance(email: str, message_id: str, people: Sequence[str]) -> Glance | None:
    """The message with this id, if its sender may be signed in as by this address; None else. `people` are those whose send
    time is wanted.
    """
    found = table.query(keys.timeline(message_id), "e#", "facts", newest_first=True, page=MOST_EVENTS)
    facts = next(found, None)
    if facts is None or facts["sk"] != "facts":
        return None
    events = [readable(to_event, item) for item in islice(found, MOST_EVENTS)]
    sender = facts["sender"]
    mine, account, line = keys.message(sender, message_id), keys.account(sender), keys.address_of(sender, email)
    summaries = [keys.summary(sender, each) for each in dict.fromkeys(people[:MOST_PEOPLE])]
    items = {
        keys.Key(item["pk"], item["sk"]): item
        for item in table.get_many([mine, account, line, keys.own(sender), *summaries])
    }
    first = items.get(account, {}).get("email") == email
    if mine not in items or not (first or items.get(line, {}).get("sign_in")):
        return None
    item, marks = items[mine], items.get(keys.own(sender), {}).get("marks", {})
    stored = Stored(message_items.to_message(item, facts, marks), message_items.to_state(item), item["version"])
    read = [contact_items.to_summary(items[key]) for key in summaries if key in items]
    return Glance(stored, [each for each in events if each is not None], {each.email: each for each in read})
