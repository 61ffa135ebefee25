"""Following the stream: each touched message is folded anew, each new notification is told, each code asked for is mailed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, takewhile
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain import contacts as habits
from chalicelib.domain.consent import Untracked, settles
from chalicelib.domain.contacts import Contact, learn
from chalicelib.domain.events import Event, EventKind
from chalicelib.domain.refusals import Conflict
from chalicelib.domain.timeline import State, fold, news_to, order, room
from chalicelib.log import count, logger
from chalicelib.store import dead_letters, failures
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.store.stream import Change
from chalicelib.work.accounts import codes
from chalicelib.work.erasure import erasing
from chalicelib.work.retrying import retried
from chalicelib.work.telling import delivering
from chalicelib.work.telling.notifying import tell
from chalicelib.work.tracking.settings import settings


def follow(changes: Sequence[Change], now: float, function: str = "") -> set[str]:
    """Do what follows from a batch of changes. The sequence numbers of the records that the stream is to bring again.

    What happened is judged as known when it was written, however long the stream took; what is told is told at `now`.
    One message's failure is no other's. What may succeed later comes again; what fails for what it says would hold up all
    behind it, and is laid aside as a call of `function` (an ARN; without one, it comes again too).
    """
    failed: set[str] = set()
    for job in _jobs(changes, max((change.at for change in changes), default=0.0), now):
        try:
            job.do()
        except Exception as failure:  # noqa: BLE001 - the batch must be answered for, and the other jobs are well
            logger().exception(job.failing, extra={"message_id": job.message} if job.message else {})
            failed |= _left(job.caused, function, failure)
    return failed


class Unreadable(Exception):  # noqa: N818
    """A record that this version knows nothing to do about: it is damaged, or a later version wrote it."""


class _Job(NamedTuple):
    """One thing that follows: what to do, what to say where it fails, about which message, and the records that ask for it."""

    do: Callable[[], object]
    failing: str
    caused: Sequence[Change]
    message: str = ""


def _jobs(changes: Sequence[Change], at: float, now: float) -> Iterator[_Job]:
    touched: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.event is not None:
            touched[change.event.message].append(change)
    for message, caused in touched.items():
        news = [change.event for change in caused if change.event is not None]
        yield _Job(partial(_fold_and_count, message, news, at, now), "A message could not be folded.", caused, message)
    for change in changes:
        if not change.readable:
            yield _Job(partial(_refuse, change.id), "A record of the stream cannot be read.", [change])
        if change.notification is not None and change.key is not None:
            act = partial(tell, change.notification, change.key, by=change.id, now=now)
            yield _Job(act, "A notification could not be sent.", [change], change.notification.message)
        if change.wants_code and change.key is not None:
            yield _Job(
                partial(codes.deliver, change.key, by=change.id, now=now), "A code could not be mailed.", [change]
            )
    told = [change for change in changes if change.delivery is not None]
    posts = [change.delivery for change in told if change.delivery is not None]
    yield _Job(partial(delivering.deliver, posts, now), "Webhooks could not be told.", told)


def _refuse(record: str) -> None:
    raise Unreadable(record)


def _fold_and_count(message: str, news: Sequence[Event], at: float, now: float) -> None:
    fold_message(message, news, at, now)
    _count_hits(news)


def _left(caused: Sequence[Change], function: str, failure: Exception) -> set[str]:
    """The records that are to come again, of those that failed: none, once they are laid aside."""
    try:
        if function and not failures.may_pass(failure):
            for change in caused:
                dead_letters.put(function, change.record)
            return set()
    except dead_letters.NotLaidAside as wrong:
        logger().error("What cannot be followed cannot be laid aside either.", extra={"reason": str(wrong)})
    return {change.sequence for change in caused}


def _count_hits(news: Iterable[Event]) -> None:
    """Count them here, where no reader waits for it. Records that come again are counted again."""
    for event in news:
        if event.kind in (EventKind.OPEN, EventKind.CLICK):
            by = f"verdict={event.guess.kind.value}"
            count(config().stage, "Hits", 1, event.at, by, event_id=event.id, message_id=event.message)


def release(at: float, now: float) -> None:
    """Fold each message whose wait is over at `at`, and tell of it at `now`.

    One message's failure is no other's: it is logged, and due again.
    """
    held = messages.held(at)
    count(config().stage, "OldestHeldSeconds", at - min(held.values(), default=at), at)
    for message_id in held:
        try:
            fold_message(message_id, [], at, now)
        except Exception:  # noqa: BLE001 - the others wait
            logger().exception("A message could not be released.", extra={"message_id": message_id})


@retried(8)
def fold_message(message_id: str, news: Sequence[Event], at: float, now: float) -> None:
    """Fold a message as known at `at`, now that `news` came (events that it may hold already); tell of it at `now`.

    Raises Conflict if it, or its contacts, changed in the meantime at each try.
    """
    stored, newest = messages.with_events(message_id)
    if stored is None:
        messages.delete_events(message_id, most=erasing.MOST_EVENTS)
        return None
    messages.take_back(event for event in news if not stored.state.keeps(event))
    before = _unsettled(stored, news)
    through = before.settled_through
    events = news_to(before, news) if before.full else _first(message_id, before, newest)
    if stored.message.counts_only and through is not None:
        messages.delete_events(message_id, lambda event: order(event) <= through, until=through[0])
    found = fold(stored.message, events, before, at, settings())
    if found.state == replace(stored.state, as_of=found.state.as_of):
        return None
    pairs = list(zip(stored.state.tallies, found.state.tallies, strict=True))
    changed = {i for i, pair in enumerate(pairs) if habits.counts_differ(*pair)}
    changed |= {each.recipient for each in found.notifications}
    if changed:
        learnt = _learn(stored, found.state, sorted(changed), at)
        return messages.save(stored, found.state, learnt, found.notifications, now)
    noted = _learn(stored, found.state, [i for i, pair in enumerate(pairs) if habits.note_differs(*pair)], at)
    return messages.save_quietly(stored, found.state, noted)


def _first(message_id: str, state: State, newest: Iterable[Event]) -> list[Event]:
    """The events that are not settled; the first of them that there is room for, where a storm left more."""
    through, most = state.settled_through, room(state)
    fresh = takewhile(lambda event: through is None or order(event) > through, newest)
    events = list(islice(fresh, most + 1))
    return events if len(events) <= most else messages.oldest_events(message_id, through, most)


def _unsettled(stored: Stored, news: Iterable[Event]) -> State:
    """The state to start from: the settled part falls where an event comes late into it, and all are folded again."""
    state = stored.state
    through = state.settled_through
    if stored.message.counts_only:
        return state  # what was settled is gone: what comes later than a day is not counted
    if through is not None and not state.full and any(order(event) <= through for event in news):
        return replace(state, settled=(), settled_through=None, settled_count=0)
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
