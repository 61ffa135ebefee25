"""What did not happen comes due: reminders and digests. Each is an item in the due list, and costs nothing before."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict
from chalicelib.domain.telling import digests
from chalicelib.domain.telling.reminders import Reminder, come_due
from chalicelib.log import logger
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages, threads
from chalicelib.store.telling import reminders
from chalicelib.store.telling.reminders import Digest
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising
from chalicelib.work.telling import todays, writing
from chalicelib.work.turns import Kind, NoMore

SOON = 60.0  # seconds after which a digest that broke off is tried again
Name = tuple[str, str]
"""A reminder, by its sender and message."""


def _reminders(due: Sequence[Name], at: float, now: float) -> Iterable[tuple[str, Name]]:
    """Put what reminders have to tell into the outbox."""
    for sender, message in due:
        reminder = reminders.load(sender, message)
        if reminder is not None and reminder.at <= at:
            _remind(reminder, accounts.load(sender), now)
    return ()


def _remind(reminder: Reminder, account: Account | None, now: float) -> None:
    """Put what a reminder has to tell into the outbox: as of when it was due, whenever that succeeds."""
    stored = messages.load(reminder.sender, reminder.message)
    if stored is None or account is None or stored.message.prepared:
        reminders.remove(reminder.sender, reminder.message)
        return
    message, zone = stored.message, account.time_zone
    people = contacts.load(reminder.sender, [each.email for each in message.recipients if not each.erased])
    seen = {each.email: advising.seen(each, zone, reminder.at) for each in people}
    pictures = [seen.get(each.email) for each in message.recipients]
    thread = threads.since(message, stored.state)
    patience = account.preferences.remind
    found = come_due(reminder, message, stored.state, pictures, thread, patience, zone)
    told = () if stored.state.muted else found.notifications
    with suppress(Conflict):  # another tells it, or it was changed
        reminders.come(reminder, found.left, told, now)


def _digests(due: Sequence[str], at: float, now: float) -> Iterable[tuple[str, str]]:
    """Mail a digest; one that has nothing to say is skipped. Raises NoMore where SES has no room yet."""
    for sender in due:
        waiting = reminders.digest(sender)
        if waiting is not None and waiting.due_at <= at and not _digest(sender, waiting, now):
            raise NoMore
    return ()


def _digest(sender: str, digest: Digest, now: float) -> bool:
    """Whether SES may have room for more. However often it is tried, it is the same digest."""
    again = now + SOON
    if not reminders.claim_digest(sender, digest.due_at, again):
        return True
    account = accounts.load(sender)
    next_at = digests.next_at(account.preferences.digest, account.time_zone, now) if account else None
    if account is None or next_at is None:
        reminders.plan_digest(sender, None, now)
        return True
    today = todays.today(account, digest.until, digest.since)
    if not today.empty and account.preferences.email:
        try:
            mail.send(writing.digest(account, today), owning.where_told(account), account.name)
        except mail.NoRoom as full:
            logger().warning("SES has no room: a digest waits.", extra={"reason": str(full)})
            return False
        except mail.Undeliverable as failure:
            logger().error("SES refuses a digest.", extra={"reason": str(failure)})
    reminders.digest_sent(sender, again, next_at, digest.until)
    return True


REMINDERS = Kind("reminders", 4.0, lambda at: [(name[0], name) for name in reminders.due(at)], _reminders)
DIGESTS = Kind("digests", 4.0, lambda at: [(sender, sender) for sender in reminders.digests(at)], _digests)
"""What did not happen, and what did: each sender has a turn."""
