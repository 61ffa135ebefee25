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
    assert deliveries.due(SENT + 59) == []
    assert deliveries.due(SENT + 60) == [claimed]


def test_what_is_done_is_not_due_and_not_to_be_claimed(delivery):
    claimed = deliveries.claim(delivery, SENT + 60)
    assert claimed is not None
    deliveries.finish(claimed, "204")
    assert deliveries.due(SENT + 1e6) == []
    assert deliveries.claim(claimed, SENT + 120) is None


def test_a_try_that_ends_when_another_was_begun_leaves_it_to_that(delivery):
    claimed = deliveries.claim(delivery, SENT + 60)
    assert claimed is not None
    again = deliveries.claim(claimed, SENT + 120)
    deliveries.finish(claimed, "503")
    assert deliveries.due(SENT + 120) == [again]


def test_some_of_each_part_of_the_list_are_looked_at_at_a_time(fresh_table: Embedded):
    for number in range(30):
        due = {"due_shard": "deliveries#0", "due_at": SENT - number}
        pk, sk = keys.delivery(NEWS, f"{number:02}")
        table.write([table.put_always({"pk": pk, "sk": sk, "version": 2, "expires": int(SENT), **due})])
    assert sorted(each.webhook for each in deliveries.due(SENT)) == [f"{number:02}" for number in range(5, 30)]


def test_one_that_is_put_off_or_given_back_waits_and_no_try_of_it_is_counted(delivery):
    deliveries.put_off(delivery, SENT + 60)
    assert (deliveries.due(SENT + 59), deliveries.due(SENT + 60)) == ([], [delivery])
    claimed = deliveries.claim(delivery, SENT + 120)
    assert claimed is not None
    deliveries.put_off(delivery, SENT + 60)
    assert deliveries.due(SENT + 119) == [], "another has it"
    deliveries.give_back(claimed, SENT + 180)
    assert (deliveries.due(SENT + 179), deliveries.due(SENT + 180)) == ([], [delivery])
    deliveries.give_back(claimed, SENT + 60)
    assert deliveries.due(SENT + 179) == []
