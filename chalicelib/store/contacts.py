"""Contacts and their summaries. Changes of a contact are written with the message that caused them (messages.py)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from chalicelib.domain.contacts import Contact
from chalicelib.domain.refusals import Conflict
from chalicelib.domain.summaries import Summary
from chalicelib.store import items, keys, table


def load(sender: str, emails: Sequence[str]) -> list[Contact]:
    """The sender's contacts with these addresses, new ones for those that are not there yet, in the same order."""
    found = table.get_many([keys.contact(sender, email) for email in emails])
    known = {contact.email: contact for contact in map(items.to_contact, found)}
    return [known.get(email) or Contact(email) for email in emails]


def find(sender: str, email: str) -> Contact | None:
    """One contact, or None if the sender never wrote to this address."""
    item = table.get(keys.contact(sender, email))
    return items.to_contact(item) if item else None


def listed(sender: str, *, after: str | None, limit: int) -> tuple[list[Contact], str | None]:
    """A sender's contacts by address, past the address `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"c#{after or ''}", "c$", limit=limit)
    contacts = [items.to_contact(item) for item in found]
    return contacts, contacts[-1].email if more else None


def changed(shard: str, until: float, limit: int) -> list[tuple[str, Contact]]:
    """Senders and contacts, in one part of the list of those that changed since their last summary."""
    due = islice(table.due(shard, until), limit)
    found = table.get_many(key for key, _ in due)
    return [(item["pk"].removeprefix("s#"), items.to_contact(item)) for item in found if "due_at" in item]


def save_summary(sender: str, contact: Contact, summary: Summary) -> bool:
    """Write a contact's summary, then take the contact off the list. False if it changed meanwhile: it stays there.

    Two writes of one unit each; what breaks off between them is done again.
    """
    table.write([table.put_always(items.of_summary(sender, summary))])
    done = items.of_contact(sender, replace(contact, due_at=None, version=contact.version + 1))
    try:
        table.write([table.put(done, was=contact.version)])
    except Conflict:
        return False
    return True


def summaries(sender: str, *, after: str | None, limit: int) -> tuple[list[Summary], str | None]:
    """A sender's summaries by address, past the address `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"t#{after or ''}", "t$", limit=limit)
    read = [items.to_summary(item) for item in found]
    return read, read[-1].email if more else None
