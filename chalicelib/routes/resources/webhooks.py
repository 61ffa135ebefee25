"""The API's calls on webhooks."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.webhook_targets import LONGEST
from chalicelib.domain.webhooks import Failure, Webhook
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Input, Time, as_time, as_time_if
from chalicelib.store.telling import webhooks
from chalicelib.work.accounts import registering


class NewWebhook(Input, frozen=True):
    """An https URL that is to be posted each entry of the feed, or those of some kinds only."""

    url: Annotated[str, Meta(max_length=LONGEST)]
    kinds: tuple[NotificationKind, ...] = ()


class WebhookShape(Struct, frozen=True):
    """A webhook and how its last try went: `last_status` is HTTP's; where there was no answer `last_failure` says why.

    No `kinds` are all. While it is failing it is tried again, once it is disabled not any more. `secret` signs what it is
    posted, and is given once: when it is made.
    """

    id: str
    url: str
    kinds: tuple[NotificationKind, ...]
    created_at: Time
    last_tried_at: Time | None
    last_status: int | None
    last_failure: Failure | None
    failing_since: Time | None
    disabled_at: Time | None
    secret: str | UnsetType = UNSET


class WebhookList(Struct, frozen=True):
    """The sender's webhooks."""

    items: list[WebhookShape]
    next: None = None


def create(call: Call, body: NewWebhook) -> WebhookShape:
    """Post each new feed entry to a URL, signed as Standard Webhooks specifies."""
    made = registering.add_webhook(call.sender, body.url, body.kinds, call.at)
    return _shape(made, made.secret)


def listed(call: Call) -> WebhookList:
    """The sender's webhooks, and the status of each."""
    return WebhookList([_shape(each) for each in webhooks.listed(call.sender)])


def remove(call: Call, id: str) -> None:
    """Remove a webhook."""
    registering.remove_webhook(call.sender, id)


def _shape(webhook: Webhook, secret: str | UnsetType = UNSET) -> WebhookShape:
    outcome = webhook.outcome
    return WebhookShape(
        id=webhook.id,
        url=webhook.url,
        kinds=webhook.kinds,
        created_at=as_time(webhook.created_at),
        last_tried_at=as_time_if(webhook.tried_at),
        last_status=None if isinstance(outcome, Failure) else outcome,
        last_failure=outcome if isinstance(outcome, Failure) else None,
        failing_since=as_time_if(webhook.failing_since),
        disabled_at=as_time_if(webhook.disabled_at),
        secret=secret,
    )
