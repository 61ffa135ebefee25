"""The API's calls on contacts: their habits, when to write to them, and whom to write to or call."""

from msgspec import UNSET

from chalicelib.domain.consent import By
from chalicelib.domain.errors import NotFound
from chalicelib.domain.habits.audiences import EVERYBODY
from chalicelib.domain.messages import address
from chalicelib.domain.summaries import summarise
from chalicelib.routes.api.cursors import cursor, position
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.contact_shapes import (
    ContactChange,
    ContactList,
    ContactQuery,
    ContactShape,
    Erasing,
    NewConsent,
    Ranked,
    Ranking,
    contact_shape,
    outlook_shape,
)
from chalicelib.routes.resources.send_time_shapes import (
    ContactSendTime,
    DomainSendTime,
    SendTimeList,
    SendTimeQuery,
    domain_shape,
    overall_shape,
    send_time_shape,
)
from chalicelib.store.contacts import contacts
from chalicelib.work.contacts import advising, consenting, correcting
from chalicelib.work.erasure import erasing


def listed(call: Call, query: ContactQuery) -> ContactList:
    """The sender's contacts. `?weights=false` leaves out the weights of the hours: they are most of the answer."""
    found, last = contacts.listed(
        call.sender, after=position("contacts", query.after), limit=query.limit, beginning=query.q.lower()
    )
    shapes = [contact_shape(each, summarise(each, call.at), call.at, weights=query.weights) for each in found]
    return ContactList(shapes, cursor("contacts", last))


def show(call: Call, email: str) -> ContactShape:
    """One contact: what it did with the sender's messages, its habits, and when to write to it."""
    found = contacts.find(call.sender, email.lower())
    if found is None:
        raise NotFound("You never wrote to this address.")
    return contact_shape(found, summarise(found, call.at), call.at)


def change(call: Call, email: str, body: ContactChange) -> ContactShape:
    """Set a contact's time zone."""
    zone = None if body.time_zone is UNSET else body.time_zone or ""
    changed = correcting.correct(call.sender, email.lower(), zone, call.at)
    return contact_shape(changed, summarise(changed, call.at), call.at)


def send_times(call: Call, query: SendTimeQuery) -> SendTimeList:
    """When to write to each contact or domain, and overall, as last computed by the schedule."""
    (everybody,) = contacts.audiences(call.sender, [EVERYBODY])
    items: list[ContactSendTime | DomainSendTime]
    if query.by == "domain":
        domains, last = contacts.domains(call.sender, after=position("domains", query.after), limit=query.limit)
        items, on = [domain_shape(each, call.at) for each in domains], cursor("domains", last)
    else:
        found, last = contacts.summaries(call.sender, after=position("send-times", query.after), limit=query.limit)
        items = [ContactSendTime(each.email, send_time_shape(each, call.at)) for each in found]
        on = cursor("send-times", last)
    return SendTimeList(overall_shape(everybody, call.at), items, on)


def set_consent(call: Call, email: str, body: NewConsent) -> ContactShape:
    """Record a contact's consent to tracking. A refusal also erases what is kept about mails already sent."""
    found = consenting.say(call.sender, address(email, "email"), body.consent, By.SENDER, call.at)
    return contact_shape(found, summarise(found, call.at), call.at)


def erase(call: Call, email: str) -> Erasing:
    """Erase everything about an address. If it refused tracking, the refusal is kept as a hash."""
    return Erasing(erasing.erase_contact(call.sender, email.lower(), call.at))


def ranking(call: Call) -> Ranking:
    """Which recipients of the sender's newest messages to write to, call or leave alone."""
    return Ranking(
        [
            Ranked(contact.email, contact.name, outlook_shape(found))
            for contact, found in advising.rank(call.sender, call.at)
        ]
    )
