"""Where a reader of the feed stands: what was given, so that all that comes is given, and nothing twice where it can be helped.

Entries stand in the order in which they were decided, but one may come as much as OVERLAP behind a later one. So a place
names what was given of the last OVERLAP, and that stretch is looked at again each time. After a burst those are too many
to name: then the stretch is given once more when it is certain that nothing comes late into it any more. So every entry is
given at least once and twice at most, and each page leads on.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.records import field, record

OVERLAP = 120.0
"""Seconds that a function may run. An entry's place is when its function was called, so it may come behind a later one."""

MOST_NAMED = 300
_NAME = 8  # characters of an entry's short name
_LAST = 1e10  # unix seconds beyond which no place of ours is
_KEY = re.compile(r"[!-:<-~]{0,300}")  # in printable ASCII, but the semicolon


class Seen(NamedTuple):
    """An entry that was looked at: its key, by which they are ordered, its short name, and when it was decided."""

    key: str
    name: str
    at: float


@record
class Place:
    """All until `floor` was given, and what `named` names, by when it was decided. `newest` is the newest time that was given.

    From `again_from` until `again_to` entries are given once more, since something may have come late between them.
    """

    newest: float = 0.0
    floor: str = ""
    again_from: str = ""
    again_to: str = ""
    named: dict[str, float] = field(default_factory=dict)


def after(place: Place, looked_at: Sequence[Seen]) -> Place:
    """The place after all of these were given, or had been: they are in order, and none before them is left to give."""
    newest = max([place.newest, *(each.at for each in looked_at)])
    within = [each for each in looked_at if each.at >= newest - OVERLAP]
    beyond = {name: at for name, at in place.named.items() if at >= newest - OVERLAP}
    named = {each.name: each.at for each in within} | beyond
    moved = replace(place, newest=newest, named=named)
    if len(named) <= MOST_NAMED:
        return moved
    most = min(len(within), len(named) - MOST_NAMED // 2)  # so that it need not be done for each page
    dropped = within[: max(most, 1)]
    for each in dropped:
        named.pop(each.name)
    waiting = place.again_from < place.again_to
    again_from = place.again_from if waiting else max(place.again_from, milliseconds(newest - OVERLAP))
    return replace(moved, floor=dropped[-1].key, again_from=again_from, again_to=max(place.again_to, dropped[-1].key))


def settled(place: Place, at: float) -> str:
    """The key until which entries are to be given once more at `at`; "" where there are none yet, or no more."""
    end = min(place.again_to, milliseconds(at - OVERLAP))
    return end if place.again_from < end else ""


def given_again(place: Place, until: str) -> Place:
    """The place after the entries until this key were given once more."""
    return replace(place, again_from=until)


def written(place: Place) -> str:
    """A place as a cursor holds it."""
    named = [f"{name}{place.newest - at:.0f}" for name, at in place.named.items()]
    return ";".join([f"{place.newest}", place.floor, place.again_from, place.again_to, *named])


def read(text: str) -> Place:
    """The place that a cursor holds. Raises ValueError for what is none."""
    newest, floor, again_from, again_to, *named = text.split(";")
    since = float(newest)
    if not 0 <= since < _LAST or not all(map(_KEY.fullmatch, (floor, again_from, again_to))):
        raise ValueError(text)
    return Place(since, floor, again_from, again_to, {each[:_NAME]: since - int(each[_NAME:]) for each in named})


def milliseconds(at: float) -> str:
    """A time as keys begin with it."""
    return f"{round(max(at, 0.0) * 1000):013d}"
