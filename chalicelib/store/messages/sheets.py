"""Sheets in the table: pages of a sender's older messages for searches, and slips: what became of a message since.

A sheet is of all messages past the id `after`, up to `through`, that were there; those of no sheet are read from their own
items. So a sheet may be missing, or gone. No two overlap: `after` names it, and it is `through` of the one before.

What a sheet says of a standing holds until a slip says otherwise. A change of a message that may be on a sheet writes its slip
in the same transaction. Which these are is announced in the account, which every fold reads, well before they are put on
a sheet (work/messages/packing.py): by then no fold is under way that did not know.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from chalicelib.domain import sheets
from chalicelib.domain.messages import Message
from chalicelib.domain.sheets import Line
from chalicelib.domain.state import State
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.accounts.account_items import SHEETS_UNTIL
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.messages import message_items
from chalicelib.store.writes import ABSENT, THERE, Write, equal

_LIST = "sheets"


class Sheet(NamedTuple):
    """The lines of all messages past the id `after` up to `through`, by age. It goes with its oldest message."""

    after: str
    through: str
    lines: tuple[Line, ...]
    version: int
    expires: int


class Standing(NamedTuple):
    """How far a sender's sheets are: messages up to `until` have slips since `announced_at`, those up to `through` a sheet."""

    until: str
    announced_at: float
    through: str
    due_at: float | None


class Waiting(NamedTuple):
    """A message that is to stand on a sheet."""

    line: Line
    version: int
    expires: int


# -- Read by searches


def older(sender: str, below: str, page: int) -> Iterator[Sheet]:
    """A sender's sheets of messages older than the one with this id, the newest first, as they were a moment ago."""
    high = keys.sheet(sender, below).sk
    found = table.query(keys.desk(sender), "f#", high, newest_first=True, page=page, eventually=True)
    return (_to_sheet(item) for item in found if item["sk"] != high)


def slips(sender: str, oldest: str, newest: str) -> dict[str, int]:
    """The standings that slips tell of the messages from one id to another, as they were a moment ago."""
    low, high = keys.slip(sender, oldest).sk, keys.slip(sender, newest).sk
    found = table.query(keys.desk(sender), low, high, eventually=True)
    return {item["sk"].removeprefix("z#"): item["standings"] for item in found}


# -- Kept in step with the messages


def slip(message: Message, state: State, expires: int) -> Write:
    """The write of what became of a message that may be on a sheet."""
    pk, sk = keys.slip(message.sender, message.id)
    return table.put_always({"pk": pk, "sk": sk, "standings": sheets.standings(message, state), "expires": expires})


def renewed(message: Message, state: State, expires: int, *, noted: bool) -> list[Write]:
    """The writes that let its sheet and its slip say of a message what it is from now on: none, where it has neither.

    `noted` is whether its changes are noted on a slip, as far as that is known.
    """
    sheet = _holding(message.sender, message.id)
    if sheet is None and not noted and table.get(keys.slip(message.sender, message.id)) is None:
        return []
    written = [slip(message, state, expires)]
    if sheet is not None:
        lines = sheets.changed(sheet.lines, sheets.line(message, state))
        if lines != sheet.lines:
            written.append(_put(message.sender, sheet._replace(lines=lines)))
    return written


def leave_out(sender: str, message_id: str) -> None:
    """Take a message off its sheet, if it is on one, and its slip away. Raises Conflict if the sheet changed meanwhile."""
    sheet = _holding(sender, message_id)
    if sheet is not None:
        lines = tuple(each for each in sheet.lines if each.id != message_id)
        if lines != sheet.lines:
            table.write([_put(sender, sheet._replace(lines=lines))])
    table.delete([keys.slip(sender, message_id)])


def _holding(sender: str, message_id: str) -> Sheet | None:
    """The sheet that a message is on, or was to be on."""
    high = keys.sheet(sender, message_id).sk
    found = table.query(keys.desk(sender), "f#", high, newest_first=True, page=2)
    item = next((item for item in found if item["sk"] != high), None)
    sheet = None if item is None else _to_sheet(item)
    return sheet if sheet and sheet.through >= message_id else None


# -- Written on schedule


def due(until: float) -> list[str]:
    """The senders of whom more may be put on sheets at `until`, the longest waiting first."""
    return [key.pk.removeprefix("s#") for key, _ in due_list.due([_LIST], until)]


def standing(sender: str) -> Standing | None:
    """How far a sender's sheets are; None: there is no such account."""
    item = table.get(keys.account(sender))
    if item is None:
        return None
    return Standing(
        item.get(SHEETS_UNTIL, ""),
        item.get("sheets_announced_at", 0.0),
        item.get("sheets_through", ""),
        item.get("due_at"),
    )


def note(sender: str, was: Standing, now: Standing) -> bool:
    """Note how far a sender's sheets are, and when they are looked at again (None: when something happens); whether they were
    so far still. Where they were not, two runs were at it: the sheet past there goes, and its messages stand on none.
    """
    changes = {
        SHEETS_UNTIL: now.until or None,
        "sheets_announced_at": now.announced_at or None,
        "sheets_through": now.through or None,
        "due_shard": None if now.due_at is None else _LIST,
        "due_at": now.due_at,
    }
    still = {SHEETS_UNTIL: was.until, "sheets_through": was.through}
    checks = {name: equal(value) if value else ABSENT for name, value in still.items()}
    noted = table.update(keys.account(sender), changes, only_if={**THERE, **checks}) is not None
    noted = noted or standing(sender) == now  # the answer was lost, and it was asked again
    if not noted and now.through != was.through:
        tear(sender, was.through)
    return noted


def waiting(sender: str, after: str, most: int) -> list[Waiting]:
    """The oldest messages past the id `after`, as they are now: at most `most`."""
    low = keys.message(sender, after).sk
    found = table.query(keys.desk(sender), low, "m$", page=most + 1)
    return [_to_waiting(item) for item in islice((item for item in found if item["sk"] != low), most)]


def write(sender: str, after: str, some: Sequence[Waiting]) -> None:
    """Write the sheet past the id `after`, in the place of one that broke off. Raises Conflict if that changed meanwhile."""
    there = table.get(keys.sheet(sender, after))
    lines = tuple(each.line for each in some)
    expires = min(each.expires for each in some)
    version = there["version"] if there else 0
    table.write([_put(sender, Sheet(after, lines[-1].id, lines, version, expires))])


def tear(sender: str, after: str) -> None:
    """Let nothing stand on the sheet past the id `after`: its messages are on none. Raises Conflict if it changed meanwhile."""
    there = table.get(keys.sheet(sender, after))
    if there:
        table.write([_put(sender, Sheet(after, after, (), there["version"], there["expires"]))])


def _put(sender: str, sheet: Sheet) -> Write:
    pk, sk = keys.sheet(sender, sheet.after)
    return table.put(
        {
            "pk": pk,
            "sk": sk,
            "through": sheet.through,
            "lines": sheets.packed(sheet.lines),
            "version": sheet.version + 1,
            "expires": sheet.expires,
        },
        was=sheet.version or None,
    )


def _to_sheet(item: Item) -> Sheet:
    return Sheet(
        item["sk"].removeprefix("f#"),
        item["through"],
        sheets.unpacked(item["lines"]),
        item["version"],
        item["expires"],
    )


def _to_waiting(item: Item) -> Waiting:
    message, state = message_items.to_message(item, {}), message_items.to_state(item)
    return Waiting(sheets.line(message, state), item["version"], item["expires"])
