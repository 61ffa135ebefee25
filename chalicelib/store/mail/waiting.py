"""Mails that came in and could not go on, since SES had no room: their receipts wait in the due list, for another try."""

from collections.abc import Callable

from chalicelib.store import table
from chalicelib.store.due import due, shard, shards
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.keys import Key
from chalicelib.store.writes import equal

_LIST = "received"
_KEPT = 14 * 86_400  # seconds: as long as the bucket has the mail


def put_back(key: Key, receipt: Item, due_at: float, refused: int, at: float) -> None:
    """Let a mail wait until `due_at`, since SES had no room for it `refused` times."""
    wait = {"due_shard": shard(_LIST, key), "due_at": due_at, "refused": refused, "expires": int(at) + _KEPT}
    table.write([table.put_always({"pk": key.pk, "sk": key.sk, "receipt": receipt, **wait})])


def listed(until: float) -> list[Key]:
    """The mails that wait for `until` or earlier, the longest waiting first."""
    return [key for key, _ in due(shards(_LIST), until)]


def claim(key: Key, at: float, again: Callable[[int], float]) -> tuple[Item, int] | None:
    """The receipt of a mail that waits until `at` or earlier, and how often it was tried; None if it does not, or another tick
    has it.

    It is due again at `again`, of how often it was tried, should nobody say what came of it.
    """
    item = table.get(key)
    if item is None or item["due_at"] > at:
        return None
    once_more = {"due_at": again(item["refused"]), "refused": item["refused"] + 1}
    if table.update(key, once_more, only_if={"due_at": equal(item["due_at"])}) is None:
        return None
    return dict(item["receipt"]), item["refused"]


def no_more(key: Key) -> None:
    """The mail is done, or given up."""
    table.delete([key])
