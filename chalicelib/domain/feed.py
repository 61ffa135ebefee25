"""The feed's entries: what the feed shows and what a webhook is posted, in one shape."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from chalicelib.domain.events import Verdict
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.telling.news import News, headline


@record
class FeedEntry:
    """One thing that happened, in words and in parts. `at` is when it happened, `told_at` when it was certain enough.

    Of a copy that went to several people, `recipient` is empty: it was one of `one_of`. A `correction` takes back an earlier
    entry: it did not happen after all.
    """

    id: str
    kind: NotificationKind
    at: datetime
    told_at: datetime
    message: str
    subject: str
    recipient: str
    one_of: tuple[str, ...]
    link: str | None
    text: str
    verdict: Verdict
    correction: bool


def feed_entry(told: Notification, told_at: float) -> FeedEntry:
    """The entry of a notification that was decided at `told_at`, unix seconds."""
    return FeedEntry(
        id=told.id,
        kind=told.kind,
        at=_time(told.at),
        told_at=_time(told_at),
        message=told.message,
        subject=told.subject,
        recipient=told.email,
        one_of=tuple(each.email for each in told.among),
        link=told.link or None,
        text=str(headline(News(told, told_at, told_at), short=True)),
        verdict=told.verdict.rounded,
        correction=told.correction,
    )


def as_json(entry: FeedEntry) -> bytes:
    """The entry as the API writes it."""
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"), default=_iso).encode()


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(round(at, 3), UTC)


def _iso(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
