"""Webhooks told: each thing once, again where it failed, given up in the end; and nobody waits for one that fails."""

import time
from dataclasses import replace
from functools import partial

import pytest

from chalicelib.domain.events import EventKind
from chalicelib.domain.webhooks import MOST_TRIES, PATIENCE, WAITS, Failure, Webhook, signed
from chalicelib.store import keys, table
from chalicelib.store.telling import deliveries, notification_items, outbox, webhooks
from chalicelib.store.telling.deliveries import Delivery
from chalicelib.work import due as ticks
from chalicelib.work.telling import delivering
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import SENT, a_notification, a_webhook
from tests.trouble import TABLE_REFUSES, logged, refusing, settings, the_table
from tests.webhook_endpoint import Endpoint, added, receiving, talking

NOW = SENT + 7200
ANN = a_webhook().sender


@pytest.fixture
def endpoint(fresh_table: Embedded):
    with receiving() as found, settings(WEBHOOK_LOOPBACK="on"):
        yield found


def hook(endpoint: Endpoint, name: str = "hook", **changes) -> Webhook:
    webhook = a_webhook(id=name, url=f"{endpoint.url}/{name}", **changes)
    added(webhook)
    return webhook


def news(number: int = 0, sender: str = ANN, **changes) -> keys.Key:
    """A notification in the outbox, with a delivery for each webhook that wants it."""
    told = a_notification(sender=sender, message=f"{number:032x}", **changes)
    item = notification_items.of_notification(told, NOW, int(NOW) + 86_400)
    table.write([table.put_always(item)])
    key = keys.Key(item["pk"], item["sk"])
    delivering.prepare(told, key)
    return key


def prepared(sender: str = ANN) -> list[Delivery]:
    """The deliveries that were made and not begun, as the stream brings them."""
    found = map(deliveries.to_delivery, table.query(keys.desk(sender), "p#", "p$"))
    return [each for each in found if each.tries == 0]


def try_again(at: float) -> None:
    """What a tick does of webhooks."""
    ticks.run(at, at, time.monotonic, (delivering.BROKEN_OFF, delivering.WEBHOOKS))


def state(name: str = "hook") -> Webhook:
    found = webhooks.load([(ANN, name)])[ANN, name]
    assert found is not None
    return found


def outcomes() -> list[str | None]:
    return [item.get("outcome") for item in table.query(keys.desk(ANN), "p#", "p$")]


# -- What is posted, and to whom


def test_a_notification_is_posted_signed_and_noted(endpoint):
    webhook = hook(endpoint)
    news()
    delivering.deliver(prepared(), NOW)
    (posted,) = endpoint.posts
    assert posted.json["text"] == "Bob opened “Offer for June”"
    name = f"{posted.json['id']}:{int(NOW) * 1000}"
    expected = signed(webhook.secret, name, NOW, posted.body)
    assert {key: posted.headers[key] for key in expected} == expected
    assert outcomes() == ["204"]
    assert (state().outcome, state().tried_at, state().failing_since) == (204, NOW, None)


def test_each_webhook_gets_what_it_wants(endpoint):
    for name, kinds in {"all": (), "replies": (EventKind.REPLY,), "both": (EventKind.OPEN, EventKind.REPLY)}.items():
        hook(endpoint, name, kinds=kinds)
    news(1)
    news(2, kind=EventKind.REPLY)
    delivering.deliver(prepared(), NOW)
    assert sorted((each.path, each.json["kind"]) for each in endpoint.posts) == [
        *(("/all", "open"), ("/all", "reply"), ("/both", "open"), ("/both", "reply"), ("/replies", "reply"))
    ]


def test_what_is_told_anew_after_a_correction_has_another_id(endpoint):
    hook(endpoint)
    told = a_notification(sender=ANN)
    for decided in (NOW, NOW + 60):
        item = notification_items.of_notification(told, decided, int(NOW) + 86_400)
        table.write([table.put_always(item)])
        delivering.prepare(told, keys.Key(item["pk"], item["sk"]))
    delivering.deliver(prepared(), NOW + 60)
    assert len({each.headers["webhook-id"] for each in endpoint.posts}) == 2


# -- Once


def test_however_often_it_is_brought_it_is_posted_once(endpoint):
    hook(endpoint)
    key = news()
    brought = prepared()
    for _ in range(3):
        delivering.deliver(brought, NOW)
        try_again(NOW + 1e6)
        delivering.prepare(a_notification(sender=ANN, message=f"{0:032x}"), key)
    assert len(endpoint.posts) == 1


