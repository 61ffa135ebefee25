"""Following the stream: each touched message is folded anew, each new notification is told, each code asked for is mailed.

What tells is loaded only where there is something to tell: most batches are hits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain.events import Event, EventKind
from chalicelib.log import count, logger
from chalicelib.store import dead_letters, failures
from chalicelib.store.stream import Change
from chalicelib.work.tracking.folding import fold_message


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
    arrived: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.event is not None:
            touched[change.event.message].append(change)
    for message, caused in touched.items():
        events = [change.event for change in caused if change.event is not None]
        yield _Job(
            partial(_fold_and_count, message, events, at, now), "A message could not be folded.", caused, message
        )
    for change in changes:
        if not change.readable:
            yield _Job(partial(_refuse, change.id), "A record of the stream cannot be read.", [change])
        if change.notification is not None and change.key is not None:
            arrived[change.notification.sender].append(change)
        if change.wants_code and change.key is not None:
            from chalicelib.work.accounts import codes

            yield _Job(
                partial(codes.deliver, change.key, by=change.id, now=now), "A code could not be mailed.", [change]
            )
        if change.alerts and change.key is not None:
            from chalicelib.work.accounts import alerting

            yield _Job(partial(alerting.deliver, change.key, change.id, now), "An alert could not be mailed.", [change])
    for some in arrived.values():
        from chalicelib.work.telling.notifying import Arrived, tell

        news = [Arrived(each.notification, each.key, each.id) for each in some if each.notification and each.key]
        yield _Job(partial(tell, news, now), "A notification could not be sent.", some, news[0].notification.message)
    to_post = [change for change in changes if change.delivery is not None]
    if to_post:
        from chalicelib.work.telling import delivering

        posts = [change.delivery for change in to_post if change.delivery is not None]
        yield _Job(partial(delivering.deliver, posts, now), "Webhooks could not be told.", to_post)


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
