"""What did not happen comes due: reminders and digests. Each is an item in the due list, and costs nothing before."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest

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
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising
from chalicelib.work.telling import todays, writing

MOST_REMINDERS = 200  # of a tick: the others come in the next
SOON = 300.0  # seconds after which a digest that broke off is tried again


def remind(at: float, now: float) -> None:
    """Put what the reminders that are due at `at` have to tell into the outbox, a sender's turn after the other's.

    One's failure is no other's: it is logged, and due again.
    """
    by_sender: dict[str, list[Reminder]] = defaultdict(list)
    for each in reminders.due(at):
        by_sender[each.sender].append(each)
    known = {sender: accounts.load(sender) for sender in by_sender}
    for each in in_turns(list(by_sender.values()))[:MOST_REMINDERS]:
        try:
            _remind(each, known[each.sender], at, now)
        except Exception:  # noqa: BLE001 - the others wait
            logger().exception("A reminder could not be told.", extra={"message_id": each.message})


def in_turns(queues: Sequence[Sequence[Reminder]]) -> list[Reminder]:
    """The first of each, then the second of each, and so on."""
    return [each for turn in zip_longest(*queues) for each in turn if each is not None]


def _remind(reminder: Reminder, account: Account | None, at: float, now: float) -> None:
    stored = messages.load(reminder.sender, reminder.message)
    if stored is None or account is None:
        return reminders.remove(reminder.sender, reminder.message)
    message, zone = stored.message, account.time_zone
    people = contacts.load(reminder.sender, [each.email for each in message.recipients if not each.erased])
    seen = {each.email: advising.seen(each, zone, at) for each in people}
    pictures = [seen.get(each.email) for each in message.recipients]
    thread = threads.since(message, stored.state)
    patience = account.preferences.remind
    found = come_due(reminder, message, stored.state.tallies, pictures, thread, patience, zone, at)
    told = () if stored.state.muted else found.notifications
    with suppress(Conflict):  # another tells it, or it was changed
        reminders.come(reminder, found.left, told, now)


def digest(at: float, now: float) -> None:
    """Mail the digests that are due at `at`; one that has nothing to say is skipped.

    Ends where SES has no room yet: the others wait on.
    """
    for sender, due_at, since in reminders.digests(at):
        try:
            if not _digest(sender, due_at, since, now):
                return
        except Exception:  # noqa: BLE001 - it is claimed, so it comes round again; the others have their turn
            logger().exception("A digest could not be mailed.")


def _digest(sender: str, due_at: float, since: float, now: float) -> bool:
    """Whether SES may have room for more."""
    again = now + SOON
    if not reminders.claim_digest(sender, due_at, again):
        return True
    account = accounts.load(sender)
    next_at = digests.next_at(account.preferences.digest, account.time_zone, now) if account else None
    if account is None or next_at is None:
        reminders.plan_digest(sender, None, now)
        return True
    today = todays.today(account, now, since)
    if not today.empty and account.preferences.email:
        try:
            mail.send(writing.digest(account, today), owning.where_told(account), account.name)
        except mail.NoRoom as full:
            logger().warning("SES has no room: a digest waits.", extra={"reason": str(full)})
            return False
        except mail.Undeliverable as failure:
            logger().error("SES refuses a digest.", extra={"reason": str(failure)})
    reminders.digest_sent(sender, again, next_at, now)
    return True
