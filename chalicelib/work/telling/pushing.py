"""A push brought to one device: by SNS to a phone, by its own service to a browser. What a browser's service does not take
waits by itself, so that its trouble holds up no other channel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from types import ModuleType

from chalicelib.config import config
from chalicelib.domain.accounts import Device, Platform
from chalicelib.domain.letters import Push
from chalicelib.domain.records import record
from chalicelib.domain.web_push import Carriage, Fate, carriage, fate, payload
from chalicelib.domain.webhooks import next_try
from chalicelib.log import logger
from chalicelib.senders import push as phones
from chalicelib.senders import webhook
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import pushes
from chalicelib.store.telling.pushes import WaitingPush
from chalicelib.work.turns import Kind


@record
class Tried:
    """What came of a push: its fate, the service's status (None: no answer), what it said, and after how many seconds it wants
    to be asked again.
    """

    fate: Fate
    status: int | None = None
    said: str = ""
    retry_after: int | None = None


def push(told: Push, device: Device, sender: str, at: float) -> bool:
    """Whether a device has a push, or will have it: False where it is gone, and was removed."""
    how = carriage(told)
    tried = attempt(told, device, sender, how, at)
    if tried.fate is Fate.LATER:
        _wait(WaitingPush(sender, device.id, how.topic, told, 1, at + how.ttl), tried, at)
    return tried.fate not in (Fate.GONE, Fate.REFUSED)


def attempt(told: Push, device: Device, sender: str, how: Carriage, at: float) -> Tried:
    """Send a push once, and remove the device if it is gone, or takes nothing of ours."""
    if device.platform is Platform.WEB:
        tried = _to_browser(told, device, how, at)
    else:
        try:
            tried = Tried(Fate.TAKEN, None, phones.send(told, device.endpoint))
        except phones.Gone:
            tried = Tried(Fate.GONE)
    if tried.fate in (Fate.GONE, Fate.REFUSED):
        accounts.remove_device(sender, device.id)
    return tried


def _again(waiting: Sequence[WaitingPush], at: float, now: float) -> Iterable[tuple[str, WaitingPush]]:
    for each in waiting:
        _once_more(each, at)
    return ()


PUSHES = Kind("pushes", 7.0, lambda at: [(each.sender, each) for each in pushes.due(at)], _again)
"""Pushes to browsers that their services did not take yet."""


def _once_more(waiting: WaitingPush, at: float) -> None:
    device = accounts.device(waiting.sender, waiting.device)
    account = accounts.load(waiting.sender)
    if device is None or account is None or not account.preferences.push or at >= waiting.until:
        pushes.remove(waiting)
        return
    how = carriage(waiting.push)
    left = replace(how, ttl=int(waiting.until - at))
    tried = attempt(waiting.push, device, waiting.sender, left, at)
    if tried.fate is Fate.LATER:
        _wait(replace(waiting, tries=waiting.tries + 1), tried, at)
    else:
        pushes.remove(waiting)


def _wait(waiting: WaitingPush, tried: Tried, at: float) -> None:
    due = at + tried.retry_after if tried.retry_after else next_try(waiting.tries - 1, at)
    if due < waiting.until:
        pushes.put(waiting, due)
    else:
        pushes.remove(waiting)


def _to_browser(told: Push, device: Device, how: Carriage, at: float) -> Tried:
    known = device.subscription
    if known is None or not web_push().is_ours(known):
        return Tried(Fate.REFUSED)  # made with a key that we have no more: nothing can be sent to it
    try:
        answer = web_push().send(payload(told, config().public_url), known, how, at)
    except webhook.Unreachable as unreachable:
        return Tried(Fate.LATER, None, unreachable.failure.value)
    tried = Tried(fate(answer.status), answer.status, answer.text.strip(), answer.retry_after)
    if tried.fate in (Fate.REFUSED, Fate.WRONG):
        # Nobody finds it otherwise: Apple, for one, says only here that it does not like the address of MAIL_FROM.
        about = {"status": answer.status, "reason": tried.said, "mail_from": config().mail_from}
        logger().error("A browser's push service refuses our push.", extra=about)
    return tried


def web_push() -> ModuleType:
    """The sender of pushes to browsers, and with it the cryptography: nothing else needs that."""
    return import_module("chalicelib.senders.web_push")
