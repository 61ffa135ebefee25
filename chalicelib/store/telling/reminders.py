"""Reminders that wait, one a message at most, and the digests: all are due at some time, and cost nothing before."""

from collections.abc import Sequence
from itertools import islice

from chalicelib.config import config
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.store import keys, table
from chalicelib.store.due import due as waiting
from chalicelib.store.due import shard, shards
from chalicelib.store.dynamodb.values import Item, readable
from chalicelib.store.telling import notification_items
from chalicelib.store.writes import Write, equal

KEPT = 30 * 86_400  # seconds after which one that could not be told is given up
_REMINDERS, _DIGESTS = "reminders", "digests"


@record
class Digest:
    """A digest to come: it tells what happened since `since` and before `until`, unix seconds, whenever it goes out.

    It is due at `due_at`: at `until`, and later once it was claimed.
    """

    due_at: float
    since: float
    until: float


def write(reminder: Reminder) -> Write:
    """The write of a new reminder, to go with its message."""
    return table.put(_of_reminder(reminder), was=None)


def put(reminder: Reminder) -> None:
    """Put a reminder in place of whatever reminder its message had."""
    table.write([table.put_always(_of_reminder(reminder))])


def remove(sender: str, message_id: str) -> None:
    """Take a message's reminder away; that there is none is a quiet success."""
    table.delete([keys.reminder(sender, message_id)])


def load(sender: str, message_id: str) -> Reminder | None:
    """The reminder of a message, or None."""
    item = table.get(keys.reminder(sender, message_id))
    return readable(_to_reminder, item) if item else None


def of_messages(sender: str, message_ids: Sequence[str]) -> dict[str, Reminder]:
    """The reminders of these messages that have one, as they were a moment ago."""
    found = table.get_many((keys.reminder(sender, each) for each in message_ids), eventually=True)
    read = (readable(_to_reminder, item) for item in found)
    return {each.message: each for each in read if each is not None}


def between(sender: str, oldest: str, newest: str) -> dict[str, Reminder]:
    """The reminders of a sender's messages from the `oldest` to the `newest`, as they were a moment ago."""
    low, high = keys.reminder(sender, oldest).sk, keys.reminder(sender, newest).sk
    read = (readable(_to_reminder, item) for item in table.query(keys.desk(sender), low, high, eventually=True))
    return {each.message: each for each in read if each is not None}


def coming(sender: str, limit: int) -> list[Reminder]:
    """A sender's reminders, those of the newest messages, `limit` at most, as they were a moment ago."""
    found = table.query(keys.desk(sender), "v#", "v$", newest_first=True, page=limit, eventually=True)
    read = (readable(_to_reminder, item) for item in islice(found, limit))
    return [each for each in read if each is not None]


def due(until: float) -> list[tuple[str, str]]:
    """The reminders that are due at `until`, the longest waiting first: each one's sender and message."""
    found = waiting(shards(_REMINDERS), until)
    return [(key.pk.removeprefix("s#"), key.sk.removeprefix("v#")) for key, _ in found]


def come(reminder: Reminder, left: Reminder | None, told: Sequence[Notification], now: float) -> None:
    """Put what a reminder tells into the outbox, and the reminder as it goes on, or take it away: all or nothing.

    Raises Conflict if another was quicker, or it was changed.
    """
    key = keys.reminder(reminder.sender, reminder.message)
    if left is None:
        mine = table.take_away(key, version=reminder.version)
    else:
        mine = table.put(_of_reminder(left, reminder.version + 1), was=reminder.version)
    until = int(reminder.at) + config().retention_days * 86_400
    table.write([mine, *(table.put_always(notification_items.of_notification(each, now, until)) for each in told)])


def plan_digest(sender: str, at: float | None, since: float) -> None:
    """Let the next digest of a sender, of what happened since `since`, be due at `at`; None: there is none."""
    if at is None:
        table.delete([keys.digest(sender)])
        return
    pk, sk = keys.digest(sender)
    item = {"pk": pk, "sk": sk, "due_shard": _DIGESTS, "due_at": at, "since": since, "until": at}
    table.write([table.put_always(item)])


def digests(until: float) -> list[str]:
    """The senders whose digest is due at `until`, the longest waiting first."""
    return [key.pk.removeprefix("s#") for key, _ in waiting([_DIGESTS], until)]


def digest(sender: str) -> Digest | None:
    """A sender's next digest; None if there is none."""
    item = table.get(keys.digest(sender))
    if item is None:
        return None
    due_at: float = item["due_at"]
    return Digest(due_at, item["since"], item.get("until", due_at))


def claim_digest(sender: str, due_at: float, again_at: float) -> bool:
    """Whether the digest that waits for `due_at` is ours to send; it is due again at `again_at` should nobody say that it
    went out.
    """
    return table.update(keys.digest(sender), {"due_at": again_at}, only_if={"due_at": equal(due_at)}) is not None


def digest_sent(sender: str, claimed: float, next_at: float, since: float) -> None:
    """Note that a digest, claimed until `claimed`, went out: the next one, at `next_at`, tells what happens from `since` on."""
    changes = {"due_at": next_at, "since": since, "until": next_at}
    table.update(keys.digest(sender), changes, only_if={"due_at": equal(claimed)})


def _of_reminder(reminder: Reminder, version: int = 1) -> Item:
    key = keys.reminder(reminder.sender, reminder.message)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "due_shard": shard(_REMINDERS, key),
        "due_at": reminder.at,
        "chosen": reminder.chosen or None,
        "told": sorted(reminder.told),
        "version": version,
        "expires": int(reminder.at) + KEPT,
    }


def _to_reminder(item: Item) -> Reminder:
    return Reminder(
        sender=item["pk"].removeprefix("s#"),
        message=item["sk"].removeprefix("v#"),
        at=item["due_at"],
        chosen=item.get("chosen", False),
        told=frozenset(item.get("told", ())),
        version=item["version"],
    )
