"""Packing: messages that are old enough go on sheets, which searches look at in their place (store/messages/sheets.py).

It takes two runs. The first announces which messages may go on sheets: from then on each change of one is noted on a slip.
The second, when no fold is under way any more that did not know, puts them there, so many on each. A sheet is read against
its messages once it is written: what changed in between, or is being erased, does not stay on it.
"""

from collections.abc import Iterable, Sequence

from chalicelib.domain.messages import last_id, made_at
from chalicelib.domain.sheets import LINES, MATURE
from chalicelib.store.erasure import erasures
from chalicelib.store.messages import sheets
from chalicelib.store.messages.sheets import Standing, Waiting
from chalicelib.work.turns import Clock, Kind, turns

SECONDS = 120.0
"""Of the hour's call; what is left goes on an hour later."""

ANNOUNCED_FOR = 1_800.0
"""Seconds after which nothing is under way that began before an announcement: twice what a function may take."""

_TRIES = 3


def run(at: float, clock: Clock, active: Iterable[str] = (), lines: int = LINES) -> None:
    """Put the messages of senders on sheets who wait for that at `at`, or to whom something happened: `active`.

    Each has a turn, one sheet, before any has a second.
    """

    def waiting(at: float) -> list[tuple[str, str]]:
        listed = sheets.due(at)
        return [(sender, sender) for sender in dict.fromkeys([*listed, *active])]

    def act(some: Sequence[str], at: float, now: float) -> list[tuple[str, str]]:
        return [(sender, sender) for sender in some if _pack(sender, at, lines)]

    kind = Kind("sheets", SECONDS, waiting, act, about=lambda sender: {"sender": sender})
    next(turns(kind, at, at, clock), None)


def _pack(sender: str, at: float, lines: int) -> bool:
    """Fill the sender's next sheet, if there are messages for it; whether there may be one more."""
    standing = sheets.standing(sender)
    if standing is None or (standing.due_at is not None and standing.due_at > at):
        return False
    some = sheets.waiting(sender, standing.through, lines)
    if len(some) < lines:
        _wait(sender, standing, None)
        return False
    last, ready_at = some[-1].line.id, standing.announced_at + ANNOUNCED_FOR
    if last > standing.until:
        return _announced(sender, standing, last, at)
    if at < ready_at:
        _wait(sender, standing, ready_at)
        return False
    through = _written(sender, standing, some)
    return bool(through) and sheets.note(sender, standing, standing._replace(through=through, due_at=at))


def _announced(sender: str, standing: Standing, last: str, at: float) -> bool:
    """That no sheet may follow at once: up to `last` nothing was announced, and now it is, as soon as it is old enough."""
    mature = last_id(at - MATURE)
    if last > mature:
        _wait(sender, standing, made_at(last) + MATURE)
    else:
        changed = standing._replace(until=mature, announced_at=at, due_at=at + ANNOUNCED_FOR)
        sheets.note(sender, standing, changed)
    return False


def _wait(sender: str, standing: Standing, until: float | None) -> None:
    if until != standing.due_at:
        sheets.note(sender, standing, standing._replace(due_at=until))


def _written(sender: str, standing: Standing, some: Sequence[Waiting]) -> str:
    """The last of these messages, once they are on a sheet as they are; "" where that has to wait: as long as something is
    being erased, which might be of them, or they change each time.
    """
    after, many = standing.through, len(some)
    for _ in range(_TRIES):
        if erasures.under_way(sender) or len(some) < many or some[-1].line.id > standing.until:
            return ""
        sheets.write(sender, after, some)
        again = sheets.waiting(sender, after, many)
        if again == some and not erasures.under_way(sender):
            return str(some[-1].line.id)
        sheets.tear(sender, after)
        some = again
    return ""
