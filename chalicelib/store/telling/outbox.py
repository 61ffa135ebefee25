"""The outbox: what there is to tell, claimed before it is sent and marked after. It is the feed as well."""

from collections.abc import Callable, Iterable
from itertools import islice
from zlib import crc32

from chalicelib.domain.feed_places import OVERLAP, Place, Seen
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Channel
from chalicelib.domain.records import record
from chalicelib.domain.telling.budget import Telling
from chalicelib.store import keys, table
from chalicelib.store.due import due
from chalicelib.store.dynamodb.values import Item, readable
from chalicelib.store.telling import notification_items
from chalicelib.store.writes import ABSENT, PRESENT, absent_or, equal

_MAILS, _CODES = "mails", "codes"
_LAST = "~"  # no key of an entry is beyond it
MOST_LATELY = 100  # entries that decide whether there was enough


@record
class Entry:
    """One thing told or to be told. `position` is a short name for it, `at` when it was decided, unix seconds."""

    position: str
    at: float
    notification: Notification


def claim(key: keys.Key, by: str) -> dict[str, str] | None:
    """Claim an entry; the channels that it was already sent on, with what is noted of each; None if another has it, it waits
    or it is gone.

    `by` names the stream's record. The same record comes again only after its function broke off: it may claim again.
    """
    free = {"pk": PRESENT, "due_at": ABSENT, "claimed_by": absent_or(by)}
    item = table.update(key, {"claimed_by": by}, only_if=free)
    return None if item is None else _channels(item)


def _channels(item: Item) -> dict[str, str]:
    return {name.removeprefix("sent_by_"): noted for name, noted in item.items() if name.startswith("sent_by_")}


def record_outcome(key: keys.Key, channel: str, outcome: str, told_at: float | None = None) -> None:
    """Note that an entry is done on a channel. `outcome` is the service's own id of it, or why it cannot be sent; `told_at` is
    when it went out, None if it did not.
    """
    told = {} if told_at is None else {f"told_by_{channel}": told_at}
    table.change(key, {f"sent_by_{channel}": outcome, **told})


@record
class Waiting:
    """An entry whose mail waits until `due_at`, unix seconds, since SES had no room for it `refused` times.

    It is the request for a code, an alert, or a `notification`; None where that cannot be read.
    """

    key: keys.Key
    due_at: float
    refused: int
    notification: Notification | None

    @property
    def wants_code(self) -> bool:
        """Whether it is the request for a code."""
        return _wants_code(self.key)

    @property
    def alerts(self) -> bool:
        """Whether it is an alert."""
        return self.key.sk.startswith("l#")


def put_back(key: keys.Key, due_at: float, *, refused: bool = True) -> None:
    """Let an entry that was claimed wait: for company, for the end of quiet hours, or, `refused`, for room at SES.

    No record of the stream can claim it any more.
    """
    waits = {"due_shard": _CODES if _wants_code(key) else _MAILS, "due_at": due_at, "refused": int(refused)}
    table.change(key, waits)


def lately(
    sender: str, since: float, until: float | None = None, *, eventually: bool = False
) -> list[tuple[keys.Key, Telling]]:
    """The newest of what was decided for a sender since `since`, and by the millisecond of `until`, MOST_LATELY at most: each
    with when it was told and where. `eventually` is as in table.query.
    """
    low = f"n#{keys.milliseconds(max(since, 0.0))}"
    high = "n$" if until is None else f"n#{keys.milliseconds(until)}$"
    found = table.query(keys.desk(sender), low, high, newest_first=True, page=MOST_LATELY, eventually=eventually)
    read = (readable(_telling, item) for item in islice(found, MOST_LATELY))
    return [each for each in read if each is not None]


def _telling(item: Item) -> tuple[keys.Key, Telling]:
    told_at = {channel: item[f"told_by_{channel}"] for channel in Channel if f"told_by_{channel}" in item}
    told = Telling(notification_items.to_notification(item), item["decided_at"], told_at, "due_at" in item)
    return keys.Key(item["pk"], item["sk"]), told


def codes_due(until: float) -> list[keys.Key]:
    """The requests for codes whose mails wait for `until` or earlier, the longest waiting first."""
    return [key for key, _ in due([_CODES], until)]


