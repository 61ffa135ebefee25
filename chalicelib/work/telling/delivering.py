"""Webhooks told: each notification that a webhook wants is a delivery of its own, posted until the endpoint takes it.

Its next try is written down before it is posted. Between the endpoint's yes and the note of it there is a moment at
which a crash makes it go out again, under the same id (docs/webhooks.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.config import config
from chalicelib.domain.feed import as_json, feed_entry
from chalicelib.domain.notifications import Notification
from chalicelib.domain.webhooks import MOST_TRIES, Failure, Outcome, Webhook, next_try, signed, taken
from chalicelib.log import count, logger
from chalicelib.senders import webhook as endpoint
from chalicelib.store.keys import Key
from chalicelib.store.telling import deliveries, outbox, webhooks
from chalicelib.store.telling.deliveries import Delivery
from chalicelib.store.telling.outbox import Entry
from chalicelib.work.turns import Kind

SIDE_BY_SIDE = 16  # endpoints that are waited for at a time
LONGEST_ROUND = 15.0  # seconds, whatever a name server does: two rounds are well within a function's time
IN_PASSING = 3.0  # seconds of a round that the stream waits for: who is slower is asked by the schedule


@dataclass(frozen=True, slots=True)
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
    """Post what the stream brought. What is behind it waits: an endpoint that is slow or failing is left to `try_again`."""
    _deliver(new, at, longest, failing_too=False)


def try_again(at: float, longest: float = LONGEST_ROUND) -> None:
    """Post what is due again at `at`."""
    _deliver(deliveries.due(at), at, longest, failing_too=True)


def _deliver(waiting: Sequence[Delivery], at: float, longest: float, *, failing_too: bool) -> None:
    """Try of each webhook one delivery, and where that is taken, all others. Those that are not tried wait with it."""
    queues: dict[Webhook, list[Post]] = defaultdict(list)
    for post in _posts(waiting, at):
        queues[post.webhook].append(post)
    for queue in queues.values():
        # The most tried first: its waits have grown, and an endpoint that fails is to be asked no sooner than they say.
        queue.sort(key=lambda post: post.delivery.tries, reverse=True)
    heads = [queue.pop(0) for webhook, queue in queues.items() if failing_too or webhook.failing_since is None]
    outcomes = _round(heads, at, longest)
    well = {post.webhook for post, outcome in outcomes.items() if taken(outcome)}
    outcomes |= _round([post for webhook in well for post in queues.pop(webhook)], at, longest)
    tries = {head.webhook: head.delivery.tries for head in heads}
    for webhook, queue in queues.items():
        for post in queue:
            deliveries.put_off(post.delivery, next_try(tries.get(webhook, 0), at))
    _remember(outcomes, at)


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


def _remember(outcomes: Mapping[Post, Outcome], at: float) -> None:
    """Note in each webhook what came of its tries."""
    after: dict[Webhook, Webhook] = {}
    for post, outcome in outcomes.items():
        after[post.webhook] = after.get(post.webhook, post.webhook).after(outcome, at)
    for webhook in after.values():
        webhooks.save(webhook)
        if webhook.disabled_at is not None:
            logger().error("A webhook is disabled.", extra={"webhook": webhook.id, "reason": str(webhook.outcome)})


def _all(deliveries: Sequence[Sequence[Delivery]], at: float, now: float) -> Iterable[tuple[str, Sequence[Delivery]]]:
    for each in deliveries:
        _deliver(each, at, LONGEST_ROUND, failing_too=True)
    return ()


WEBHOOKS = Kind("webhooks", 20.0, lambda at: [("", deliveries.due(at))], _all)
