"""Webhooks, with their secrets: what signs has to be kept as it is."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.webhooks import Failure, Outcome, Webhook
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.accounts import additions
from chalicelib.store.dynamodb.values import Item, readable

MOST_WEBHOOKS = 10
_LIST = "webhooks"


def listed(sender: str) -> list[Webhook]:
    """A sender's webhooks: MOST_WEBHOOKS at most."""
    found, _ = table.page(keys.desk(sender), "w#", "w$", limit=MOST_WEBHOOKS)
    return [_to_webhook(item) for item in found]


def load(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Webhook | None]:
    """Those of the webhooks, each by its sender and its id, that are there still; None for one that cannot be read."""
    found = table.get_many(keys.webhook(*each) for each in wanted)
    return {_name(item): readable(_to_webhook, item) for item in found}


def add(webhook: Webhook, was: int | None) -> None:
    """Put a new webhook. Raises Conflict if there is one with its id, or another was added since there were `was` additions."""
    added = additions.one_more(webhook.sender, "webhooks", was)
    table.write([table.put(_of_webhook(webhook), was=None), added])


def save(webhook: Webhook) -> Webhook:
    """Put a webhook that changed; as it is then. Raises Conflict where it was changed or removed meanwhile."""
    changed = replace(webhook, version=webhook.version + 1)
    table.write([table.put(_of_webhook(changed), was=webhook.version)])
    return changed


def due(until: float) -> list[tuple[str, tuple[str, str]]]:
    """The webhooks, each by its sender and its id, for which something waits until `until` or earlier, longest first."""
    found = due_list.due(due_list.shards(_LIST), until)
    names = [(key.pk.removeprefix("s#"), key.sk.removeprefix("w#")) for key, _ in found]
    return [(name[0], name) for name in names]


def remove(sender: str, webhook_id: str) -> None:
    """Take a webhook away. What is on its way to it ends there."""
    table.delete([keys.webhook(sender, webhook_id)])


def _of_webhook(webhook: Webhook) -> Item:
    pk, sk = keys.webhook(webhook.sender, webhook.id)
    return {
        "pk": pk,
        "sk": sk,
        "url": webhook.url,
        "kinds": [kind.value for kind in webhook.kinds],
        "secret": webhook.secret,
        "created_at": webhook.created_at,
        "tried_at": webhook.tried_at,
        "outcome": webhook.outcome,
        "failing_since": webhook.failing_since,
        "disabled_at": webhook.disabled_at,
        "due_shard": None if webhook.due_at is None else due_list.shard(_LIST, keys.Key(pk, sk)),
        "due_at": webhook.due_at,
        "joined_at": webhook.joined_at,
        "version": webhook.version,
    }


def _name(item: Item) -> tuple[str, str]:
    """Its sender and its id."""
    return item["pk"].removeprefix("s#"), item["sk"].removeprefix("w#")


def _to_webhook(item: Item) -> Webhook:
    sender, webhook_id = _name(item)
    return Webhook(
        id=webhook_id,
        sender=sender,
        url=item["url"],
        kinds=tuple(NotificationKind(kind) for kind in item.get("kinds", ())),
        secret=item["secret"],
        created_at=item["created_at"],
        tried_at=item.get("tried_at"),
        outcome=_to_outcome(item.get("outcome")),
        failing_since=item.get("failing_since"),
        disabled_at=item.get("disabled_at"),
        due_at=item.get("due_at"),
        joined_at=item.get("joined_at"),
        version=item["version"],
    )


def _to_outcome(value: int | str | None) -> Outcome | None:
    return Failure(value) if isinstance(value, str) else value
