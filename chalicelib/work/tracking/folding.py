"""Folding: a touched message's events become its state, what its contacts teach, and the notifications now due."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from chalicelib.config import config
from chalicelib.domain import contacts as habits
from chalicelib.domain.consent import Untracked, settles
from chalicelib.domain.contacts import Contact, learn
from chalicelib.domain.errors import Conflict
from chalicelib.domain.events import Event
from chalicelib.domain.messages import ONE_OF_THEM
from chalicelib.domain.state import State
from chalicelib.domain.timeline import PREPARED_FOR, fold, news_to, order, reopened, room
from chalicelib.log import count
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.store.tracking import timelines
from chalicelib.work.retrying import retried
from chalicelib.work.tracking.settings import settings
from chalicelib.work.turns import Kind


def _held(at: float) -> list[tuple[str, str]]:
    """The messages whose wait is over at `at`, each with its sender."""
    held = messages.held(at)
    count(config().stage, "OldestHeldSeconds", at - min((due_at for *_, due_at in held), default=at), at)
    return [(sender, message) for sender, message, _ in held]


def _release(held: Sequence[str], at: float, now: float) -> Iterable[tuple[str, str]]:
    for message in held:
        fold_message(message, [], at, now)
    return ()


HELD = Kind("held", 8.0, _held, _release, about=lambda message: {"message_id": message})
"""Messages whose wait is over: folded as known at the tick's time, told of now."""


@retried(8)
def fold_message(message_id: str, news: Sequence[Event], at: float, now: float) -> None:
    """Fold a message as known at `at`, now that `news` came (events that it may hold already); tell of it at `now`.

    Raises Conflict if it, or its contacts, changed in the meantime at each try.
    """
    stored, newest = messages.with_events(message_id)
    if stored is None:
        from chalicelib.work.erasure import steps

        timelines.delete(message_id, after=None, most=steps.MOST_EVENTS)
        return None
    if stored.message.prepared and at >= stored.message.created_at + PREPARED_FOR:
        from chalicelib.work.erasure import erasing

        return erasing.erase_message(stored, [], now)
    timelines.take_back(event for event in news if not stored.state.keeps(event))
    before = reopened(stored.message, stored.state, news)
    through = before.settled_through
    events = news_to(before, news) if before.full else _first(message_id, before, newest)
    if stored.message.counts_only and through is not None:
        timelines.delete_settled(message_id, lambda event: order(event) <= through, through[0])
    found = fold(stored.message, events, before, at, settings(), stored.looked_for)
    if found.state == replace(stored.state, as_of=found.state.as_of):
        return None
    pairs = list(zip(stored.state.tallies, found.state.tallies, strict=True))
    changed = {i for i, pair in enumerate(pairs) if habits.counts_differ(*pair)}
    told = {each.recipient for each in found.notifications}
    if changed or told:
        learnt = _learn(stored, found.state, sorted((changed | told) - {ONE_OF_THEM}), at)
        return messages.save(stored, found.state, learnt, found.notifications, now)
    noted = _learn(stored, found.state, [i for i, pair in enumerate(pairs) if habits.note_differs(*pair)], at)
    return messages.save_quietly(stored, found.state, noted)


def _first(message_id: str, state: State, newest: Iterable[Event]) -> list[Event]:
    """The events that are not settled; the first of them that there is room for, where a storm left more."""
    through, most = state.settled_through, room(state)
    fresh = takewhile(lambda event: through is None or order(event) > through, newest)
    events = list(islice(fresh, most + 1))
    return events if len(events) <= most else timelines.oldest(message_id, through, most)


def _learn(stored: Stored, state: State, recipients: Sequence[int], at: float) -> list[Contact]:
    """The contacts after what changed. Raises Conflict where one refused meanwhile: nothing is kept of what they did.

    Their version stands in the way of a refusal that comes between this and the save.
    """
    message = stored.message
    recipients = [i for i in recipients if stored.state.tallies[i].not_tracked != Untracked.SELF]
    known = contacts.load(message.sender, [message.recipients[i].email for i in recipients])
    gone = [i for i, contact in zip(recipients, known, strict=True) if contact.forgets(message)]
    gone = [i for i in gone if not settles(stored.state.tallies[i].not_tracked)]
    if gone:
        from chalicelib.work.erasure import steps

        steps.strike(stored, gone, Untracked.WITHDRAWN)
        raise Conflict("They refused tracking, or were erased.")
    return [
        learn(contact, message, stored.state.tallies[i], state.tallies[i], at)
        for i, contact in zip(recipients, known, strict=True)
    ]
