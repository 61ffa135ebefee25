"""Contacts and their summaries. Changes of a contact are written with the message that caused them (messages.py)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chalicelib.config import config
from chalicelib.domain.consent import By, Consent, mailbox, mark
from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits.audiences import Audience, Share
from chalicelib.domain.summaries import Summary
from chalicelib.store import keys, table
from chalicelib.store.contacts import contact_items
from chalicelib.store.due import shards
from chalicelib.store.dynamodb.values import Item


def load(sender: str, emails: Sequence[str]) -> list[Contact]:
    """The sender's contacts with these addresses, new ones for those that are not there yet, in the same order."""
    found = table.get_many([keys.contact(sender, email) for email in emails])
    known = {contact.email: contact for contact in map(contact_items.to_contact, found)}
    refusals = _refusals(sender, [email for email in emails if email not in known])
    return [known.get(email) or refusals.get(email) or Contact(email) for email in emails]


def there(sender: str, emails: Iterable[str]) -> list[Contact]:
    """Those of a sender's contacts with these addresses that are there, in no order, as they were a moment ago: to be shown."""
    found = table.get_many((keys.contact(sender, email) for email in emails), eventually=True)
    return [contact_items.to_contact(item) for item in found]


def find(sender: str, email: str) -> Contact | None:
    """One contact, or None if the sender never wrote to this address."""
    item = table.get(keys.contact(sender, email))
    return contact_items.to_contact(item) if item else None


def listed(sender: str, *, after: str | None, limit: int, beginning: str = "") -> tuple[list[Contact], str | None]:
    """A sender's contacts by address, past the address `after`, and where to go on (None: the end).

    Only those whose address has this `beginning`: nothing else is read.
    """
    high = f"c#{beginning}\U0010ffff" if beginning else "c$"
    past = f"c#{after}" if after else None  # an address may be the whole beginning, and is found then
    items = table.query(keys.desk(sender), past or f"c#{beginning}", high, page=limit + 2)
    found = list(islice((item for item in items if item["sk"] != past), limit + 1))
    more, found = len(found) > limit, found[:limit]
    contacts = [contact_items.to_contact(item) for item in found]
    return contacts, contacts[-1].email if more else None


def of_mailbox(sender: str, email: str) -> list[str]:
    """The addresses of a sender's other contacts that lead to the same mailbox as this one."""
    bare = mailbox(email)
    local, _, domain = bare.rpartition("@")
    labelled = table.query(keys.desk(sender), f"c#{local}+", f"c#{local},")  # the comma is the character after the plus
    found = [*labelled, *(table.get_many([keys.contact(sender, bare)]) if bare != email else ())]
    others = (item["sk"].removeprefix("c#") for item in found)
    return [each for each in others if each != email and each.endswith(f"@{domain}")]


def refused(sender: str, emails: Iterable[str]) -> set[str]:
    """Those of these addresses whose mailbox refused."""
    return set(_refusals(sender, emails))


def changed(until: float) -> Iterator[tuple[str, str]]:
    """The sender and the address of each contact that waits for a summary since `until` or before, as they are taken."""
    for shard in shards("contacts"):
        for key, _ in table.due(shard, until):
            yield key.pk.removeprefix("s#"), key.sk.removeprefix("c#")


def given(sender: str, contacts: Sequence[Contact]) -> list[Share | None]:
    """What each contact's last summary gave to its audiences, None where there was none, in the same order.

    Asked for after the contacts were loaded: then no other summary can be written between, or theirs cannot be.
    """
    found = table.get_many([keys.summary(sender, contact.email) for contact in contacts])
    shares = {summary.email: summary.share for summary in map(contact_items.to_summary, found)}
    return [shares.get(contact.email) for contact in contacts]


def audiences(sender: str, names: Sequence[str]) -> list[Audience]:
    """The sums of the contacts of these domains ("": of all) in the same order; of nobody, where there are none yet."""
    found = table.get_many([keys.audience(sender, name) for name in names])
    known = {audience.name: audience for audience in map(contact_items.to_audience, found)}
    return [known.get(name) or Audience(name) for name in names]


