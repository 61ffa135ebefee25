"""Alerting: the first address is told once of what lets somebody act for the sender, and what cannot be told is marked."""

import time

import pytest

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.senders import mail
from chalicelib.store import keys, table
from chalicelib.store.accounts import alerts
from chalicelib.store.keys import Key
from chalicelib.work.accounts import alerting
from chalicelib.work.accounts.registering import register
from tests.embedded import Embedded
from tests.makers import SENT
from tests.trouble import logged, refusing

RECORD, ANOTHER = "the stream's record", "another record"


@pytest.fixture
def key(fresh_table: Embedded, monkeypatch) -> Key:
    """An alert to Ann, which nobody was told of."""
    monkeypatch.setattr(time, "sleep", lambda _: None)  # boto3 does not pause before it tries again
    ann = register("ann@sender.example", "Ann", "Europe/Berlin", "a token", SENT)
    write = alerts.of(Alert(ann, Happened.MADE, "CRM", SENT))
    table.write([write])
    return Key(write.item["pk"], write.item["sk"])


def mark(key: Key) -> str | None:
    item = table.get(key)
    assert item is not None
    return item.get("sent_by_email")


def test_however_often_it_is_delivered_it_is_mailed_once_and_marked(fresh_table: Embedded, key):
    for record in (RECORD, RECORD, ANOTHER, RECORD):
        alerting.deliver(key, record, SENT)
    (sent,) = fresh_table.outbox()
    assert (sent["to"], sent["subject"]) == (["ann@sender.example"], "A new API token for your account")
    assert "CRM" in sent["text"] and "(Europe/Berlin)" in sent["text"]
    assert mark(key) == sent["id"]


def test_what_ses_refuses_is_marked_and_not_tried_again(fresh_table: Embedded, key):
    with refusing(mail._client(), "SendEmail", "MessageRejected"), logged() as lines:
        alerting.deliver(key, RECORD, SENT)
    assert [line["message"] for line in lines] == ["SES refuses an alert."] and mark(key) == "refused"
    alerting.deliver(key, RECORD, SENT)
    assert fresh_table.outbox() == []


def test_where_ses_has_no_room_nothing_is_marked_and_it_waits(fresh_table: Embedded, key):
    with refusing(mail._client(), "SendEmail", "TooManyRequestsException"):
        alerting.deliver(key, RECORD, SENT)
    item = table.get(key)
    assert item is not None and item["due_at"] > SENT and mark(key) is None


def test_of_an_account_that_was_erased_nobody_is_told(fresh_table: Embedded, key):
    table.delete([keys.account(key.pk.removeprefix("s#"))])
    alerting.deliver(key, RECORD, SENT)
    table.delete([key])
    alerting.deliver(key, RECORD, SENT)
    assert fresh_table.outbox() == [] and table.get(key) is None
