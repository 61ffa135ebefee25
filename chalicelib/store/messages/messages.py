"""Messages: created whole, folded whole, taken away whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chalicelib.config import config
from chalicelib.domain.contacts import Contact
from chalicelib.domain.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.sheets import standings
from chalicelib.domain.state import State
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.timeline import MOST_OPEN, SOON_GONE
from chalicelib.domain.worth_telling import NOTHING_MORE, Wishes, wishes
from chalicelib.store import keys, table
from chalicelib.store.accounts import account_items
from chalicelib.store.contacts import contacts as people
from chalicelib.store.due import due, shards
from chalicelib.store.dynamodb.values import Item, readable
from chalicelib.store.messages import copy_ids, message_items, recipients, sheets, threads
from chalicelib.store.telling import notification_items, reminders
from chalicelib.store.tracking.event_items import to_event

_PAGE = MOST_OPEN + 2  # read together: the facts, what may be open of a mail to one, and the next
MOST_TOGETHER = 45  # recipients who are noted in the transaction that makes a message
_REMEMBERED = 86_400  # seconds: how long a request may be sent again


@record
class Stored:
    """A message as it stands in the table, with the version that a change of it must be based on.

    `looked_for` is what its sender wants to be told beside each recipient's first time, and `on_sheet` whether it may stand
    on a sheet, where that was read.
    """

    message: Message
    state: State
    version: int
    looked_for: Wishes = NOTHING_MORE
    on_sheet: bool = False


def create(
    message: Message,
    state: State,
    contacts: Sequence[Contact],
    key: str = "",
    reminder: Reminder | None = None,
) -> None:
    """Put a new message, its facts, changed contacts and reminder: all or nothing. Raises Conflict if a contact changed.

    `key`, the caller's name of the request, is remembered for a day: Conflict too if it is known.
    """
    expires = _expires(message)
    to = recipients.noted(message, expires)
    if len(to) > MOST_TOGETHER:  # a transaction holds a hundred; a note of a message that is never made leads nowhere
        table.write(to)
    table.write(
        [
            *(to if len(to) <= MOST_TOGETHER else ()),
            table.put(message_items.of_message(message, state, 1, expires), was=None),
            table.put(message_items.of_new_facts(message, expires), was=None),
            *(people.put(message.sender, contact, message.created_at) for contact in contacts),
            *([table.put(_of_key(message, key), was=None)] if key else ()),
            *([reminders.write(reminder)] if reminder else ()),
            *threads.joined(message, expires),
        ]
    )


def confirm(stored: Stored, contacts: Sequence[Contact]) -> None:
    """Write a prepared message as one that was sent, with the contacts written to: all or nothing. Raises Conflict."""
    message, expires = stored.message, _expires(stored.message)
    state = replace(stored.state, due_at=None)
    table.write(
        [
            table.put(message_items.of_message(message, state, stored.version + 1, expires), was=stored.version),
            *(people.put(message.sender, contact, message.created_at) for contact in contacts),
        ]
    )


def made_with(sender: str, key: str) -> Stored | None:
    """The message that a sender's request with this key made, within a day."""
    known = table.get(keys.request(sender, key))
    return load(sender, known["message"]) if known else None


def load(sender: str, message_id: str) -> Stored | None:
    """A sender's message, or None if there is none of theirs with this id."""
    facts = table.get(keys.facts(message_id))
    return _with_facts(facts) if facts and facts["sender"] == sender else None


def with_events(message_id: str) -> tuple[Stored | None, Iterator[Event]]:
    """A message, whoever sent it (None: it was deleted), and its events, newest first, read as they are taken.

    An event that this version cannot read is left out; the stream's record of it was laid aside.
    """
    found = table.query(keys.timeline(message_id), "e#", "facts", newest_first=True, page=_PAGE)
    facts = next(found, None)
    if facts is None or facts["sk"] != "facts":
        return None, iter(())
    events = (readable(to_event, item) for item in found)
    return _with_facts(facts), (event for event in events if event is not None)


def save(
    stored: Stored, state: State, contacts: Sequence[Contact], notifications: Sequence[Notification], now: float
) -> None:
    """Write what a fold found: the state, the contacts it changed and the notifications now due, all or nothing.

    `now` is their place in the feed: behind what its readers have seen, though the state may be of earlier. Raises Conflict
    if the message or a contact changed in the meantime: load and fold again.
    """
    message, expires = stored.message, _expires(stored.message)
    told_at = max(now, state.as_of)  # two clocks may differ: a correction stands behind what it takes back
    told_until = int(told_at + SOON_GONE) if message.counts_only else expires
    table.write(
        [
            table.put(message_items.of_message(message, state, stored.version + 1, expires), was=stored.version),
            *(people.put(message.sender, contact, state.as_of) for contact in contacts),
            *(
                table.put_always(notification_items.of_notification(each, told_at, told_until))
                for each in notifications
            ),
            *_slips(stored, state, expires),
        ]
    )


