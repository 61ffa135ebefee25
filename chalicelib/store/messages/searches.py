"""Searches of a sender's messages: the newest are read, older ones looked for on sheets (sheets.py), and read where found."""

from collections.abc import Iterator, Sequence
from itertools import islice

from chalicelib.domain.sheets import Line, Search
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.messages import lists, sheets
from chalicelib.store.messages.messages import Stored, stored_in

MOST_SHEETS = 20  # that one call looks at: a thousand messages, some 40 kB
MOST_READ = lists.MOST_LOOKED_AT  # messages of no sheet
_AT_ONCE = 10  # sheets read together
_NEWEST = 12  # read as they are now, in one unit: whoever sent one just now wants to see it
_A_CALL = 15  # messages that a query reads for the price at which one is read by its id

LookedAt = tuple[str, Stored | None]
"""A message that was looked at: as it is, or None where its sheet says that it is not wanted."""


def searched(sender: str, search: Search, *, after: str | None, limit: int) -> tuple[list[Stored], str | None]:
    """A sender's newest messages that a search finds, older than the message `after`, and where to go on (None: the end).

    Looks at MOST_SHEETS sheets, and MOST_READ messages of none, at most: a page may hold fewer than `limit`, and lead on.
    But for the newest, all is read as it was a moment ago.
    """
    found: list[Stored] = []
    last: str | None = None
    for looked_at in _looked_at(sender, search, after, limit):
        if looked_at is None or len(found) == limit:
            return found, last
        last, stored = looked_at
        if stored is not None and search.finds(stored.message, stored.state):
            found.append(stored)
    return found, None


def _looked_at(sender: str, search: Search, after: str | None, limit: int) -> Iterator[LookedAt | None]:
    """All messages, newest first; None where enough was read, and more may follow."""
    left, below = MOST_READ, after
    if below is None:
        newest = list(islice(table.query(keys.desk(sender), "m#", "m$", newest_first=True, page=_NEWEST), _NEWEST))
        yield from map(_one, newest)
        if len(newest) < _NEWEST:
            return
        below, left = _id(newest[-1]), left - _NEWEST
    found, many = sheets.older(sender, below, _AT_ONCE), 0
    while some := list(islice(found, min(_AT_ONCE, MOST_SHEETS - many))):
        many += len(some)
        lines = [[line for line in reversed(sheet.lines) if line.id < below] for sheet in some]
        on_sheets = _on_sheets(sender, search, [line for each in lines for line in each], limit)
        for sheet, its in zip(some, lines, strict=True):
            for each in _on_none(sender, sheet.through, below, limit):
                if not left:
                    yield None
                    return
                left -= 1
                yield each
            yield from islice(on_sheets, len(its))
            below = _past(sheet.after)
        if not some[-1].after:
            return
    if many == MOST_SHEETS:
        yield None
        return
    for each in _on_none(sender, "", below, limit):
        if not left:
            yield None
            return
        left -= 1
        yield each


def _on_none(sender: str, through: str, below: str, limit: int) -> Iterator[LookedAt]:
    """The messages between two sheets, newest first: past the id `through` of the older one, and older than `below`."""
    if not through or _past(through) < below:
        high = keys.message(sender, below).sk
        low = keys.message(sender, _past(through)).sk if through else "m#"
        yield from map(_one, lists.newest(sender, low, high, limit + 1, eventually=True))


def _on_sheets(sender: str, search: Search, lines: Sequence[Line], limit: int) -> Iterator[LookedAt]:
    """The messages of these lines, newest first, each read where it may be wanted; as many together as a page has room for."""
    if search.standings and lines:
        changed = sheets.slips(sender, lines[-1].id, lines[0].id)
        lines = [line._replace(standings=changed.get(line.id, line.standings)) for line in lines]
    hits = [number for number, line in enumerate(lines) if search.may_find(line)]
    read: dict[str, Stored] = {}
    done = 0
    for number, line in enumerate(lines):
        if done == len(hits) or number < hits[done]:
            yield line.id, read.get(line.id)
            continue
        some = hits[done : done + min(limit + 1, lists.MOST_LOOKED_UP)]
        read, done = _read(sender, lines[some[0] : some[-1] + 1], [lines[each].id for each in some]), done + len(some)
        yield line.id, read.get(line.id)


def _read(sender: str, lines: Sequence[Line], wanted: Sequence[str]) -> dict[str, Stored]:
    """The messages with these ids, as they were a moment ago: one by one, or all from the first to the last where they lie so
    close that this is cheaper.
    """
    if len(lines) > _A_CALL * len(wanted):
        found = iter(table.get_many((keys.message(sender, each) for each in wanted), eventually=True))
    else:
        low, high = (keys.message(sender, each.id).sk for each in (lines[-1], lines[0]))
        found = table.query(keys.desk(sender), low, high, eventually=True)
    some = set(wanted)
    return {each: stored_in(item, {}) for item in found if (each := _id(item)) in some}


def _past(message_id: str) -> str:
    """What comes right behind an id, and before any other."""
    return f"{message_id}!"


def _id(item: Item) -> str:
    return str(item["sk"]).removeprefix("m#")


def _one(item: Item) -> LookedAt:
    return _id(item), stored_in(item, {})
