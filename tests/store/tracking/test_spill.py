"""The spill queue: where an event waits whole while the table does not take it."""

import pytest

from chalicelib.store.tracking import events, spill
from tests.embedded import Embedded
from tests.makers import a_click
from tests.trouble import refusing, settings


def test_an_event_waits_whole(fresh_table: Embedded):
    spill.put(a_click())
    queue = fresh_table.client("sqs")
    (message,) = queue.receive_message(QueueUrl=fresh_table.made.queue_url)["Messages"]
    assert events.from_text(message["Body"]) == a_click()


def test_a_queue_that_is_not_there_is_said(fresh_table: Embedded):
    with (
        settings(SPILL_QUEUE_URL=fresh_table.made.queue_url + "-not"),
        pytest.raises(spill.QueueUnavailable, match="QueueDoesNotExist"),
    ):
        spill.put(a_click())


def test_a_deployment_without_a_queue_says_so_too(fresh_table: Embedded):
    with settings(SPILL_QUEUE_URL=""), pytest.raises(spill.QueueUnavailable):
        spill.put(a_click())


def test_a_queue_is_asked_once_since_somebody_waits(fresh_table: Embedded):
    with (
        refusing(spill._client(), "SendMessage", "ThrottlingException") as refused,
        pytest.raises(spill.QueueUnavailable),
    ):
        spill.put(a_click())
    assert len(refused) == 1
