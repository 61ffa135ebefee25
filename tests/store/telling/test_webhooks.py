"""Webhooks in the table: as they were put, changed by tries, and never brought back by one."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.events import EventKind
from chalicelib.domain.webhooks import Failure
from chalicelib.store.telling import webhooks
from tests.embedded import Embedded
from tests.makers import SENT, a_webhook
from tests.webhook_endpoint import added

ANN = a_webhook().sender


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kinds": (EventKind.OPEN, EventKind.REPLY)},
        {"outcome": 204, "tried_at": SENT + 1},
        {"outcome": Failure.NOT_PUBLIC, "tried_at": SENT + 1, "failing_since": SENT, "disabled_at": SENT + 1},
    ],
)
def test_a_webhook_comes_back_as_it_was_put(fresh_table: Embedded, changes):
    webhook = a_webhook(**changes)
    added(webhook)
    assert webhooks.listed(ANN) == [webhook]
    assert webhooks.load([(ANN, webhook.id), (ANN, "another")]) == {(ANN, webhook.id): webhook}
    assert webhooks.listed("another") == []


def test_two_are_never_one(fresh_table: Embedded):
    added(a_webhook())
    with pytest.raises(Conflict):
        added(a_webhook(url="https://elsewhere.example.com"))
    assert webhooks.listed(ANN) == [a_webhook()]


def test_what_a_try_made_of_it_is_kept(fresh_table: Embedded):
    added(a_webhook())
    webhooks.save(a_webhook().after(503, SENT))
    assert webhooks.listed(ANN) == [replace(a_webhook().after(503, SENT), version=2)]


def test_a_try_that_ends_late_changes_nothing_of_what_was_said_since(fresh_table: Embedded):
    added(a_webhook())
    webhooks.save(a_webhook().after(200, SENT + 60))
    with pytest.raises(Conflict):
        webhooks.save(a_webhook().after(503, SENT))
    assert webhooks.listed(ANN)[0].outcome == 200
    webhooks.remove(ANN, a_webhook().id)
    with pytest.raises(Conflict):
        webhooks.save(replace(a_webhook(), version=2))
    assert webhooks.listed(ANN) == []
