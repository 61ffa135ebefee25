"""Which messages went to an address: each is noted when it is made, so that a search for one reads no others."""

from itertools import islice

from chalicelib.domain.messages import Message
from chalicelib.store import keys, table
from chalicelib.store.accounts.account_items import NOTED
from chalicelib.store.writes import Write


def noted(message: Message, expires: int) -> list[Write]:
    """The writes that note whom a new message goes to."""
    return [table.put_always({"pk": key.pk, "sk": key.sk, "expires": expires}) for key in left(message)]


def left(message: Message) -> list[keys.Key]:
    """What is to be taken away with a message."""
    return [keys.sent_to(message.sender, each.email, message.id) for each in message.recipients if not each.erased]


def forget(message: Message, number: int) -> None:
    """Take away that a message went to one of its recipients."""
    table.delete([keys.sent_to(message.sender, message.recipients[number].email, message.id)])


def messages_to(sender: str, email: str, after: str | None, most: int) -> list[str] | None:
    """The ids of the newest `most` messages to an address that are older than `after`; None where not all may be noted."""
    low, high = (keys.sent_to(sender, email, edge).sk for edge in ("", after or "~"))
    found = table.query(keys.desk(sender), low, high, newest_first=True, page=most + 1, eventually=True)
    ids = [item["sk"].rpartition("#")[2] for item in islice(found, most + 1)]
    older = [each for each in ids if each != after][:most]
    read = table.get_many([keys.account(sender), keys.contact(sender, email)], eventually=True)
    items = {item["sk"]: item for item in read}
    account, contact = items.pop("sender", {}), next(iter(items.values()), None)
    if account.get(NOTED):
        return older if ids or contact else None
    all_noted = after is None and older and contact and contact.get("messages", 0) <= len(older)
    return older if all_noted else None
