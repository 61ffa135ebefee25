"""Contacts and their summaries. Changes of a contact are written with the message that caused them (messages.py)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits.audiences import Audience, Share
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


def changed(until: float) -> Iterator[tuple[str, str]]:
    """The sender and the address of each contact that waits for a summary since `until` or before, as they are taken."""
    for shard in keys.shards("contacts"):
        for key, _ in table.due(shard, until):
            yield key.pk.removeprefix("s#"), key.sk.removeprefix("c#")


def given(sender: str, contacts: Sequence[Contact]) -> list[Share | None]:
    """What each contact's last summary gave to its audiences, None where there was none, in the same order.

    Asked for after the contacts were loaded: then no other summary can be written between, or theirs cannot be.
    """
    found = table.get_many([keys.summary(sender, contact.email) for contact in contacts])
    shares = {summary.email: summary.share for summary in map(items.to_summary, found)}
    return [shares.get(contact.email) for contact in contacts]


def audiences(sender: str, names: Sequence[str]) -> list[Audience]:
    """The sums of the contacts of these domains ("": of all) in the same order; of nobody, where there are none yet."""
    found = table.get_many([keys.audience(sender, name) for name in names])
    known = {audience.name: audience for audience in map(items.to_audience, found)}
    return [known.get(name) or Audience(name) for name in names]


def domains(sender: str, *, after: str | None, limit: int) -> tuple[list[Audience], str | None]:
    """A sender's domains by name, past the domain `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"r#{after or ''}", "r$", limit=limit)
    read = [items.to_audience(item) for item in found]
    return read, read[-1].name if more else None


def save_summaries(
    sender: str, contacts: Sequence[Contact], summaries: Sequence[Summary], audiences: Sequence[Audience]
) -> None:
    """Write summaries and their audiences and take the contacts off the list: all or nothing, so each share counts once.

    Raises Conflict if a contact or an audience changed since it was loaded. A transaction takes a hundred items.
    """
    table.write(
        [
            *(table.put_always(items.of_summary(sender, summary)) for summary in summaries),
            *(
                table.put(
                    items.of_contact(sender, replace(each, due_at=None, version=each.version + 1)), was=each.version
                )
                for each in contacts
            ),
            *(
                table.put(items.of_audience(sender, each._replace(version=each.version + 1)), was=each.version or None)
                for each in audiences
            ),
        ]
    )


def summaries(sender: str, *, after: str | None, limit: int) -> tuple[list[Summary], str | None]:
    """A sender's summaries by address, past the address `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"t#{after or ''}", "t$", limit=limit)
    read = [items.to_summary(item) for item in found]
    return read, read[-1].email if more else None
