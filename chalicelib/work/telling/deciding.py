"""Deciding: what a sender's budget makes of what there is to tell, from what was told lately and who it is about."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.accounts import Account
from chalicelib.domain.contacts import Contact, short_id
from chalicelib.domain.habits.follow_ups import follow_up
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Channel
from chalicelib.domain.records import record
from chalicelib.domain.state import Tally
from chalicelib.domain.telling.budget import LOOKS_BACK, About, Decision, Telling, decide, is_top
from chalicelib.domain.telling.news import News
from chalicelib.domain.verdicts.explanations import HANDED_ON
from chalicelib.store.contacts import contacts
from chalicelib.store.keys import Key
from chalicelib.store.keys import decided_at as decided
from chalicelib.store.messages import threads
from chalicelib.store.telling import outbox
from chalicelib.work.contacts import advising


@record
class Grounds:
    """What a sender's budget is decided by: what was told lately, the contacts, the muted threads."""

    account: Account
    lately: Sequence[tuple[Key, Telling]]
    people: dict[str, Contact]
    muted_threads: frozenset[str]

    def decide(self, told: Notification, key: Key, channel: Channel, now: float, *, waited: bool = False) -> Decision:
        """What becomes of a notification on a channel."""
        contact = self.people.get(told.email)
        about = About(
            muted=told.thread in self.muted_threads or (contact is not None and contact.muted),
            top=contact is None or is_top(contact.replied, contact.clicked, contact.opens),
            handed_on=HANDED_ON in told.verdict.reasons,
        )
        before = [each for other, each in self.lately if other != key]
        account = self.account
        return decide(told, channel, account.preferences, account.time_zone, before, about, now, waited=waited)

    def news(self, told: Notification, key: Key, now: float, *, last: bool = False) -> News:
        """A notification with what its telling needs, told at `now`."""
        decided_at = decided(key)
        contact = self.people.get(told.email)
        if contact is None:
            return News(told, decided_at, now, last=last)
        seen = advising.seen(contact, self.account.time_zone, now)
        exchange = next((each for each in contact.exchanges if each.message == short_id(told.message)), None)
        step = None
        if exchange is not None:
            did = Tally(
                exchange.opens,
                exchange.clicks,
                int(exchange.replied_at is not None),
                masked=int(exchange.masked),
                opened_at=exchange.opened_at,
                clicked_at=exchange.clicked_at,
                replied_at=exchange.replied_at,
            )
            step = follow_up(seen, exchange, did)
        return News(told, decided_at, now, seen, step, last=last)


def grounds(account: Account, about: Iterable[Notification], now: float) -> Grounds:
    """The grounds on which is decided about these notifications."""
    told = list(about)
    emails = dict.fromkeys(each.email for each in told if each.email)
    people = {each.email: each for each in contacts.load(account.sender, list(emails))}
    named = dict.fromkeys(each.thread for each in told if each.thread)
    muted = frozenset(thread for thread in named if threads.is_muted(account.sender, thread))
    return Grounds(account, outbox.lately(account.sender, now - LOOKS_BACK), people, muted)
