"""Registering: who may send, and the devices and webhooks by which they are told."""

import secrets
from collections.abc import Collection
from hashlib import sha256
from importlib import import_module

from chalicelib.config import config
from chalicelib.domain.accounts import EVERYTHING, Account, ApiToken, Device, Platform
from chalicelib.domain.errors import BadInput, Conflict, NotFound
from chalicelib.domain.messages import address
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.webhook_targets import target
from chalicelib.domain.webhooks import Webhook, secret_of
from chalicelib.domain.words.sentences import say
from chalicelib.senders import push
from chalicelib.store.accounts import accounts, additions, api_tokens
from chalicelib.store.telling import webhooks
from chalicelib.work.retrying import retried

AGED = 180 * 86_400  # seconds without a visit from a browser


def register(email: str, name: str, time_zone: str, token: str, at: float) -> str:
    """The sender with this address, made if there is none, for whom `token` speaks from now on. Raises BadInput."""
    sender = open_account(email, name, time_zone, at, _name(f"{email} {token}"))
    api_tokens.add(token, ApiToken(api_tokens.id_of(token), sender, "first", EVERYTHING, at))
    return sender


def open_account(email: str, name: str, time_zone: str, at: float, sender: str = "") -> str:
    """The sender with this address, made under the id `sender`, or any, if there is none. Raises BadInput, or Conflict."""
    email = address(email, "email")
    made = Account(sender or secrets.token_hex(8), email, name, time_zone, at)
    if owner := accounts.sender_of_address(email):
        return owner
    try:
        accounts.create(made)
    except Conflict:  # the same person, from another device at the same moment
        if owner := accounts.sender_of_address(email):
            return owner
        raise  # the other write is not done, or was taken back: nobody may speak for an account that there is not
    return made.sender


def add_device(sender: str, platform: Platform, token: str, name: str, at: float) -> Device:
    """A phone for the sender's pushes; the same token again is the same device. Raises BadInput."""
    if len(accounts.devices(sender)) >= accounts.MOST_DEVICES:
        raise _enough()
    endpoint = push.register(platform, token, sender)
    device = Device(_name(f"{sender} {endpoint}"), platform, name, endpoint, at, seen_at=at)
    _add_device(sender, device)
    return device


def add_browser(sender: str, endpoint: str, p256dh: str, auth: str, name: str, at: float) -> Device:
    """A browser for the sender's pushes, by its subscription; the same endpoint again is the same device. Raises BadInput.

    Those that no visit told of for AGED go: a subscription may be dead without its service saying so.
    """
    known = import_module("chalicelib.senders.web_push").subscription(endpoint, p256dh, auth)
    device_id = _name(f"{sender} {endpoint}")
    listed = accounts.devices(sender)
    before = next((each for each in listed if each.id == device_id), None)
    for each in listed:
        if each.subscription and at - (each.seen_at or each.created_at) > AGED:
            accounts.remove_device(sender, each.id)
    made_at = at if before is None else before.created_at
    kept = name or (before.name if before else "")
    device = Device(device_id, Platform.WEB, kept, endpoint, made_at, known, at)
    _add_device(sender, device)
    return device


@retried(50)
def _add_device(sender: str, device: Device) -> None:
    """However many are registered at one moment, each sees those before it. One that is there is no addition."""
    number = additions.number(sender, "devices")  # first: what comes after it changes it
    listed = accounts.devices(sender)
    if any(each.id == device.id for each in listed):
        accounts.add_device(sender, device)
        return
    if len(listed) >= accounts.MOST_DEVICES:
        raise _enough()
    accounts.add_device(sender, device, additions.one_more(sender, "devices", number))


def _enough() -> BadInput:
    return BadInput(say("{n} devices are registered already: remove one first.", n=accounts.MOST_DEVICES), "token")


def remove_device(sender: str, device_id: str) -> None:
    """Send no more pushes to a device. Raises NotFound."""
    known = next((each for each in accounts.devices(sender) if each.id == device_id), None)
    if known is None:
        raise NotFound("No such device.")
    if known.platform is not Platform.WEB:
        push.unregister(known.endpoint, sender)
    accounts.remove_device(sender, device_id)


def add_webhook(sender: str, url: str, kinds: Collection[NotificationKind], at: float) -> Webhook:
    """A new webhook of the sender's, with an id and a secret drawn at random. Raises BadInput, or Conflict."""
    target(url, loopback=config().webhook_loopback)
    wanted = tuple(kind for kind in NotificationKind if kind in kinds)
    webhook = Webhook(secrets.token_hex(8), sender, url, wanted, secret_of(secrets.token_bytes(32)), at)
    _add(webhook)
    return webhook


@retried(50)
def _add(webhook: Webhook) -> None:
    """However many are made at one moment, each sees those before it."""
    version = additions.number(webhook.sender, "webhooks")  # first: what comes after it changes it
    known = webhooks.listed(webhook.sender)
    if len(known) >= webhooks.MOST_WEBHOOKS:
        raise BadInput(say("{n} webhooks are registered already: remove one first.", n=webhooks.MOST_WEBHOOKS), "url")
    webhooks.add(webhook, version)


def remove_webhook(sender: str, webhook_id: str) -> None:
    """Post nothing more to a webhook. Raises NotFound."""
    if not webhooks.load([(sender, webhook_id)]):
        raise NotFound("No such webhook.")
    webhooks.remove(sender, webhook_id)


def _name(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()[:16]
