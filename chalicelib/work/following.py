"""Following the stream: each touched message is folded anew, each new notification is told, each code asked for is mailed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from chalicelib.config import config
from chalicelib.domain import contacts as habits
from chalicelib.domain.consent import Untracked, settles
from chalicelib.domain.contacts import Contact, learn
from chalicelib.domain.events import Event, EventKind
from chalicelib.domain.refusals import Conflict
from chalicelib.domain.timeline import State, fold, order
from chalicelib.log import count, logger
from chalicelib.store import contacts, messages
from chalicelib.store.messages import Stored
from chalicelib.store.stream import Change
from chalicelib.work import codes, delivering, erasing
from chalicelib.work.notifying import tell
from chalicelib.work.settings import settings

TRIES = 8  # a message or contact that changed in the meantime is loaded and folded again


def follow(changes: Sequence[Change]) -> set[str]:
    """Do what follows from a batch of changes. The sequence numbers of the records for which it failed.

    One message's failure is no other's: it is logged, and the stream brings its records again.
    """
    at = max((change.at for change in changes), default=0.0)
    touched: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.event is not None:
            touched[change.event.message].append(change)
    failed: set[str] = set()
    for message, caused in touched.items():
        news = [change.event for change in caused if change.event is not None]
        try:
            fold_message(message, news, at)
            _count_hits(news)
        except Exception:  # noqa: BLE001 - the batch must be answered for: this part of it comes again
            logger().exception("A message could not be folded.", extra={"message_id": message})
            failed.update(change.sequence for change in caused)
    for change in changes:
        if change.notification is None or change.key is None:
            continue
        try:
            tell(change.notification, change.key, by=change.id)
        except Exception:  # noqa: BLE001 - as above
            logger().exception("A notification could not be sent.", extra={"message_id": change.notification.message})
            failed.add(change.sequence)
    try:
        delivering.deliver([change.delivery for change in changes if change.delivery is not None], at)
    except Exception:  # noqa: BLE001 - as above; what was claimed is due again
        logger().exception("Webhooks could not be told.")
        failed.update(change.sequence for change in changes if change.delivery is not None)
    for change in changes:
        if not change.wants_code or change.key is None:
            continue
        try:
            codes.deliver(change.key, by=change.id)
        except Exception:  # noqa: BLE001 - as above
            logger().exception("A code could not be mailed.")
            failed.add(change.sequence)
    return failed


def _count_hits(news: Iterable[Event]) -> None:
    """Count them here, where no reader waits for it. Records that come again are counted again."""
    for event in news:
        if event.kind in (EventKind.OPEN, EventKind.CLICK):
            by = f"verdict={event.guess.kind.value}"
            count(config().stage, "Hits", 1, event.at, by, event_id=event.id, message_id=event.message)


def fold_message(message_id: str, news: Sequence[Event], at: float) -> None:
    """Fold a message as known at `at`, now that `news` came (events that it may hold already).

    Raises Conflict if it, or its contacts, changed TRIES times in the meantime.
    """
    for _ in range(TRIES - 1):
        try:
            return _fold_once(message_id, news, at)
        except Conflict:
            continue
    return _fold_once(message_id, news, at)


def release(at: float) -> None:
    """Fold each message whose wait is over. One message's failure is no other's: it is logged, and due again."""
    held = messages.held(at)
    count(config().stage, "OldestHeldSeconds", at - min(held.values(), default=at), at)
    for message_id in held:
        try:
            fold_message(message_id, [], at)
        except Exception:  # noqa: BLE001 - the others wait
            logger().exception("A message could not be released.", extra={"message_id": message_id})


def _fold_once(message_id: str, news: Sequence[Event], at: float) -> None:
    stored, newest = messages.with_events(message_id)
    if stored is None:
        messages.delete_events(message_id)
        return None
    messages.take_back(event for event in news if not stored.state.keeps(event))
    before = _unsettled(stored, news)
    through = before.settled_through
    events = list(takewhile(lambda event: through is None or order(event) > through, newest))
    if stored.message.counts_only and through is not None:
        messages.delete_events(message_id, lambda event: order(event) <= through)
    found = fold(stored.message, events, before, at, settings())
    if found.state == replace(stored.state, as_of=found.state.as_of):
        return None
    pairs = list(zip(stored.state.tallies, found.state.tallies, strict=True))
    changed = {i for i, pair in enumerate(pairs) if habits.counts_differ(*pair)}
    changed |= {each.recipient for each in found.notifications}
    if changed:
        learnt = _learn(stored, found.state, sorted(changed), at)
        return messages.save(stored, found.state, learnt, found.notifications)
    noted = _learn(stored, found.state, [i for i, pair in enumerate(pairs) if habits.note_differs(*pair)], at)
    return messages.save_quietly(stored, found.state, noted)


def _unsettled(stored: Stored, news: Iterable[Event]) -> State:
    """The state to start from: the settled part falls where an event comes late into it, and all are folded again."""
    state = stored.state
    through = state.settled_through
    if stored.message.counts_only:
        return state  # what was settled is gone: what comes later than a day is not counted
    if through is not None and any(order(event) <= through for event in news):
        return replace(state, settled=(), settled_through=None)
    return state


def _learn(stored: Stored, state: State, recipients: Sequence[int], at: float) -> list[Contact]:
    """The contacts after what changed. Raises Conflict where one refused meanwhile: nothing is kept of what they did.

    Their version stands in the way of a refusal that comes between this and the save.
    """
    message = stored.message
    known = contacts.load(message.sender, [message.recipients[i].email for i in recipients])
    gone = [i for i, contact in zip(recipients, known, strict=True) if contact.forgets(message)]
    gone = [i for i in gone if not settles(stored.state.tallies[i].not_tracked)]
    if gone:
        erasing.strike(message, gone, Untracked.WITHDRAWN)
        raise Conflict("They refused tracking, or were erased.")
    return [
        learn(contact, message, stored.state.tallies[i], state.tallies[i], at)
        for i, contact in zip(recipients, known, strict=True)
    ]