def domains(sender: str, *, after: str | None, limit: int) -> tuple[list[Audience], str | None]:
    """A sender's domains by name, past the domain `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"r#{after or ''}", "r$", limit=limit)
    read = [contact_items.to_audience(item) for item in found]
    return read, read[-1].name if more else None


def save_summaries(
    sender: str, contacts: Sequence[Contact], summaries: Sequence[Summary], audiences: Sequence[Audience]
) -> None:
    """Write summaries and their audiences and take the contacts off the list: all or nothing, so each share counts once.

    Raises Conflict if a contact or an audience changed since it was loaded. A transaction takes a hundred items.
    """
    table.write(
        [
            *(
                table.put_always(
                    contact_items.of_summary(sender, summary) | {"expires": _expires(each.written_at or summary.at)}
                )
                for summary, each in zip(summaries, contacts, strict=True)
            ),
            *(
                put(sender, replace(each, due_at=None), summary.at)
                for summary, each in zip(summaries, contacts, strict=True)
            ),
            *(_put_audience(sender, each) for each in audiences),
        ]
    )


def forget(sender: str, contact: Contact, audiences: Sequence[Audience], at: float, *, whole: bool) -> None:
    """Take a contact's summary away, put the audiences as they are without its share, and take the `whole` contact away.

    All or nothing. Raises Conflict if something changed meanwhile.
    """
    gone = table.take_away(keys.contact(sender, contact.email), version=contact.version)
    table.write(
        [
            gone if whole else put(sender, contact, at),
            table.take_away_always(keys.summary(sender, contact.email)),
            *(_put_audience(sender, each) for each in audiences),
        ]
    )


def _put_audience(sender: str, audience: Audience) -> table.Write:
    """The write of a changed audience; one without people goes."""
    if not audience.people and audience.version:
        return table.take_away(keys.audience(sender, audience.name), version=audience.version)
    item = contact_items.of_audience(sender, audience._replace(version=audience.version + 1))
    return table.put(item | {"expires": _expires(audience.at)}, was=audience.version or None)


def put(sender: str, contact: Contact, at: float) -> table.Write:
    """The write of a changed contact, if nobody else changed it. It expires when it was not written to for long."""
    written_at = contact.written_at or at
    since = written_at - config().retention_days * 86_400
    kept = tuple(each for each in contact.exchanges if each.sent_at >= since)
    item = contact_items.of_contact(sender, replace(contact, exchanges=kept, version=contact.version + 1))
    return table.put(item | {"expires": _expires(written_at)}, was=contact.version or None)


def update(sender: str, contact: Contact, at: float) -> None:
    """Write a contact that changed by itself. Raises Conflict if somebody else changed it meanwhile."""
    table.write([put(sender, contact, at)])


def refusal(sender: str, contact: Contact) -> table.Write:
    """The write of a contact's refusal, which outlives it: there is one as long as it refuses."""
    key = keys.refusal(sender, mark(sender, contact.email, config().key))
    kept = {"pk": key.pk, "sk": key.sk, "by": contact.consent_by, "at": contact.consent_at}
    return table.put_always(kept) if contact.consent is Consent.DENIED else table.take_away_always(key)


def refusals(sender: str, *, after: str | None, limit: int) -> tuple[list[tuple[str, By, float]], str | None]:
    """The marks of a sender's refusals past the mark `after`, who told of each, and when; and where to go on."""
    found, more = table.page(keys.desk(sender), f"x#{after or ''}", "x$", limit=limit)
    read = [(item["sk"].removeprefix("x#"), By(item["by"]), item["at"]) for item in found]
    return read, read[-1][0] if more else None


def summaries(sender: str, *, after: str | None, limit: int) -> tuple[list[Summary], str | None]:
    """A sender's summaries by address, past the address `after`, and where to go on (None: the end)."""
    found, more = table.page(keys.desk(sender), f"t#{after or ''}", "t$", limit=limit)
    read = [contact_items.to_summary(item) for item in found]
    return read, read[-1].email if more else None


def _refusals(sender: str, emails: Iterable[str]) -> dict[str, Contact]:
    """New contacts for those of these addresses, of which no contact is left, whose refusal is."""
    marks = {email: keys.refusal(sender, mark(sender, email, config().key)).sk for email in emails}
    found = {item["sk"]: item for item in table.get_many(keys.Key(keys.desk(sender), sk) for sk in set(marks.values()))}
    return {email: refusing(email, item) for email, sk in marks.items() if (item := found.get(sk))}


def refusing(email: str, refusal: Item) -> Contact:
    """A new contact of whom no more is known than that they refused: the item of their refusal."""
    return Contact(email, consent=Consent.DENIED, consent_by=By(refusal["by"]), consent_at=refusal["at"])


def _expires(at: float) -> int:
    return int(at) + config().retention_days * 86_400
