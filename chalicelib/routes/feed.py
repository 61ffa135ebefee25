"""The feed: what happened that is worth telling, for live views."""

from datetime import datetime

from msgspec import Struct

from chalicelib.domain.events import EventKind
from chalicelib.domain.letters import push
from chalicelib.domain.refusals import BadInput
from chalicelib.routes.cursors import cursor, position
from chalicelib.routes.dispatch import Call
from chalicelib.routes.shapes import PageQuery, VerdictShape, as_time, verdict_shape
from chalicelib.store import outbox
from chalicelib.store.outbox import OVERLAP, Entry

LAST = 1e10  # unix seconds beyond which no cursor of ours points
LONGEST_POSITION = 6_000  # characters: a URL has to hold it
NAME = 8  # characters of an entry's short name
MOST_NAMED = 400  # entries of the last minute that a cursor names; of more, some may be given twice


class FeedEntry(Struct, frozen=True):
    """One thing that happened, in words and in parts. `at` is when it happened, `told_at` when it was certain enough.

    A `correction` takes back an earlier entry: it did not happen after all.
    """

    id: str
    kind: EventKind
    at: datetime
    told_at: datetime
    message: str
    subject: str
    recipient: str
    link: str | None
    text: str
    verdict: VerdictShape
    correction: bool


class Feed(Struct, frozen=True):
    """Entries, oldest first. `next` is always there: ask again with it for what came since."""

    items: list[FeedEntry]
    next: str


def listed(call: Call, query: PageQuery) -> Feed:
    """What happened past `after`, newest last.

    Two folds may end in another order than they began. So the cursor names, beside a time, what was given of the last
    minute before it: what comes late is given late, and nothing is given twice.
    """
    since, seen = _read(position("feed", query.after, LONGEST_POSITION))
    found = outbox.told(call.sender, since=since, seen=frozenset(seen), limit=query.limit)
    newest = max([since, *(entry.at for entry in found)])
    given = seen | {entry.position: entry.at for entry in found}
    recent = [f"{name}{newest - at:.0f}" for name, at in given.items() if at >= newest - OVERLAP]
    return Feed([_shape(each) for each in found], cursor("feed", ";".join([f"{newest}", *recent[-MOST_NAMED:]])) or "")


def _read(where: str | None) -> tuple[float, dict[str, float]]:
    """The time that a cursor holds, and the entries shortly before it, each with its own."""
    if where is None:
        return 0.0, {}
    try:
        newest, *recent = where.split(";")
        since = float(newest)
        if not 0 <= since < LAST:
            raise ValueError(newest)
        return since, {each[:NAME]: since - int(each[NAME:]) for each in recent}
    except ValueError as failure:
        raise BadInput("This is no cursor of this list: take it from the list's “next”.", "after") from failure


def _shape(entry: Entry) -> FeedEntry:
    told = entry.notification
    return FeedEntry(
        id=told.id,
        kind=told.kind,
        at=as_time(told.at),
        told_at=as_time(entry.at),
        message=told.message,
        subject=told.subject,
        recipient=told.email,
        link=told.link or None,
        text=push(told).title,
        verdict=verdict_shape(told.verdict),
        correction=told.correction,
    )
