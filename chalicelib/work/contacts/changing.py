"""What a sender sets of a contact: its time zone, and that they want to be told nothing of it."""

from dataclasses import replace

from chalicelib.domain.contacts import Contact, in_zone
from chalicelib.domain.errors import NotFound
from chalicelib.domain.habits import zones
from chalicelib.store.contacts import contacts


def change(sender: str, email: str, zone: str | None, at: float, *, muted: bool | None = None) -> Contact:
    """The contact after the sender has said in which time zone it is ("": that it is not known; None: nothing), and whether
    they want to be told nothing of it.

    Raises NotFound, BadInput, or Conflict if the contact changed meanwhile.
    """
    contact = contacts.find(sender, email)
    if contact is None:
        raise NotFound("You never wrote to this address.")
    changed = contact
    if zone is not None and zone != contact.time_zone:
        changed = in_zone(contact, zone and zones.check(zone), at)
    if muted is not None:
        changed = replace(changed, muted=muted)
    if changed == contact:
        return contact
    contacts.update(sender, changed, at)
    return changed
