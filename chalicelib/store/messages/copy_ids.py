"""The Message-IDs that the copies of a message went out with: by them an answer finds its message (store/mail/inbox.py)."""

from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item


def listed(message_id: str) -> list[tuple[str, int]]:
    """The Message-IDs (the parts before the `@`) of a message's copies, each with its recipient."""
    return [_id_in(item) for item in table.query(keys.timeline(message_id), "i#", "i$")]


def delete(message_id: str, recipient: int | None = None) -> None:
    """Take away the Message-IDs of a message's copies: all, or those of one recipient's."""
    found = table.query(keys.timeline(message_id), "i#", "i$")
    gone = [
        (item.get("sender", ""), local, number)
        for item, (local, number) in ((item, _id_in(item)) for item in found)
        if recipient in (None, number)
    ]
    table.delete(keys.copy_with_id(sender, local, message_id, number) for sender, local, number in gone)
    table.delete(keys.sent_with(message_id, local, number) for _, local, number in gone)  # last: it leads to the others


def _id_in(item: Item) -> tuple[str, int]:
    local, _, number = item["sk"].removeprefix("i#").rpartition("#")
    return local, int(number)
