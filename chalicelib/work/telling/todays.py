"""Today, read from what is kept: what was told lately, the messages and contacts that it is about, and what is due."""

from chalicelib.domain.accounts import Account
from chalicelib.domain.messages import last_id
from chalicelib.domain.telling import today as domain
from chalicelib.domain.telling.today import Entry, Today
from chalicelib.domain.telling.turning_to import Known
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import lists
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import outbox, reminders
from chalicelib.work.contacts import advising

A_DAY = 86_400.0
OPEN_FOR = 7 * A_DAY  # how long somebody who read and did not answer may be written to or called about it
MOST_SENT = 50  # of the newest mails that are looked through for those of which nothing can be known
MOST_COMING = 40  # reminders


def today(account: Account, at: float, since: float | None = None) -> Today:
    """What there is to do at `at`, and what happened since `since` and until `at`: by default, in the last day.

    What is read depends on what happened lately: some hundred entries, their messages and contacts.
    """
    sender, start = account.sender, at - A_DAY if since is None else since
    lately = [each for _, each in outbox.lately(sender, min(start, at - OPEN_FOR), at) if each.decided_at <= at]
    entries = [Entry(each.notification, each.decided_at) for each in lately if each.decided_at > start]
    coming = reminders.coming(sender, MOST_COMING)
    sent, _ = lists.listed(
        sender, lambda stored: not stored.message.prepared, after=last_id(at), limit=MOST_SENT, since=start
    )
    wanted = {each.notification.message for each in lately} | {each.message for each in coming}
    known = {each.message.id: _known(each) for each in (*lists.some(sender, wanted), *sent)}
    emails = {
        recipient.email for each in known.values() for recipient in each.message.recipients if not recipient.erased
    }
    zone = account.time_zone
    pictures = {each.email: advising.seen(each, zone, at) for each in contacts.load(sender, sorted(emails))}
    return domain.today(entries, known, pictures, map(_known, sent), coming, zone, start, at)


def _known(stored: Stored) -> Known:
    return Known(stored.message, stored.state)
