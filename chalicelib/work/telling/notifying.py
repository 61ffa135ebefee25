"""Telling the sender: a notification is claimed, sent on each channel that the sender wants, and marked.

A mail that SES has no room for waits in the due list, and the stream goes on: a quota may be spent for a day.
Between the service's yes and the mark there is a moment at which a crash makes it go out again: the one exception to
*once* (README.md, *What can go wrong*).
"""

from collections.abc import Iterable, Sequence

from chalicelib.config import config
from chalicelib.domain.accounts import Account, wants
from chalicelib.domain.letters import letter, push
from chalicelib.domain.notifications import Notification
from chalicelib.domain.webhooks import MOST_TRIES, next_try
from chalicelib.log import count, logger
from chalicelib.senders import mail
from chalicelib.senders import push as pushes
from chalicelib.store.accounts import accounts
from chalicelib.store.keys import Key
from chalicelib.store.telling import outbox
from chalicelib.store.telling.outbox import Waiting
from chalicelib.work.accounts import alerting, codes, owning
from chalicelib.work.telling import delivering
from chalicelib.work.turns import Kind, NoMore


def tell(notification: Notification, key: Key, by: str, now: float) -> None:
    """Send a notification of the outbox. `by` names the stream's record that brought it.

    Webhooks are told of all that stands in the feed, the sender of what their preferences say.
    """
    account = accounts.load(notification.sender)
    if account is None:
        return
    delivering.prepare(notification, key)
    if not wants(account.preferences, notification.kind, notification.first):
        return
    sent = outbox.claim(key, by)
    if sent is None:
        return
    waits = account.preferences.email and "email" not in sent and not _mail(notification, key, account)
    if account.preferences.push:
        _push(notification, key, sent.get("push", "").split())
    if waits:
        outbox.put_back(key, next_try(0, now))


def _again(waiting: Sequence[Key], at: float, now: float) -> Iterable[tuple[str, Key]]:
    """Send a mail that waited. Raises NoMore where SES has no room yet: no try of the others is counted."""
    for each in filter(None, map(outbox.waiting, waiting)):
        if each.refused >= MOST_TRIES:
            outbox.record_outcome(each.key, "email", "given up")
            logger().error("SES had no room for a mail, and it is given up.")
        else:
            sent = outbox.claim_waiting(each, next_try(each.refused, at))
            if sent is None:
                continue
            if "email" not in sent and not _mail_waiting(each, now):
                raise NoMore
        outbox.wait_no_more(each.key)
    return ()


CODES = Kind("codes", 5.0, lambda at: [(key.pk, key) for key in outbox.codes_due(at)], _again)
MAILS = Kind("mails", 10.0, outbox.mails_due, _again)
"""Mails, of codes, alerts and notifications, that SES had no room for: each address has its turn, and each sender."""


def _mail_waiting(waiting: Waiting, now: float) -> bool:
    if waiting.wants_code:
        return codes.send(waiting.key, now)
    if waiting.alerts:
        return alerting.send(waiting.key)
    notification = waiting.notification
    if notification is None:
        logger().error("A notification that waits cannot be read.")
        return True
    account = accounts.load(notification.sender)
    return account is None or not account.preferences.email or _mail(notification, waiting.key, account)


def _mail(notification: Notification, key: Key, account: Account) -> bool:
    """Whether the mail is done; False where SES has no room for it."""
    about = {"message_id": notification.message}
    try:
        outcome = mail.send(letter(notification, account.time_zone), owning.where_told(account), account.name)
    except mail.NoRoom as full:
        logger().warning("SES has no room: a notification waits.", extra={"reason": str(full), **about})
        return False
    except mail.Undeliverable as failure:
        logger().error("SES refuses a notification.", extra={"reason": str(failure), **about})
        outcome = "refused"
    outbox.record_outcome(key, "email", outcome)
    count(config().stage, "Notifications", 1, notification.at, "channel=email", **about)
    return True


def _push(notification: Notification, key: Key, done: list[str]) -> None:
    """Push to each device that has not got it, noted one by one. A failure of one rises when the others have it."""
    failed: Exception | None = None
    for device in accounts.devices(notification.sender):
        if device.id in done:
            continue
        try:
            pushes.send(push(notification), device.endpoint)
        except pushes.Gone:
            accounts.remove_device(notification.sender, device.id)
        except Exception as failure:  # noqa: BLE001 - the others have their turn
            failed = failed or failure
        else:
            done.append(device.id)
            outbox.record_outcome(key, "push", " ".join(done))
            count(config().stage, "Notifications", 1, notification.at, "channel=push", message_id=notification.message)
    if failed is not None:
        raise failed
