"""The feed: what happened that is worth telling, for live views."""

from datetime import datetime

from msgspec import Struct

from chalicelib.domain.events import EventKind
from chalicelib.domain.letters import push
from chalicelib.routes.contacts import PageQuery
from chalicelib.routes.cursors import cursor, position
from chalicelib.routes.dispatch import Call
from chalicelib.routes.shapes import VerdictShape, as_time, verdict_shape
from chalicelib.store import outbox
from chalicelib.store.outbox import Entry


class FeedEntry(Struct, frozen=True):
    """One thing that happened, in words and in parts. `at` is when it happened, `told_at` when it was certain enough."""

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


class Feed(Struct, frozen=True):
    """Entries, oldest first. `next` is always there: ask again with it for what came since."""

    items: list[FeedEntry]
    next: str | None


def listed(call: Call, query: PageQuery) -> Feed:
    """What happened past `after`, newest last."""
    after = position("feed", query.after)
    found = outbox.told(call.sender, after=after or "", limit=query.limit)
    last = found[-1].position if found else after
    return Feed([_entry(each) for each in found], cursor("feed", last))


def _entry(entry: Entry) -> FeedEntry:
    told = entry.notification
    return FeedEntry(
        id=f"{told.message}:{told.what}",
        kind=told.kind,
        at=as_time(told.at),
        told_at=as_time(entry.at),
        message=told.message,
        subject=told.subject,
        recipient=told.email,
        link=told.link or None,
        text=push(told).title,
        verdict=verdict_shape(told.verdict),
    )
