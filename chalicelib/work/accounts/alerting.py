"""Alerting: the account's first address is told of what lets somebody act for the sender who could not before.

Whoever did it holds a token already, and may have stolen it: so it goes to the one address that no token can change, however
the sender wants to be told of other things.
"""

from chalicelib.domain.letters import alert_letter
from chalicelib.domain.webhooks import next_try
from chalicelib.log import logger
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts, alerts
from chalicelib.store.keys import Key
from chalicelib.store.telling import outbox


def deliver(key: Key, by: str, now: float) -> None:
    """Mail an alert. `by` names the stream's record that brought it."""
    sent = outbox.claim(key, by)
    if sent is not None and "email" not in sent and not send(key):
        outbox.put_back(key, next_try(0, now))


def send(key: Key) -> bool:
    """Mail an alert: whether that is done, False where SES has no room for it."""
    alert = alerts.load(key)
    account = accounts.load(alert.sender) if alert else None
    if alert is None or account is None:  # erased
        return True
    try:
        outcome = mail.send(
            alert_letter(alert, account.time_zone, account.preferences.language), account.email, account.name
        )
    except mail.NoRoom as full:
        logger().warning("SES has no room: an alert waits.", extra={"reason": str(full)})
        return False
    except mail.Undeliverable as failure:
        logger().error("SES refuses an alert.", extra={"reason": str(failure)})
        outcome = "refused"
    outbox.record_outcome(key, "email", outcome)
    return True
