"""A push brought to one device: by SNS to a phone, by its own service to a browser. What a browser's service does not take
waits by itself, so that its trouble holds up no other channel.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from importlib import import_module
from types import ModuleType

from chalicelib.config import config
from chalicelib.domain.accounts import Device, Platform
from chalicelib.domain.letters import Push
from chalicelib.domain.records import record
from chalicelib.domain.web_push import Carriage, Fate, carriage, fate, payload
from chalicelib.domain.webhooks import Failure, next_try
from chalicelib.log import logger
from chalicelib.senders import push as phones
from chalicelib.senders import webhook
from chalicelib.store.accounts import accounts
from chalicelib.store.keys import Key
from chalicelib.store.telling import pushes
from chalicelib.store.telling.pushes import WaitingPush
from chalicelib.work.telling.delivering import BEHIND, IN_PASSING, LONGEST_ROUND, SIDE_BY_SIDE
from chalicelib.work.turns import Kind

Keys = tuple[Key, ...]
_ENDS = (Fate.GONE, Fate.REFUSED)


@record
class Tried:
    """What came of a push: its fate, the service's status (None: no answer), what it said, and after how many seconds it wants
    to be asked again.
    """

    fate: Fate
    status: int | None = None
    said: str = ""
    retry_after: int | None = None


def bring(told: Iterable[tuple[Device, Push]], sender: str, at: float) -> Iterator[tuple[Device, bool | Exception]]:
    """Push to a sender's devices: of each, whether it has its push, or will have it; False where it is gone, and was removed;
    or what failed.

    Phones come one by one. Browsers are asked side by side, and for IN_PASSING seconds: who is slower, or has a push waiting
    already, is asked by the schedule, since others wait behind this.
    """
    browsers: list[tuple[Device, Push]] = []
    for device, push in told:
        if device.platform is Platform.WEB:
            browsers.append((device, push))
            continue
        try:
            yield device, attempt(push, device, sender, carriage(push), at).fate not in _ENDS
        except Exception as failure:  # noqa: BLE001 - the others have their turn
            yield device, failure
    asked = [_Try(device, push, carriage(push)) for device, push in browsers if not pushes.waits(sender, device.id)]
    came = _side_by_side(asked, at, IN_PASSING)
    answers = {each.device.id: tried for each, tried in zip(asked, came, strict=True)}
    for device, push in browsers:
        how = carriage(push)
        tried = answers.get(device.id)
        if tried is None:
            pushes.put(WaitingPush(sender, device.id, how.topic, push, 0, at + how.ttl), next_try(0, at))
        else:
            _settle(tried, device, sender)
            if tried.fate is Fate.LATER:
                _wait(WaitingPush(sender, device.id, how.topic, push, 1, at + how.ttl), tried, at)
        yield device, tried is None or tried.fate not in _ENDS


def attempt(told: Push, device: Device, sender: str, how: Carriage, at: float) -> Tried:
    """Send a push once, and remove the device if it is gone, or takes nothing of ours."""
    if device.platform is Platform.WEB:
        tried = _to_browser(told, device, how, at)
    else:
        try:
            tried = Tried(Fate.TAKEN, None, phones.send(told, device.endpoint))
        except phones.Gone:
            tried = Tried(Fate.GONE)
    _settle(tried, device, sender)
    return tried


def _settle(tried: Tried, device: Device, sender: str) -> None:
    if tried.fate in _ENDS:
        accounts.remove_device(sender, device.id)


@record
class _Try:
    """One push to one browser."""

    device: Device
    push: Push
    how: Carriage


def _side_by_side(asked: Sequence[_Try], at: float, longest: float) -> list[Tried | None]:
    """What came of each try, in their order; None of one that was not begun within `longest` seconds."""
    if not asked:
        return []
    web_push()  # once, and not by all threads at a time
    pool = ThreadPoolExecutor(SIDE_BY_SIDE)
    tries = [pool.submit(_to_browser, each.push, each.device, each.how, at) for each in asked]
    wait(tries, longest)
    pool.shutdown(wait=False, cancel_futures=True)
    late = Tried(Fate.LATER, None, Failure.NO_ANSWER.value)
    return [None if tried.cancelled() else tried.result() if tried.done() else late for tried in tries]


def _by_device(at: float) -> list[tuple[str, Keys]]:
    """What is due, each device's in pieces of its own."""
    queues: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for sender, key in pushes.due(at):
        queues[sender, pushes.device_of(key)].append(key)
    return [(sender, tuple(found[:BEHIND])) for (sender, _), found in queues.items()]


def _again(devices: Sequence[Keys], at: float, now: float) -> Iterable[tuple[str, Keys]]:
    """Try the first push of each of these devices, and where its service takes that, the others; else they wait with it."""
    queues = [queue for keys in devices if (queue := pushes.load(keys))]
    ready: list[WaitingPush] = []
    for (_, *others), due in zip(queues, _round([queue[0] for queue in queues], at), strict=True):
        if due is None:
            ready += others
        else:
            for each in others:
                pushes.postpone(each, due)
    _round(ready, at)
    return ()


PUSHES = Kind("pushes", 7.0, _by_device, _again, together=SIDE_BY_SIDE)
"""Pushes to browsers that their services did not take yet. A service that is slow or down costs one try a turn."""


def _round(waiting: Sequence[WaitingPush], at: float) -> list[float | None]:
    """Try these pushes, LONGEST_ROUND seconds at most: when each is due again, None where its service took it or it ended.

    What was not begun in time is due as before.
    """
    tries = [_try_again(each, at) for each in waiting]
    asked = [each for each in tries if each is not None]
    came = iter(_side_by_side(asked, at, LONGEST_ROUND))
    return [
        None if again is None else _came(each, again.device, next(came), at)
        for each, again in zip(waiting, tries, strict=True)
    ]


def _try_again(waiting: WaitingPush, at: float) -> _Try | None:
    device, account = accounts.device(waiting.sender, waiting.device), accounts.load(waiting.sender)
    if device is None or account is None or not account.preferences.push or at >= waiting.until:
        pushes.remove(waiting)
        return None
    return _Try(device, waiting.push, replace(carriage(waiting.push), ttl=int(waiting.until - at)))


def _came(waiting: WaitingPush, device: Device, tried: Tried | None, at: float) -> float | None:
    if tried is None:
        return at
    _settle(tried, device, waiting.sender)
    if tried.fate is Fate.LATER:
        return _wait(replace(waiting, tries=waiting.tries + 1), tried, at)
    pushes.remove(waiting)
    return None


def _wait(waiting: WaitingPush, tried: Tried, at: float) -> float:
    """Let a push wait until that time, unless it is worth nothing by then."""
    due = at + tried.retry_after if tried.retry_after else next_try(max(waiting.tries - 1, 0), at)
    if due < waiting.until:
        pushes.put(waiting, due)
    else:
        pushes.remove(waiting)
    return due


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