@pytest.mark.parametrize(
    ("operation", "after", "times"),
    [("PutItem", 0, 1), ("BatchGetItem", 0, 1), ("BatchGetItem", 1, 1), ("PutItem", 1, 2), ("PutItem", 2, 1)],
    ids=["the claim", "the webhook", "the notification", "the note of the yes", "the note in the webhook"],
)
def test_a_crash_loses_nothing_and_one_between_the_yes_and_its_note_repeats_it_under_its_id(
    endpoint, operation, after, times
):
    hook(endpoint)
    news()
    brought = prepared()
    with refusing(the_table(), operation, "ValidationException", after=after), pytest.raises(TABLE_REFUSES):
        delivering.deliver(brought, NOW)
    delivering.deliver(brought, NOW)
    try_again(NOW + WAITS[0])
    try_again(NOW + 1e6)
    assert len(endpoint.posts) == times
    assert len({(each.headers["webhook-id"], each.body) for each in endpoint.posts}) == 1
    assert outcomes() == ["204"]


# -- What fails


def test_a_webhook_that_cannot_be_read_holds_up_no_other_and_is_told_once_it_can(endpoint):
    hook(endpoint, "damaged")
    hook(endpoint, "sound")
    change = partial(table.change, keys.webhook(ANN, "damaged"))
    news()
    change({"outcome": "a word of the future"})
    with logged() as lines:
        delivering.deliver(prepared(), NOW)
    assert [(line["message"], line["webhook"]) for line in lines] == [("A webhook cannot be read.", "damaged")]
    assert [each.path for each in endpoint.posts] == ["/sound"]
    change({"outcome": 204})
    try_again(NOW + WAITS[0])
    assert [each.path for each in endpoint.posts] == ["/sound", "/damaged"]


def test_what_fails_is_tried_again_with_growing_waits_and_given_up_where_it_shows(endpoint):
    hook(endpoint)
    endpoint.status = 503
    news()
    delivering.deliver(prepared(), NOW)
    at = NOW
    with logged() as lines:
        for number, wait in enumerate(WAITS, 1):
            try_again(at + wait - 1)
            assert len(endpoint.posts) == number
            at += wait
            try_again(at)
    assert len(endpoint.posts) == MOST_TRIES
    assert outcomes() == ["given up: 503"]
    assert [(line["level"], line["reason"]) for line in lines] == [("ERROR", "503")]
    try_again(at + 1e6)
    assert len(endpoint.posts) == MOST_TRIES
    assert len({each.headers["webhook-id"] for each in endpoint.posts}) == 1
    assert len({each.headers["webhook-timestamp"] for each in endpoint.posts}) == MOST_TRIES
    assert (state().outcome, state().failing_since, state().disabled_at) == (503, NOW, None)


def test_a_last_try_that_breaks_off_is_given_up_too(endpoint):
    hook(endpoint)
    news()
    (begun,) = prepared()
    for _ in range(MOST_TRIES):
        claimed = deliveries.claim(begun, NOW)
        assert claimed is not None
        begun = claimed
    with logged() as lines:
        try_again(NOW)
    assert outcomes() == ["given up: broken off"] and endpoint.posts == []
    assert len(lines) == 1


def test_where_nobody_listens_it_says_so(fresh_table: Embedded):
    added(a_webhook(id="hook", url="http://127.0.0.1:9/"))
    news()
    with settings(WEBHOOK_LOOPBACK="on"):
        delivering.deliver(prepared(), NOW)
    assert (state().outcome, state().failing_since) == (Failure.NO_CONNECTION, NOW)


def test_a_private_address_is_not_asked_whoever_wrote_it_into_the_table(endpoint):
    hook(endpoint)
    news()
    with settings(WEBHOOK_LOOPBACK="off"):
        delivering.deliver(prepared(), NOW)
    assert state().outcome is Failure.NOT_PUBLIC and endpoint.posts == []


def test_who_fails_for_days_is_disabled_and_gets_nothing_more(endpoint):
    hook(endpoint, failing_since=NOW - PATIENCE)
    endpoint.status = 500
    news()
    delivering.deliver(prepared(), NOW)
    with logged() as lines:
        try_again(NOW + WAITS[0])
    assert state().disabled_at == NOW + WAITS[0]
    assert [line["message"] for line in lines] == ["A webhook is disabled."]
    news(1)
    assert prepared() == []
    try_again(NOW + 1e6)
    assert len(endpoint.posts) == 1 and outcomes() == ["void"]


# -- Who waits for it


def test_one_that_is_failing_is_not_waited_for_by_what_the_stream_brings(endpoint):
    hook(endpoint, failing_since=NOW - 60)
    news()
    delivering.deliver(prepared(), NOW)
    assert endpoint.posts == []
    try_again(NOW + WAITS[0])
    assert len(endpoint.posts) == 1 and state().failing_since is None


def test_of_many_to_one_that_fails_one_is_tried(endpoint):
    hook(endpoint)
    endpoint.status = 500
    for number in range(5):
        news(number)
    delivering.deliver(prepared(), NOW)
    assert len(endpoint.posts) == 1
    try_again(NOW + WAITS[0])
    assert len(endpoint.posts) == 2
    endpoint.status = 204
    try_again(NOW + WAITS[0] + WAITS[1])
    assert len(endpoint.posts) == 2 + 5 and outcomes() == ["204"] * 5


