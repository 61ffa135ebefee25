"""A conversation of several mails: whether somebody answered in it, and whether the sender went on themselves."""

from collections.abc import Iterable
from typing import NamedTuple

from chalicelib.domain.messages import Message
from chalicelib.domain.state import Tally


class Thread(NamedTuple):
    """What happened in a thread since one of its mails went out: an answer to any of them, a newer mail of the sender's."""

    replied: bool = False
    goes_on: bool = False


ALONE = Thread()


def since(message: Message, tallies: Iterable[Tally], others: Iterable[tuple[Message, Iterable[Tally]]]) -> Thread:
    """What happened since a message went out. `others` are the mails of its thread; a message without one is alone."""
    if not message.thread:
        return ALONE
    known = [(message, tallies), *others]
    replied = any(
        tally.replied_at is not None and tally.replied_at >= message.sent_at for _, each in known for tally in each
    )
    newer = any(other.id != message.id and other.sent_at > message.sent_at for other, _ in known)
    return Thread(replied, newer)
