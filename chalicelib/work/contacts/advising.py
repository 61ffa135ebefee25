"""Advice from what was learnt: whom effort pays for, and what to do about a mail that was not answered."""

from chalicelib.domain.accounts import Account
from chalicelib.domain.contacts import Contact, short_id
from chalicelib.domain.habits import advice
from chalicelib.domain.habits.advice import Outlook
from chalicelib.domain.habits.behaviour import behaviour
from chalicelib.domain.habits.follow_ups import FollowUp, follow_up
from chalicelib.domain.habits.liveliest import liveliest
from chalicelib.domain.habits.picture import Picture, picture
from chalicelib.domain.messages import last_id
from chalicelib.domain.summaries import Summary, summarise
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import lists, threads
from chalicelib.store.messages.messages import Stored

MOST_MESSAGES = 200  # the newest messages whose people are ranked...
MOST_PEOPLE = 50  # ...those of them who did most with them: a contact takes half a read unit


def seen(contact: Contact, sender_zone: str, at: float, summary: Summary | None = None) -> Picture:
    """The picture of a contact as seen at `at`, by a sender whose clock is `sender_zone`."""
    found = summary or summarise(contact, at)
    labels = behaviour(contact.exchanges, found.time_zone, at)
    return picture(contact, labels, found.send_time, found.time_zone, sender_zone, at)


def rank(account: Account, at: float) -> list[tuple[Contact, Outlook]]:
    """The people of a sender's newest messages in the order in which effort pays, each with how to reach them."""
    newest, _ = lists.listed(account.sender, lambda _: True, after=last_id(at), limit=MOST_MESSAGES, eventually=True)
    emails = liveliest([(each.message, each.state) for each in newest], MOST_PEOPLE)
    known = {contact.email: contact for contact in contacts.there(account.sender, emails)}
    outlooks = {email: advice.outlook(seen(contact, account.time_zone, at)) for email, contact in known.items()}
    return [(known[email], outlook) for email, outlook in advice.rank(outlooks)]


def follow_ups(account: Account, stored: Stored, at: float) -> list[tuple[str, FollowUp]]:
    """What to do about a message, for each of its recipients: remind, call, wait, drop, or nothing more."""
    message, found = stored.message, []
    thread = threads.since(message, stored.state)
    tallies = {each.email: tally for each, tally in zip(message.recipients, stored.state.tallies, strict=True)}
    for contact in contacts.load(message.sender, [each.email for each in message.recipients if not each.erased]):
        this = next((each for each in contact.exchanges if each.message == short_id(message.id)), None)
        if this is not None:
            known = seen(contact, account.time_zone, at)
            step = follow_up(known, this, tallies[contact.email], thread)
            found.append((contact.email, step))
    return found
