"""Which messages went to an address: each is noted when it is made, so that a search for one reads no others."""

from itertools import islice

from chalicelib.domain.messages import Message
from chalicelib.store import keys, table
from chalicelib.store.accounts.account_items import NOTED
from chalicelib.store.writes import Write

MOST = 2_000  # of the newest messages to one address that a search looks up


def noted(message: Message, expires: int) -> list[Write]:
    """The writes that note whom a new message goes to."""
    return [table.put_always({"pk": key.pk, "sk": key.sk, "expires": expires}) for key in left(message)]


def left(message: Message) -> list[keys.Key]:
    """What is to be taken away with a message."""
    return [keys.sent_to(message.sender, each.email, message.id) for each in message.recipients if not each.erased]


def forget(message: Message, number: int) -> None:
    """Take away that a message went to one of its recipients."""
    table.delete([keys.sent_to(message.sender, message.recipients[number].email, message.id)])


def messages_to(sender: str, email: str) -> list[str] | None:
    """The ids of the messages to an address, newest first, MOST at most; None where not all may have been noted."""
    low, high = (keys.sent_to(sender, email, edge).sk for edge in ("", "~"))
    found = table.query(keys.desk(sender), low, high, newest_first=True, page=MOST, eventually=True)
    ids = [item["sk"].rpartition("#")[2] for item in islice(found, MOST)]
    read = table.get_many([keys.account(sender), keys.contact(sender, email)], eventually=True)
    items = {item["sk"]: item for item in read}
    account, contact = items.pop("sender", {}), next(iter(items.values()), None)
    if account.get(NOTED):
        return ids if ids or contact else None
    return ids if contact and ids and contact.get("messages", 0) <= len(ids) else None
