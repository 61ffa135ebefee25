"""Threads: which of a sender's messages belong together, and which threads are muted."""

from itertools import islice

from chalicelib.domain import threads
from chalicelib.domain.messages import Message
from chalicelib.domain.state import State
from chalicelib.domain.threads import Thread
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item, readable
from chalicelib.store.messages import message_items
from chalicelib.store.writes import Write

MOST = 50  # of the newest messages of a thread that are looked at


def joined(message: Message, expires: int) -> list[Write]:
    """The writes that a new message's thread needs: none, where it has no thread."""
    if not message.thread:
        return []
    pk, sk = keys.in_thread(message.sender, message.thread, message.id)
    return [table.put_always({"pk": pk, "sk": sk, "expires": expires})]


def left(message: Message) -> list[keys.Key]:
    """What is to be taken away with a message."""
    return [keys.in_thread(message.sender, message.thread, message.id)] if message.thread else []


def since(message: Message, state: State) -> Thread:
    """What happened in a message's thread since it went out."""
    if not message.thread:
        return Thread()
    low, high = (keys.in_thread(message.sender, message.thread, edge).sk for edge in ("", "~"))
    found = islice(table.query(keys.desk(message.sender), low, high, newest_first=True, page=MOST), MOST)
    others = [item["sk"].rpartition("#")[2] for item in found]
    wanted = (keys.message(message.sender, each) for each in others if each != message.id)
    read = (readable(_read, item) for item in table.get_many(wanted))
    known = [each for each in read if each is not None]
    return threads.since(message, state.tallies, [(other, standing.tallies) for other, standing in known])


def is_muted(sender: str, thread: str) -> bool:
    """Whether a thread is muted."""
    return bool(thread) and table.get(keys.muted_thread(sender, thread)) is not None


def mute(sender: str, thread: str, *, muted: bool) -> None:
    """Mute a thread, or hear of it again."""
    key = keys.muted_thread(sender, thread)
    if muted:
        table.write([table.put_always({"pk": key.pk, "sk": key.sk})])
    else:
        table.delete([key])


def _read(item: Item) -> tuple[Message, State]:
    return message_items.to_message(item, {}), message_items.to_state(item)
