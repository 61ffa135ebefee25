"""A message, its state and their items side by side."""

import zlib
from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.messages import Door, Message, Recipient
from chalicelib.domain.state import State, Tally
from chalicelib.store import keys
from chalicelib.store.due import shard
from chalicelib.store.dynamodb.values import Item, fields_of

_MANY = 600  # bytes of links that do not stand as they are


def of_facts(message: Message, expires: int) -> Item:
    """What never changes of a message and is too long for its state: its links, packed where they are many.

    A newsletter's say nearly the same: 89 of them, 9 kB, become 1.5 kB, and a write costs by the kilobyte.
    """
    pk, sk = keys.facts(message.id)
    many = sum(map(len, message.links)) > _MANY
    return {
        "pk": pk,
        "sk": sk,
        "sender": message.sender,
        "links": () if many else message.links,
        "packed_links": zlib.compress("\n".join(message.links).encode("ascii"), 9) if many else None,
        "trap_link": message.trap_link,
        "expires": expires,
    }


def of_new_facts(message: Message, expires: int) -> Item:
    """The same of a new message, of which it is sure that no copy went out with a Message-ID yet (mail/inbox.py)."""
    return of_facts(message, expires) | {"has_ids": False}


def of_message(message: Message, state: State, version: int, expires: int) -> Item:
    """A message with its state, as the sender's lists show it."""
    key = keys.message(message.sender, message.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "subject": message.subject,
        "thread": message.thread,
        "recipients": [fields_of(each) for each in message.recipients],
        "sent_at": message.sent_at,
        "created_at": message.created_at,
        "tallies": [_set(each) for each in state.tallies],
        "told": sorted(state.told),
        "muted": state.muted or None,
        "counts_only": message.counts_only or None,
        "as_of": state.as_of,
        "settled": [_set(each) for each in state.settled],
        "settled_through": state.settled_through,
        "settled_count": state.settled_count or None,
        "unclear": state.unclear or None,
        "full": state.full or None,
        "shared": message.shared,
        "shared_tally": None if state.shared is None else _set(state.shared),
        "settled_shared": None if state.settled_shared is None else _set(state.settled_shared),
        "prepared": message.prepared or None,
        "door": None if message.door is Door.API else message.door,
        "due_shard": None if state.due_at is None else shard("held", key),
        "due_at": state.due_at,
        "version": version,
        "expires": expires,
    }


def to_message(item: Item, facts: Item, own: Iterable[str] = ()) -> Message:
    """The message of its two items, and its sender's own marks. A list of messages has no `facts` and knows no links."""
    return Message(
        id=item["sk"].removeprefix("m#"),
        sender=item["pk"].removeprefix("s#"),
        subject=item["subject"],
        recipients=tuple(Recipient(**each) for each in item["recipients"]),
        links=_links(facts),
        sent_at=item["sent_at"],
        created_at=item["created_at"],
        thread=item.get("thread"),
        trap_link=facts.get("trap_link"),
        counts_only=item.get("counts_only", False),
        own=frozenset(own),
        shared=tuple(item.get("shared", ())),
        prepared=item.get("prepared", False),
        door=Door(item.get("door", Door.API)),
    )


def with_facts(message: Message, facts: Item) -> Message:
    """A message that a list showed, with what is too long for a list."""
    return replace(message, links=_links(facts), trap_link=facts.get("trap_link"))


def _links(facts: Item) -> tuple[str, ...]:
    if "packed_links" in facts:
        return tuple(zlib.decompress(facts["packed_links"]).decode("ascii").split("\n"))
    return tuple(facts.get("links", ()))


def to_state(item: Item) -> State:
    """The state in a message's item."""
    through = item.get("settled_through")
    return State(
        tallies=tuple(Tally(**each) for each in item["tallies"]),
        told=frozenset(item.get("told", ())),
        muted=item.get("muted", False),
        as_of=item["as_of"],
        due_at=item.get("due_at"),
        settled=tuple(Tally(**each) for each in item.get("settled", ())),
        settled_through=None if through is None else (through[0], through[1]),
        settled_count=item.get("settled_count", 0),
        unclear=item.get("unclear", False),
        full=item.get("full", False),
        shared=_tally_if(item.get("shared_tally")),
        settled_shared=_tally_if(item.get("settled_shared")),
    )


def _tally_if(content: Item | None) -> Tally | None:
    return None if content is None else Tally(**content)


def _set(tally: Tally) -> Item:
    """A tally without what is still as it was at the start."""
    return {name: value for name in Tally.__match_args__ if (value := getattr(tally, name))}
