"""Whom of many people it is worth to look at closely, by what is known without looking."""

from collections.abc import Sequence

from chalicelib.domain.messages import Message
from chalicelib.domain.state import State


def liveliest(newest: Sequence[tuple[Message, State]], most: int) -> list[str]:
    """Of the people of these messages, newest first, so many as did most with them; among equals those written to last."""
    did: dict[str, int] = {}
    for message, state in newest:
        for recipient, tally in zip(message.recipients, state.tallies, strict=True):
            if not recipient.erased:
                done = 4 * bool(tally.replies) + 2 * bool(tally.clicks) + bool(tally.opens)
                did[recipient.email] = did.get(recipient.email, 0) + done
    return sorted(did, key=lambda email: -did[email])[:most]
