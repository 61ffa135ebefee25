"""The API's calls on contacts: their habits, when to write to them, and whom to write to or call."""

from msgspec import UNSET

from chalicelib.domain.accounts import Account
from chalicelib.domain.consent import By
from chalicelib.domain.contacts import Contact
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
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising, changing, consenting
from chalicelib.work.erasure import erasing


def listed(call: Call, query: ContactQuery) -> ContactList:
    """The sender's contacts. `?weights=false` leaves out the weights of the hours: they are most of the answer."""
    found, last = contacts.listed(
        call.sender, after=position("contacts", query.after), limit=query.limit, beginning=query.q.lower()
    )
    account = owning.account(call.sender)
    shapes = [_shape(each, account, call.at, weights=query.weights) for each in found]
    return ContactList(shapes, cursor("contacts", last))


def show(call: Call, email: str) -> ContactShape:
    """One contact: what it did with the sender's messages, its habits, and when to write to it."""
    found = contacts.find(call.sender, email.lower())
    if found is None:
        raise NotFound("You never wrote to this address.")
    return _shape(found, owning.account(call.sender), call.at)


def change(call: Call, email: str, body: ContactChange) -> ContactShape:
    """Set a contact's time zone, or mute it."""
    zone = None if body.time_zone is UNSET else body.time_zone or ""
    muted = None if body.muted is UNSET else body.muted
    changed = changing.change(call.sender, email.lower(), zone, call.at, muted=muted)
    return _shape(changed, owning.account(call.sender), call.at)


def send_times(call: Call, query: SendTimeQuery) -> SendTimeList:
    """When to write to each contact or domain, and overall, as last computed by the schedule."""
    language = owning.account(call.sender).preferences.language
    (everybody,) = contacts.audiences(call.sender, [EVERYBODY])
    items: list[ContactSendTime | DomainSendTime]
    if query.by == "domain":
        domains, last = contacts.domains(call.sender, after=position("domains", query.after), limit=query.limit)
        items, on = [domain_shape(each, call.at, language) for each in domains], cursor("domains", last)
    else:
        found, last = contacts.summaries(call.sender, after=position("send-times", query.after), limit=query.limit)
        items = [ContactSendTime(each.email, send_time_shape(each, call.at, language)) for each in found]
        on = cursor("send-times", last)
    return SendTimeList(overall_shape(everybody, call.at, language), items, on)


def set_consent(call: Call, email: str, body: NewConsent) -> ContactShape:
    """Record a contact's consent to tracking. A refusal also erases what is kept about mails already sent."""
    found = consenting.say(call.sender, address(email, "email"), body.consent, By.SENDER, call.at)
    return _shape(found, owning.account(call.sender), call.at)


def erase(call: Call, email: str) -> Erasing:
    """Erase everything about an address. If it refused tracking, the refusal is kept as a hash."""
    return Erasing(erasing.erase_contact(call.sender, email.lower(), call.at))


def ranking(call: Call) -> Ranking:
    """Which recipients of the sender's newest messages to write to, call or leave alone."""
    account = owning.account(call.sender)
    language = account.preferences.language
    found = advising.rank(account, call.at)
    return Ranking([Ranked(contact.email, contact.name, outlook_shape(each, language)) for contact, each in found])


def _shape(contact: Contact, account: Account, at: float, *, weights: bool = True) -> ContactShape:
    summary = summarise(contact, at)
    seen = advising.seen(contact, account.time_zone, at, summary)
    return contact_shape(seen, summary, account.preferences.language, weights=weights)