def mails_due(until: float) -> list[tuple[str, keys.Key]]:
    """The notifications whose mails wait for `until` or earlier, each with its sender, the longest waiting first."""
    return [(key.pk.removeprefix("s#"), key) for key, _ in due([_MAILS], until)]


def waiting(key: keys.Key) -> Waiting | None:
    """The entry whose mail waits, as it is now; None if it waits no more."""
    item = table.get(key)
    if item is None or "due_at" not in item:
        return None
    return Waiting(key, item["due_at"], item["refused"], readable(notification_items.to_notification, item))


def _wants_code(key: keys.Key) -> bool:
    return key.sk.startswith("code#")


def claim_waiting(entry: Waiting, due_at: float) -> dict[str, str] | None:
    """Claim an entry whose mail waits, and let it wait on until `due_at` should nobody say what came of it.

    The channels that it was sent on; None if another has it, or it is gone.
    """
    once_more = {"due_at": due_at, "refused": entry.refused + 1}
    item = table.update(entry.key, once_more, only_if={"due_at": equal(entry.due_at)})
    return None if item is None else _channels(item)


def wait_no_more(key: keys.Key) -> None:
    """Take an entry off the list of those that wait."""
    table.change(key, {"due_shard": None, "due_at": None})


def told(sender: str, place: Place, limit: int) -> tuple[list[Entry], list[Seen]]:
    """At most `limit` of a sender's entries that were not given yet to a reader at this place, oldest first; and all that was
    looked at, up to the last of them.
    """
    low = max(f"n#{keys.milliseconds(max(place.newest - OVERLAP, 0.0))}", f"n#{place.floor}")
    found = table.query(keys.desk(sender), low, "n$", page=limit + len(place.named) + 1)
    new: list[Entry] = []
    looked_at: list[Seen] = []
    for item, entry in ((item, readable(_entry, item)) for item in found if item["sk"] != low):
        if entry is None:
            continue
        if entry.position not in place.named:
            if len(new) == limit:
                break
            new.append(entry)
        looked_at.append(Seen(item["sk"].removeprefix("n#"), entry.position, entry.at))
    return new, looked_at


def between(sender: str, after: str, until: str, limit: int) -> tuple[list[Entry], str | None]:
    """A sender's entries past the one at `after`, up to that at `until`, oldest first, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"n#{after}", f"n#{until}", limit=limit)
    entries = (readable(_entry, item) for item in found)
    return [entry for entry in entries if entry], found[-1]["sk"].removeprefix("n#") if more else None


def entries(wanted: Iterable[keys.Key]) -> dict[keys.Key, Entry]:
    """The entries with these keys that are there still, and can be read."""
    read = ((keys.Key(item["pk"], item["sk"]), readable(_entry, item)) for item in table.get_many(wanted))
    return {key: entry for key, entry in read if entry is not None}


def listed(sender: str, *, after: str | None, limit: int) -> tuple[list[Entry], str | None]:
    """A sender's entries past the one at `after`, oldest first, and where to go on (None: the end)."""
    return between(sender, after or "", _LAST, limit)


def forget(sender: str, doomed: Callable[[Notification], bool], *, after: str | None, most: int) -> str | None:
    """Take away the `doomed` of the `most` entries past `after`; where to go on (None: the end).

    One that cannot be read goes as well: nobody can say that it is about somebody else, and it can be told to nobody.
    """

    def goes(item: Item) -> bool:
        notification = readable(notification_items.to_notification, item)
        return notification is None or doomed(notification)

    return _take_away(sender, goes, after, most)


def forget_message(sender: str, message: str, *, after: str | None, most: int) -> str | None:
    """Take away what of the `most` entries past `after` was told of a message; where to go on (None: the end)."""
    return _take_away(sender, lambda item: bool(item.get("message") == message), after, most)


def before(at: float) -> str:
    """The place in the feed before all that was told since `at`."""
    return keys.milliseconds(at)


def _take_away(sender: str, goes: Callable[[Item], bool], after: str | None, most: int) -> str | None:
    found, more = table.page(keys.desk(sender), f"n#{after or ''}", "n$", limit=most)
    table.delete(keys.Key(item["pk"], item["sk"]) for item in found if goes(item))
    return found[-1]["sk"].removeprefix("n#") if more else None


def _entry(item: Item) -> Entry:
    name = crc32(item["sk"].encode())
    return Entry(f"{name:08x}", item["decided_at"], notification_items.to_notification(item))