def save_quietly(stored: Stored, state: State, contacts: Sequence[Contact]) -> None:
    """Write a fold that changes no count: contacts first, then the state, each alone, for half the price of both at once.

    What breaks off in between is folded again from the old state, and notes the same in the contact once more.
    """
    message, expires = stored.message, _expires(stored.message)
    for contact in contacts:
        table.write([people.put(message.sender, contact, state.as_of)])
    item = message_items.of_message(message, state, stored.version + 1, expires)
    table.write([table.put(item, was=stored.version), *_slips(stored, state, expires)])


def _slips(stored: Stored, state: State, expires: int) -> list[table.Write]:
    """What is to be noted beside the sheet that a message may stand on, where a fold changed what it would say."""
    message = stored.message
    if not stored.on_sheet or standings(message, state) == standings(message, stored.state):
        return []
    return [sheets.slip(message, state, expires)]


def save_struck(stored: Stored) -> None:
    """Write a message without what some did, and its line on a sheet: both or none. Raises Conflict if one changed."""
    message, expires = stored.message, _expires(stored.message)
    item = message_items.of_message(message, stored.state, stored.version + 1, expires)
    table.write(
        [table.put(item, was=stored.version), *sheets.renewed(message, stored.state, expires, noted=stored.on_sheet)]
    )


def save_without(stored: Stored) -> None:
    """Write a message that less stands in than before, its links, and its line on a sheet: all or nothing. Raises Conflict if
    one changed meanwhile.
    """
    message, expires = stored.message, _expires(stored.message)
    table.write(
        [
            table.put(message_items.of_message(message, stored.state, stored.version + 1, expires), was=stored.version),
            table.put_always(message_items.of_facts(message, expires)),
            *sheets.renewed(message, stored.state, expires, noted=stored.on_sheet),
        ]
    )


def without(stored: Stored, contacts: Sequence[Contact], at: float) -> list[table.Write]:
    """The writes that take a message away; `contacts` are its recipients' after forgetting it. No fold comes after them."""
    message = stored.message
    return [
        table.take_away(keys.message(message.sender, message.id), version=stored.version),
        table.take_away_always(keys.facts(message.id)),
        table.take_away_always(keys.reminder(message.sender, message.id)),
        *(table.take_away_always(each) for each in threads.left(message)),
        *(table.take_away_always(each) for each in recipients.left(message)[:MOST_TOGETHER]),
        *(people.put(message.sender, contact, at) for contact in contacts),
    ]


def raze(sender: str, message_id: str) -> None:
    """Take away a message whose events are gone, with all its other items."""
    copy_ids.delete(message_id)
    standing = load(sender, message_id)
    together = [*threads.left(standing.message), *recipients.left(standing.message)] if standing else []
    alone = [keys.reminder(sender, message_id), keys.slip(sender, message_id), keys.facts(message_id)]
    table.delete([*together, *alone, keys.message(sender, message_id)])


def held(until: float) -> list[tuple[str, str, float]]:
    """The messages to be folded again at `until` or earlier, longest waiting first: sender, message, the time it waits for."""
    found = due(shards("held"), until)
    return [(key.pk.removeprefix("s#"), key.sk.removeprefix("m#"), due_at) for key, due_at in found]


def _with_facts(facts: Item) -> Stored | None:
    """The message of these facts, with what is known by now of its sender's own devices, and of what they want to be told."""
    sender, message_id = facts["sender"], facts["pk"].removeprefix("m#")
    wanted = [keys.message(sender, message_id), keys.own(sender), keys.account(sender)]
    found = {item["sk"]: item for item in table.get_many(wanted)}
    own = found.pop("own", {}).get("marks", {})
    account = found.pop("sender", None)
    stored = next((stored_in(item, facts, own) for item in found.values()), None)
    if stored is None or account is None:
        return stored
    on_sheet = message_id <= account.get(account_items.SHEETS_UNTIL, "")
    return replace(stored, looked_for=wishes(account_items.to_account(account).preferences), on_sheet=on_sheet)


def _of_key(message: Message, key: str) -> Item:
    pk, sk = keys.request(message.sender, key)
    return {"pk": pk, "sk": sk, "message": message.id, "expires": int(message.created_at) + _REMEMBERED}


def stored_in(item: Item, facts: Item, own: Iterable[str] = ()) -> Stored:
    """A message of its items, as message_items.to_message takes them."""
    return Stored(message_items.to_message(item, facts, own), message_items.to_state(item), item["version"])


def _expires(message: Message) -> int:
    return int(message.created_at) + config().retention_days * 86_400