def test_what_waits_behind_one_that_fails_has_all_its_tries_before_it(endpoint):
    hook(endpoint)
    endpoint.status = 500
    for number in range(3):
        news(number)
    delivering.deliver(prepared(), NOW)
    at = NOW
    for wait in WAITS:
        at += wait
        try_again(at)
    assert len(endpoint.posts) == MOST_TRIES and outcomes().count("given up: 500") == 1
    assert [each.tries for each in deliveries.queued(ANN, "hook", 9)] == [0, 0]
    endpoint.status = 204
    try_again(at + WAITS[-1])
    assert sorted(map(str, outcomes())) == ["204", "204", "given up: 500"]


def test_one_that_fails_is_in_the_way_of_no_other(endpoint):
    with receiving() as other:
        added(a_webhook(id="a", url="http://127.0.0.1:9/"))
        added(a_webhook(id="b", url=other.url))
        for number in range(3):
            news(number)
        delivering.deliver(prepared(), NOW)
    assert len(other.posts) == 3


def test_a_round_ends_in_time_however_many_say_nothing_and_what_was_not_begun_is_due_again(endpoint):
    more = delivering.SIDE_BY_SIDE + 4
    senders = [f"{number:016x}" for number in range(more)]
    with talking() as port:
        for sender in senders:
            added(a_webhook(id="hook", sender=sender, url=f"http://127.0.0.1:{port}/"))
            news(sender=sender)
        delivering.deliver([each for sender in senders for each in prepared(sender)], NOW, longest=0.5)
    after = webhooks.load((sender, "hook") for sender in senders).values()
    begun = [each for each in after if each.outcome is Failure.NO_ANSWER and each.failing_since == NOW]
    assert 0 < len(begun) <= delivering.SIDE_BY_SIDE
    assert all(each.tried_at is None for each in after if each not in begun)
    waiting = deliveries.load(key for _, key in deliveries.due(NOW + WAITS[0]))
    waiting += [each for sender in senders for each in deliveries.queued(sender, "hook", 9)]
    assert len(waiting) == more and sum(each.tries for each in waiting) == len(begun)


# -- What is gone meanwhile


@pytest.mark.parametrize("gone", ["notification", "webhook"])
def test_what_was_erased_meanwhile_is_not_posted(endpoint, gone):
    hook(endpoint)
    key = news()
    table.delete([key if gone == "notification" else keys.webhook(ANN, "hook")])
    delivering.deliver(prepared(), NOW)
    assert endpoint.posts == [] and outcomes() == ["void"]
    try_again(NOW + 1e6)
    assert endpoint.posts == []


def test_a_webhook_that_is_removed_while_it_is_asked_stays_removed(endpoint):
    hook(endpoint)
    key = news()
    (delivery,) = prepared()
    entry = outbox.entries([key])[key]
    table.delete([keys.webhook(ANN, "hook")])
    delivering._remember({delivering.Post(delivery, replace(a_webhook(), id="hook"), entry): 204}, [], NOW)
    assert webhooks.listed(ANN) == []


# -- Fair turns


def test_however_much_waits_for_one_that_is_dead_another_senders_retry_is_on_time_and_costs_the_same(
    fresh_table: Embedded, endpoint
):
    eve = f"{7:016x}"
    added(a_webhook(id="dead", url="http://127.0.0.1:9/"))
    added(a_webhook(id="hook", sender=eve, url=endpoint.url))
    costs, at = [], NOW
    for many in (30, 150):
        for number in range(many):
            news(many * 10 + number)
        delivering.deliver(prepared(), at)
        endpoint.status = 503
        news(many, sender=eve)
        delivering.deliver(prepared(eve), at)
        endpoint.status, before = 204, len(endpoint.posts)
        at += state("dead").due_at - at
        with counting(fresh_table) as calls:
            try_again(at)
        assert len(endpoint.posts) == before + 1
        costs.append(len(calls))
    assert costs[1] <= costs[0]


def test_what_waited_for_one_that_is_back_is_told_in_order_and_then_nothing_is_due(endpoint):
    hook(endpoint)
    endpoint.status = 503
    for number in range(2 * delivering.BEHIND):
        news(number)
    delivering.deliver(prepared(), NOW)
    endpoint.status = 204
    try_again(NOW + WAITS[0])
    assert outcomes() == ["204"] * 2 * delivering.BEHIND
    for minute in range(2, 5):
        try_again(NOW + minute * 60)
    assert webhooks.due(NOW + 1e6) == deliveries.due(NOW + 1e6) == []


def test_what_joins_the_queue_while_it_is_found_empty_is_told_all_the_same(endpoint):
    """The index may show it late: a webhook stays on the list as long as something joined just now."""
    hook(endpoint)
    endpoint.status = 503
    news()
    delivering.deliver(prepared(), NOW)
    (waiting,) = deliveries.queued(ANN, "hook", 9)
    deliveries.finish(waiting, "hidden")
    try_again(NOW + WAITS[0])
    assert state().due_at == NOW + 2 * WAITS[0]
