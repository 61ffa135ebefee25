"""The table's stream, read: what a batch of its records says in words of ours.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.store import keys
from chalicelib.store.dynamodb.values import from_wire, readable
from chalicelib.store.telling import deliveries, notification_items
from chalicelib.store.telling.deliveries import Delivery
from chalicelib.store.tracking.event_items import to_event


@record
class Change:
    """One new item that something follows from: an event, a notification with its key, its delivery to a webhook, or the
    request for a code or an alert, with its key.

    `sequence` is the record's place in its shard, `id` its own name, the same at each delivery; `at` is when the item
    was written, unix seconds (the stream rounds it down to the second). `record` is all of it, as it came.
    """

    sequence: str
    id: str
    at: float
    record: Mapping[str, Any]
    event: Event | None = None
    notification: Notification | None = None
    key: keys.Key | None = None
    delivery: Delivery | None = None
    wants_code: bool = False
    alerts: bool = False

    @property
    def readable(self) -> bool:
        """Whether this version knows what it is."""
        return (
            self.wants_code
            or self.alerts
            or any(each is not None for each in (self.event, self.notification, self.delivery))
        )


def changes(batch: dict[str, Any]) -> list[Change]:
    """The new events, notifications, deliveries, requests for codes and alerts in a batch.

    Nothing follows from changed or removed items.
    """
    return [found for record in batch["Records"] if (found := _change(record)) is not None]


def failures(sequences: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The answer that makes Lambda deliver again from the first failed record on.

    https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
    """
    return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in sorted(sequences, key=int)[:1]]}


def _change(record: dict[str, Any]) -> Change | None:
    content = record["dynamodb"]
    if record["eventName"] != "INSERT" or "moved" in content.get("NewImage", {}):
        return None  # what was moved here from elsewhere (infra/deploy/moving.py) was followed there
    key = keys.Key(content["Keys"]["pk"]["S"], content["Keys"]["sk"]["S"])
    change = Change(
        sequence=content["SequenceNumber"],
        id=record["eventID"],
        at=content["ApproximateCreationDateTime"],
        record=record,
    )
    image = content["NewImage"]
    if key.sk.startswith("e#"):
        return replace(change, event=readable(lambda wire: to_event(from_wire(wire)), image))
    if key.sk.startswith("n#"):
        news = readable(lambda wire: notification_items.to_notification(from_wire(wire)), image)
        return replace(change, key=key, notification=news)
    if key.sk.startswith("p#"):
        return replace(change, delivery=readable(lambda wire: deliveries.to_delivery(from_wire(wire)), image))
    if key.sk.startswith("code#"):
        return replace(change, key=key, wants_code=True)
    if key.sk.startswith("l#"):
        return replace(change, key=key, alerts=True)
    return None
