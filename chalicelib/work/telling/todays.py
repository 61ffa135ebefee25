"""Today, read from what is kept: what was told lately, the messages and contacts that it is about, and what is due.

Five calls of the table, whatever there is: what happened, what was sent and what is to come are each read in one piece, and
then the messages and the contacts, so many of each at most. A heavy account sees the newest of it.
"""

from chalicelib.domain.accounts import Account
from chalicelib.domain.messages import last_id
from chalicelib.domain.telling import today as domain
from chalicelib.domain.telling.taken_back import Entry
from chalicelib.domain.telling.today import Today
from chalicelib.domain.telling.turning_to import Known
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import lists
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import outbox, reminders
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising

A_DAY = 86_400.0
OPEN_FOR = 7 * A_DAY  # how long somebody who read and did not answer may be written to or called about it
MOST_SENT = 50  # of the newest mails that are looked through for those of which nothing can be known
MOST_COMING = 40  # reminders
MOST_MESSAGES = 30  # that something was told of, or that a reminder is to come of, beside those
MOST_PEOPLE = 24  # of whom a picture is made: each takes half a read unit, as each message does


def today_of(sender: str, at: float) -> tuple[Today, Account]:
    """What there is to do at `at` and what happened in the last day, with the account. Raises NotFound."""
    found, account = _today(sender, at, at - A_DAY, None)
    return found, owning.there(account)


def today(account: Account, at: float, since: float) -> Today:
    """What there is to do at `at`, and what happened since `since` and until `at`."""
    return _today(account.sender, at, since, account)[0]


def _today(sender: str, at: float, start: float, account: Account | None) -> tuple[Today, Account | None]:
    told = outbox.lately(sender, min(start, at - OPEN_FOR), at, eventually=True)
    lately = [each for _, each in told if each.decided_at <= at]
    entries = [Entry(each.notification, each.decided_at) for each in lately if each.decided_at > start]
    coming = reminders.coming(sender, MOST_COMING)
    sent, _ = lists.listed(
        sender,
        lambda stored: not stored.message.prepared,
        after=last_id(at),
        limit=MOST_SENT,
        since=start,
        eventually=True,
    )
    there = {each.message.id: _known(each) for each in sent}
    newest = sorted(lately, key=lambda each: each.decided_at, reverse=True)
    soonest = sorted(coming, key=lambda each: each.at)[: domain.MOST_DUE]
    wanted = dict.fromkeys([*(each.notification.message for each in newest), *(each.message for each in soonest)])
    beside, found = lists.some(sender, [each for each in wanted if each not in there][:MOST_MESSAGES])
    account = account or found
    known = {each.message.id: _known(each) for each in beside} | there
    did = [each.notification.email for each in newest if each.notification.message in known]
    people = dict.fromkeys([*did, *(each.email for one in known.values() for each in one.message.recipients)])
    emails = [each for each in people if each][:MOST_PEOPLE]
    zone = account.time_zone if account else "UTC"
    pictures = {each.email: advising.seen(each, zone, at) for each in contacts.there(sender, emails)}
    made = domain.today(entries, known, pictures, map(_known, sent), coming, zone, start, at)
    return made, account


def _known(stored: Stored) -> Known:
    return Known(stored.message, stored.state)
