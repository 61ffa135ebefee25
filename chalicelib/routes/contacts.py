"""The API's calls on contacts: their habits, when to write to them, and whom to write to or call."""

from chalicelib.domain.refusals import NotFound
from chalicelib.domain.summaries import summarise
from chalicelib.routes.contact_shapes import (
    ContactList,
    ContactSendTime,
    ContactShape,
    Ranked,
    Ranking,
    SendTimeList,
    contact_shape,
    outlook_shape,
    send_time_shape,
)
from chalicelib.routes.cursors import cursor, position
from chalicelib.routes.dispatch import Call
from chalicelib.routes.shapes import PageQuery
from chalicelib.store import contacts
from chalicelib.work import advising


def listed(call: Call, query: PageQuery) -> ContactList:
    """The sender's contacts."""
    found, last = contacts.listed(call.sender, after=position("contacts", query.after), limit=query.limit)
    shapes = [contact_shape(each, summarise(each, None, call.at), call.at) for each in found]
    return ContactList(shapes, cursor("contacts", last))


def show(call: Call, email: str) -> ContactShape:
    """One contact: what it did with the sender's messages, its habits, and when to write to it."""
    found = contacts.find(call.sender, email.lower())
    if found is None:
        raise NotFound("You never wrote to this address.")
    return contact_shape(found, summarise(found, None, call.at), call.at)


def send_times(call: Call, query: PageQuery) -> SendTimeList:
    """When to write to each contact, as the schedule last computed it."""
    found, last = contacts.summaries(call.sender, after=position("send-times", query.after), limit=query.limit)
    return SendTimeList(
        [ContactSendTime(each.email, send_time_shape(each)) for each in found], cursor("send-times", last)
    )


def ranking(call: Call) -> Ranking:
    """Whom to write to, whom to call, whom to leave: the people of the sender's newest messages."""
    return Ranking(
        [
            Ranked(contact.email, contact.name, outlook_shape(found))
            for contact, found in advising.rank(call.sender, call.at)
        ]
    )
