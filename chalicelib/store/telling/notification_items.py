"""A notification and its item side by side."""

from dataclasses import fields

from chalicelib.domain.messages import Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.store import keys
from chalicelib.store.dynamodb.values import Item, fields_of
from chalicelib.store.tracking.event_items import of_verdict, to_verdict


def of_notification(notification: Notification, at: float, expires: int) -> Item:
    """A notification, decided at `at`."""
    key = keys.notification(notification.sender, at, notification.at, notification.id)
    content = fields_of(notification) | {"verdict": of_verdict(notification.verdict), "kind": notification.kind.value}
    content["among"] = [fields_of(each) for each in notification.among]
    return {"pk": key.pk, "sk": key.sk, **content, "decided_at": at, "expires": expires}


def to_notification(item: Item) -> Notification:
    """The notification of an item."""
    content = {each.name: item[each.name] for each in fields(Notification) if each.name in item}
    content["among"] = tuple(Recipient(**each) for each in item.get("among", ()))
    return Notification(**{**content, "verdict": to_verdict(item["verdict"]), "kind": NotificationKind(item["kind"])})
