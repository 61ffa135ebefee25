"""What a sender knows better of a contact than we do."""

from chalicelib.domain.contacts import Contact, in_zone
from chalicelib.domain.errors import NotFound
from chalicelib.domain.habits import zones
from chalicelib.store.contacts import contacts


def correct(sender: str, email: str, zone: str | None, at: float) -> Contact:
    """The contact after the sender has said in which time zone it is ("": that it is not known; None: nothing).

    Raises NotFound, BadInput, or Conflict if the contact changed meanwhile.
    """
    contact = contacts.find(sender, email)
    if contact is None:
        raise NotFound("You never wrote to this address.")
    if zone is None or zone == contact.time_zone:
        return contact
    changed = in_zone(contact, zone and zones.check(zone), at)
    contacts.update(sender, changed, at)
    return changed
