"""All that is known of those a new message goes to, read at once: one call for up to 33 of them."""

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.consent import mark
from chalicelib.domain.contacts import Contact
from chalicelib.store import keys, table
from chalicelib.store.accounts import account_items
from chalicelib.store.contacts import contact_items, contacts


class Addressed(NamedTuple):
    """The sender's account, the contacts in the order of their addresses, new ones for those that are not there yet; whose
    mailbox refused, by whichever of its addresses; and which addresses are the sender's own.
    """

    account: Account | None
    contacts: list[Contact]
    refused: frozenset[str]
    own: frozenset[str]


def read(sender: str, emails: Sequence[str]) -> Addressed:
    """What is known of these addresses, each given once."""
    marks = {email: keys.refusal(sender, mark(sender, email, config().key)) for email in emails}
    wanted = [
        keys.account(sender),
        *(keys.contact(sender, email) for email in emails),
        *dict.fromkeys(marks.values()),
        *(keys.address_of(sender, email) for email in emails),
    ]
    items = {keys.Key(item["pk"], item["sk"]): item for item in table.get_many(wanted)}
    known = []
    for email in emails:
        item, refusal = items.get(keys.contact(sender, email)), items.get(marks[email])
        new = Contact(email) if refusal is None else contacts.refusing(email, refusal)
        known.append(new if item is None else contact_items.to_contact(item))
    account = items.get(keys.account(sender))
    return Addressed(
        None if account is None else account_items.to_account(account),
        known,
        frozenset(email for email in emails if marks[email] in items),
        frozenset(email for email in emails if keys.address_of(sender, email) in items),
    )
