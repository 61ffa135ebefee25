"""Telling the sender: a notification is claimed, sent on each channel that the sender wants, and marked.

Between the service's yes and the mark there is a moment at which a crash makes it go out again: the one exception to
*once* (README.md, *What can go wrong*).
"""

from chalicelib.config import config
from chalicelib.domain.accounts import Account, wants
from chalicelib.domain.letters import letter, push
from chalicelib.domain.notifications import Notification
from chalicelib.log import count, logger
from chalicelib.senders import mail
from chalicelib.senders import push as pushes
from chalicelib.store import accounts, outbox
from chalicelib.store.keys import Key
from chalicelib.work import delivering, owning


def tell(notification: Notification, key: Key, by: str) -> None:
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
    if account.preferences.email and "email" not in sent:
        outbox.mark(key, "email", _mail(notification, account))
        count(config().stage, "Notifications", 1, notification.at, "channel=email", message_id=notification.message)
    if account.preferences.push:
        _push(notification, key, sent.get("push", "").split())


def _mail(notification: Notification, account: Account) -> str:
    try:
        return mail.send(letter(notification, account.time_zone), owning.where_told(account), account.name)
    except mail.Undeliverable as failure:
        logger().error(
            "SES refuses a notification.", extra={"message_id": notification.message, "reason": str(failure)}
        )
        return "refused"


def _push(notification: Notification, key: Key, done: list[str]) -> None:
    """Push to each device that has not got it, noted one by one: what one device's failure repeats, the others have."""
    for device in accounts.devices(notification.sender):
        if device.id in done:
            continue
        try:
            pushes.send(push(notification), device.endpoint)
        except pushes.Gone:
            accounts.remove_device(notification.sender, device.id)
        else:
            done.append(device.id)
            outbox.mark(key, "push", " ".join(done))
            count(config().stage, "Notifications", 1, notification.at, "channel=push", message_id=notification.message)
