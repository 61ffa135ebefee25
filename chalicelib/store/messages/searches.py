"""Searches of a sender's messages: the newest are read, older ones looked for on sheets (sheets.py), and read where found."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from chalicelib.domain.sheets import Line, Search
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.messages import lists, sheets
from chalicelib.store.messages.messages import Stored, stored_in

MOST_SHEETS = 20  # that one call looks at: a thousand messages, some 40 kB
_AT_ONCE = 10  # sheets read together
_NEWEST = 12  # read as they are now, in one unit: whoever sent one just now wants to see it
_A_CALL = 15  # messages that a query reads for the price at which one is read by its id


class LookedAt(NamedTuple):
    """A message that was looked at: as it is, or None where its sheet says that it is not wanted."""

    id: str
    stored: Stored | None
    on_sheet: bool


def searched(sender: str, search: Search, *, after: str | None, limit: int) -> tuple[list[Stored], str | None]:
    """A sender's newest messages that a search finds, older than the message `after`, and where to go on (None: the end).

    Looks at MOST_SHEETS sheets, and lists.MOST_LOOKED_AT messages of none, at most: a page may hold fewer than `limit`, and
    lead on.
    But for the newest, all is read as it was a moment ago.
    """
    found: list[Stored] = []
    last: str | None = None
    read = 0
    for each in _looked_at(sender, search, after, limit):
        read += each is not None and not each.on_sheet
        if each is None or len(found) == limit or read > lists.MOST_LOOKED_AT:
            return found, last
        last, stored = each.id, each.stored
        if stored is not None and search.finds(stored.message, stored.state):
            found.append(stored)
    return found, None


def _looked_at(sender: str, search: Search, after: str | None, limit: int) -> Iterator[LookedAt | None]:
    """All messages, newest first; None where enough sheets were looked at, and more may follow."""
    least = limit + 1  # messages of no sheet that are read together at first
    if (below := after) is None:
        newest = list(islice(table.query(keys.desk(sender), "m#", "m$", newest_first=True, page=_NEWEST), _NEWEST))
        looked_at = [_of_none(item) for item in newest]
        yield from looked_at
        if len(newest) < _NEWEST:
            return
        if not any(each.stored and search.finds(each.stored.message, each.stored.state) for each in looked_at):
            least = lists.MOST_LOOKED_AT  # it is rare: all will have to be read
        below = _id(newest[-1])
    found, many = sheets.older(sender, below, _AT_ONCE), 0
    while some := list(islice(found, min(_AT_ONCE, MOST_SHEETS - many))):
        many += len(some)
        lines = [[line for line in reversed(sheet.lines) if line.id < below] for sheet in some]
        on_sheets = _on_sheets(sender, search, [line for each in lines for line in each], limit)
        for sheet, its in zip(some, lines, strict=True):
            yield from _between(sender, sheet.through, below, least)
            yield from islice(on_sheets, len(its))
            below = _past(sheet.after)
        if not some[-1].after:
            return
    if many == MOST_SHEETS:
        yield None
    else:
        yield from _between(sender, "", below, least)


def _between(sender: str, through: str, below: str, least: int) -> Iterator[LookedAt]:
    """The messages on no sheet, newest first, that are older than `below`, and past the last one of the sheet before."""
    if not through or _past(through) < below:
        high = keys.message(sender, below).sk
        low = keys.message(sender, _past(through)).sk if through else "m#"
        yield from map(_of_none, lists.newest(sender, low, high, least, eventually=True))


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
            yield LookedAt(line.id, read.get(line.id), on_sheet=True)
            continue
        some = hits[done : done + min(limit + 1, lists.MOST_LOOKED_UP)]
        read, done = _read(sender, lines[some[0] : some[-1] + 1], [lines[each].id for each in some]), done + len(some)
        yield LookedAt(line.id, read.get(line.id), on_sheet=True)


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


def _of_none(item: Item) -> LookedAt:
    return LookedAt(_id(item), stored_in(item, {}), on_sheet=False)
