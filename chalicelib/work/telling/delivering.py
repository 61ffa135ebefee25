"""Webhooks told: each notification that a webhook wants is a delivery of its own, posted until the endpoint takes it.

Its next try is written down before it is posted. Between the endpoint's yes and the note of it there is a moment at
which a crash makes it go out again, under the same id (docs/webhooks.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.domain.feed import as_json, feed_entry
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.webhooks import MOST_TRIES, Failure, Outcome, Webhook, next_try, signed, taken
from chalicelib.log import count, logger
from chalicelib.senders import webhook as endpoint
from chalicelib.store.keys import Key
from chalicelib.store.telling import deliveries, outbox, webhooks
from chalicelib.store.telling.deliveries import Delivery
from chalicelib.store.telling.outbox import Entry
from chalicelib.work.turns import Kind

_MOST_CONFLICTS = 8
_Name = tuple[str, str]  # a webhook's sender and its id

SIDE_BY_SIDE = 16  # endpoints that are waited for at a time
SETTLED = 120.0  # seconds after which whatever was queued is seen in the list
BEHIND = 25  # that wait for one webhook, in one turn
LONGEST_ROUND = 8.0  # seconds, whatever a name server does: two rounds are well within a function's time
IN_PASSING = 3.0  # seconds of a round that the stream waits for: who is slower is asked by the schedule


@record
class Post:
    """One try."""

    delivery: Delivery
    webhook: Webhook
    entry: Entry


def prepare(notification: Notification, key: Key) -> None:
    """Make a delivery of a notification for each webhook that wants it. Done twice it is the same as once."""
    for webhook in webhooks.listed(notification.sender):
        if webhook.wants(notification.kind):
            deliveries.add(key, webhook.id)


def deliver(new: Sequence[Delivery], at: float, longest: float = IN_PASSING) -> None:
    """Post what the stream brought. What is for an endpoint that is failing is queued behind what waits for it already."""
    _deliver(new, at, longest, failing_too=False)


def _deliver(waiting: Sequence[Delivery], at: float, longest: float, *, failing_too: bool) -> dict[Webhook, Webhook]:
    """Try of each webhook one delivery, and where that is taken, all others. Those that are not tried are queued with it.

    How the webhooks stand then.
    """
    queues: dict[Webhook, list[Post]] = defaultdict(list)
    for post in _posts(waiting, at):
        queues[post.webhook].append(post)
    for queue in queues.values():
        queue.sort(key=lambda post: (-post.delivery.tries, post.delivery.key.sk))
    heads = [queue.pop(0) for webhook, queue in queues.items() if failing_too or webhook.failing_since is None]
    outcomes = _round(heads, at, longest)
    well = {post.webhook for post, outcome in outcomes.items() if taken(outcome)}
    outcomes |= _round([post for webhook in well for post in queues.pop(webhook)], at, longest)
    left = [post for queue in queues.values() for post in queue]
    left += [post for post, outcome in outcomes.items() if not taken(outcome) and post.delivery.tries < MOST_TRIES]
    after = _remember(outcomes, left, at)  # first: where anything is queued, its webhook is listed
    for post in left:
        webhook = after.get(post.webhook)
        if webhook is None or webhook.disabled_at is not None:
            deliveries.finish(post.delivery, "void")
        else:
            deliveries.queue(post.delivery)
    return after


def _posts(waiting: Iterable[Delivery], at: float) -> list[Post]:
    """The tries that there are to make. What was erased meanwhile, what was tried often enough, and who wants no more, ends
    here.

    A webhook that cannot be read is no other's trouble: what it is to be told counts as tried, and comes round again.
    """
    left = []
    for each in waiting:
        if each.tries >= MOST_TRIES:  # the last try broke off
            _give_up(each, "broken off")
        else:
            left.append(each)
    known = webhooks.load({(each.sender, each.webhook) for each in left})
    entries = outbox.entries({each.notification for each in left})
    found = []
    for each in left:
        name = (each.sender, each.webhook)
        webhook, entry = known.get(name), entries.get(each.notification)
        if webhook is None and name in known:
            logger().error("A webhook cannot be read.", extra={"webhook": each.webhook})
            deliveries.claim(each, next_try(each.tries, at))
        elif webhook is None or entry is None or webhook.disabled_at is not None:
            deliveries.finish(each, "void")
        else:
            found.append(Post(each, webhook, entry))
    return found


def _claimed(posts: Iterable[Post], at: float) -> list[Post]:
    """The posts that are ours to try, each with its next try written down."""
    tried = ((post, deliveries.claim(post.delivery, next_try(post.delivery.tries, at))) for post in posts)
    return [replace(post, delivery=claimed) for post, claimed in tried if claimed is not None]


def _round(posts: Sequence[Post], at: float, longest: float) -> dict[Post, Outcome]:
    """What came of each try, noted as soon as it is known. One that is not begun within `longest` seconds is not there, and
    not counted.
    """
    if not posts:
        return {}
    outcomes: dict[Post, Outcome] = {}
    pool = ThreadPoolExecutor(SIDE_BY_SIDE)
    asked = {pool.submit(_ask, each, at, config().webhook_loopback): each for each in _claimed(posts, at)}
    try:
        with suppress(TimeoutError):
            for answered in as_completed(asked, longest):
                outcomes[asked[answered]] = answered.result()
                _note(asked[answered], answered.result(), at)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    for late, post in asked.items():
        if late.cancelled():
            deliveries.give_back(post.delivery, next_try(0, at))
        elif post not in outcomes:
            outcomes[post] = Failure.NO_ANSWER
            _note(post, Failure.NO_ANSWER, at)
    return outcomes


def _ask(post: Post, at: float, loopback: bool) -> Outcome:
    notification = post.entry.notification
    body = as_json(feed_entry(notification, post.entry.at))
    # An entry's own id is that of what it tells, which may be told again after a correction.
    headers = signed(post.webhook.secret, f"{notification.id}:{round(post.entry.at * 1000)}", at, body)
    try:
        return endpoint.post(post.webhook.url, headers, body, loopback=loopback)
    except endpoint.Unreachable as unreachable:
        return unreachable.failure


def _note(post: Post, outcome: Outcome, at: float) -> None:
    if taken(outcome):
        deliveries.finish(post.delivery, str(outcome))
        notification = post.entry.notification
        count(config().stage, "Notifications", 1, at, "channel=webhook", message_id=notification.message)
    elif post.delivery.tries >= MOST_TRIES:
        _give_up(post.delivery, str(outcome))


def _give_up(delivery: Delivery, outcome: str) -> None:
    deliveries.finish(delivery, f"given up: {outcome}")
    logger().error("A webhook was not told.", extra={"webhook": delivery.webhook, "reason": outcome})


def _remember(outcomes: Mapping[Post, Outcome], left: Sequence[Post], at: float) -> dict[Webhook, Webhook]:
    """How each webhook that is there still stands after what came of its tries. When what is left is tried again is noted."""
    came: dict[Webhook, list[Outcome]] = defaultdict(list)
    for post, outcome in outcomes.items():
        came[post.webhook].append(outcome)
    waits: dict[Webhook, float] = {}
    for post in left:
        again = next_try(max(post.delivery.tries - 1, 0), at)
        waits[post.webhook] = max(waits.get(post.webhook, 0.0), again)
    noted = {webhook: _noted(webhook, came[webhook], waits.get(webhook), at) for webhook in {**came, **waits}}
    for webhook in noted.values():
        if webhook is not None and webhook.disabled_at == at:
            logger().error("A webhook is disabled.", extra={"webhook": webhook.id, "reason": str(webhook.outcome)})
    return {was: now for was, now in noted.items() if now is not None}


def _noted(webhook: Webhook, came: Sequence[Outcome], again: float | None, at: float) -> Webhook | None:
    """The webhook after what came of its tries; None if it is gone. `again` is when what is left of them is tried again."""
    for _ in range(_MOST_CONFLICTS):
        after = webhook
        for outcome in came:
            after = after.after(outcome, at)
        if again is not None:
            later = again if came or after.due_at is None else after.due_at
            after = replace(after, due_at=later, joined_at=at)
        if after.disabled_at is not None:
            after = replace(after, due_at=None)
        try:
            return webhooks.save(after)
        except Conflict:
            name = (webhook.sender, webhook.id)
            found = webhooks.load([name]).get(name)
            if found is None:
                return None
            webhook = found
    raise Conflict("A webhook changed again and again.")


def _broken_off(some: Sequence[Key], at: float, now: float) -> Iterable[tuple[str, Key]]:
    _deliver(deliveries.load(some), now, LONGEST_ROUND, failing_too=False)
    return ()


def _turns(some: Sequence[_Name], at: float, now: float) -> Iterator[tuple[str, _Name]]:
    """A turn for each of these webhooks: its first, and where that is taken some of what waits behind it."""
    queues: dict[_Name, list[Delivery]] = {}
    for name, webhook in webhooks.load(some).items():
        if webhook is not None and webhook.due_at is not None and webhook.due_at <= at:
            with suppress(Conflict):  # else another tick has it
                queues[name] = _queue_of(webhook, at)
    after = _deliver([each for queue in queues.values() for each in queue], at, LONGEST_ROUND, failing_too=True)
    for webhook in after.values():
        name = (webhook.sender, webhook.id)
        if webhook.failing_since is None and len(queues[name]) == BEHIND:
            with suppress(Conflict):
                webhooks.save(replace(webhook, due_at=at))
                yield webhook.sender, name


def _queue_of(webhook: Webhook, at: float) -> list[Delivery]:
    """The first of what waits for a webhook, which is ours for this turn. Raises Conflict where it is not."""
    ours = webhooks.save(replace(webhook, due_at=next_try(0, at)))
    queue = deliveries.queued(ours.sender, ours.id, BEHIND)
    # The index follows the table by a moment: what joined just now may not be seen there yet.
    if not queue and (ours.joined_at is None or ours.joined_at < at - SETTLED):
        webhooks.save(replace(ours, due_at=None))
    return queue


BROKEN_OFF = Kind("posts broken off", 3.0, deliveries.due, _broken_off, together=SIDE_BY_SIDE)
WEBHOOKS = Kind("webhooks", 10.0, webhooks.due, _turns, together=SIDE_BY_SIDE)
"""A turn for each webhook for which something waits, however much that is: one that fails costs one call, and waits longer
each time.
"""
