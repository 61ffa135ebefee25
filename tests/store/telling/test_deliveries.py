"""Deliveries: each begun try is one's own, and the next one is written before it."""

import re
from pathlib import Path

import pytest

from chalicelib.domain.webhooks import WAITS
from chalicelib.store import keys, table
from chalicelib.store.telling import deliveries
from chalicelib.store.telling.deliveries import KEPT, Delivery
from tests.embedded import Embedded
from tests.makers import SENT

NEWS = keys.notification("5e7de75e7de75e7d", SENT + 7260.25, SENT + 7200, "0199:open:0")


def the_only() -> Delivery:
    item = table.get(keys.delivery(NEWS, "hook"))
    assert item is not None
    return deliveries.to_delivery(item)


def due(until: float) -> list[Delivery]:
    return deliveries.load(key for _, key in deliveries.due(until))


@pytest.fixture
def delivery(fresh_table: Embedded) -> Delivery:
    deliveries.add(NEWS, "hook")
    return the_only()


def test_it_names_its_webhook_and_its_notification_and_holds_neither(delivery):
    assert (delivery.webhook, delivery.notification, delivery.sender) == ("hook", NEWS, "5e7de75e7de75e7d")
    assert (delivery.tries, delivery.expires) == (0, int(SENT + 7260) + KEPT)
    item = table.get(delivery.key)
    assert item is not None and set(item) == {"pk", "sk", "version", "expires"}


def test_the_same_again_is_the_same_even_when_it_is_done(delivery):
    deliveries.finish(delivery, "204")
    deliveries.add(NEWS, "hook")
    item = table.get(delivery.key)
    assert item is not None and item["outcome"] == "204"


def test_it_is_kept_longer_than_what_brings_it_may_wait_and_its_tries_take():
    stack = (Path(__file__).parents[3] / "infra" / "resources.yaml").read_text()
    (laid_aside,) = re.findall(r"\n  DeadLetters:(?:.*\n)(?:    .*\n)*?      MessageRetentionPeriod: (\d+)", stack)
    assert 86_400 + int(laid_aside) + sum(WAITS) < KEPT, "a stream forgets in a day"


def test_a_try_is_begun_by_one_and_due_again_in_case_it_breaks_off(delivery):
    claimed = deliveries.claim(delivery, SENT + 60)
    assert claimed is not None and claimed.tries == 1
    assert deliveries.claim(delivery, SENT + 60) is None
    assert due(SENT + 59) == []
    assert due(SENT + 60) == [claimed]


def test_what_is_done_is_not_due_and_not_to_be_claimed(delivery):
    claimed = deliveries.claim(delivery, SENT + 60)
    assert claimed is not None
    deliveries.finish(claimed, "204")
    assert due(SENT + 1e6) == []
    assert deliveries.claim(claimed, SENT + 120) is None


def test_a_try_that_ends_when_another_was_begun_leaves_it_to_that(delivery):
    claimed = deliveries.claim(delivery, SENT + 60)
    assert claimed is not None
    again = deliveries.claim(claimed, SENT + 120)
    deliveries.finish(claimed, "503")
    assert due(SENT + 120) == [again]


def test_one_that_is_given_back_waits_and_no_try_of_it_is_counted(delivery):
    claimed = deliveries.claim(delivery, SENT + 120)
    assert claimed is not None
    deliveries.give_back(claimed, SENT + 180)
    assert (due(SENT + 179), due(SENT + 180)) == ([], [delivery])
    deliveries.give_back(claimed, SENT + 60)
    assert due(SENT + 179) == []


def test_what_is_queued_waits_for_its_webhook_alone_in_the_order_in_which_it_was_decided(fresh_table: Embedded):
    named = [keys.notification("5e7de75e7de75e7d", SENT + at, SENT, "0199:open:0") for at in (30, 10, 20)]
    for each in named:
        deliveries.add(each, "hook")
        found = table.get(keys.delivery(each, "hook"))
        assert found is not None
        deliveries.queue(deliveries.to_delivery(found))
    assert due(SENT + 1e6) == [] and deliveries.queued("5e7de75e7de75e7d", "another", 9) == []
    waiting = deliveries.queued("5e7de75e7de75e7d", "hook", 2)
    assert [each.notification for each in waiting] == [named[1], named[2]]
    claimed = deliveries.claim(waiting[0], SENT + 60)
    assert claimed is not None and claimed.queued, "it keeps its place until somebody says what came of it"
    deliveries.queue(waiting[0])
    deliveries.finish(claimed, "204")
    assert [each.notification for each in deliveries.queued("5e7de75e7de75e7d", "hook", 9)] == [named[2], named[0]]
