"""Recording a hit: into the table, else the queue, else the log; whole, once, and without a word to whoever waits."""

import json
from typing import Any

import pytest

import app
from chalicelib.domain.events import EventKind
from chalicelib.domain.tokens import Claim, TokenKind, mint, read
from chalicelib.store.tracking import events
from chalicelib.work.tracking.recording import claim_of, put, record
from infra.local.functions import Context
from tests.counting import counting
from tests.embedded import SECRETS, Embedded
from tests.makers import CHROME, HOME, SENT, a_click, a_hit, a_message, an_open
from tests.trouble import NOBODY_THERE, logged, settings

CLAIM = Claim(TokenKind.LINK, a_message().id, 0, int(SENT), 1, "https://example.com/terms")
REQUEST = "5b8b0a4c-0000-4000-8000-0123456789ab"
TABLE_DOWN = {"AWS_ENDPOINT_URL_DYNAMODB": NOBODY_THERE}


def spilled(aws: Embedded) -> dict[str, Any]:
    """What waits in the queue, as Lambda hands it to a function."""
    queue = aws.client("sqs")
    found = queue.receive_message(QueueUrl=aws.made.queue_url, MaxNumberOfMessages=10).get("Messages", [])
    return {"Records": [{"messageId": each["MessageId"], "body": each["Body"]} for each in found]}


def replay(batch: dict[str, Any]) -> list[str]:
    answer = app.replay(batch, Context("replay"))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def kept(aws: Embedded) -> list[Any]:
    return [events.from_text(json.dumps(item)) for item in aws.items()]


def test_a_hit_becomes_one_event_with_a_first_guess_under_the_requests_name(fresh_table: Embedded):
    record(a_hit(EventKind.CLICK, 3600, agent=CHROME), CLAIM, REQUEST)
    (event,) = kept(fresh_table)
    assert (event.id, event.message, event.recipient, event.link) == (REQUEST, CLAIM.message, 0, 1)
    assert (event.kind, event.at) == (EventKind.CLICK, SENT + 3600)
    assert event.guess == a_click(3600, 1, agent=CHROME).guess
    assert event.evidence.client


def test_one_request_is_one_event_however_often_it_is_handled(fresh_table: Embedded):
    for _ in range(3):
        record(a_hit(EventKind.CLICK), CLAIM, REQUEST)
    assert len(kept(fresh_table)) == 1


def test_it_costs_one_write_and_nothing_else(fresh_table: Embedded):
    put(an_open())
    with counting(fresh_table) as calls:
        record(a_hit(EventKind.CLICK), CLAIM, REQUEST)
    assert [(call.service, call.operation, call.write_units) for call in calls] == [("dynamodb", "PutItem", 1)]


def test_while_the_table_is_down_it_waits_in_the_queue_and_comes_in_under_the_same_name(fresh_table: Embedded):
    with settings(**TABLE_DOWN), logged() as lines:
        record(a_hit(EventKind.CLICK), CLAIM, REQUEST)
    assert [line["level"] for line in lines] == ["WARNING"]
    assert fresh_table.items() == []
    assert replay(spilled(fresh_table)) == []
    (event,) = kept(fresh_table)
    assert event.id == REQUEST


def test_what_was_put_after_all_is_not_counted_twice(fresh_table: Embedded):
    with settings(**TABLE_DOWN):
        put(an_open())
    batch = spilled(fresh_table)
    put(an_open())
    before = fresh_table.items()
    assert replay(batch) == replay(batch) == []
    assert fresh_table.items() == before


def test_while_the_table_stays_down_the_queue_keeps_what_it_refuses(fresh_table: Embedded):
    with settings(**TABLE_DOWN):
        put(an_open())
        put(a_click())
        batch = spilled(fresh_table)
        waiting = replay(batch)
    assert waiting == [each["messageId"] for each in batch["Records"]]
    assert fresh_table.items() == []


@pytest.mark.parametrize("queue", ["", "not a queue"])
def test_when_the_queue_is_down_too_one_line_of_the_log_holds_the_whole_event(fresh_table: Embedded, queue):
    url = f"{fresh_table.made.queue_url}-{queue.replace(' ', '-')}" if queue else ""
    with settings(**TABLE_DOWN, SPILL_QUEUE_URL=url), logged() as lines:
        record(a_hit(EventKind.CLICK), CLAIM, REQUEST)
    (line,) = [each for each in lines if each["level"] == "ERROR"]
    with_text = {"Records": [{"messageId": "1", "body": line["event"]}]}
    assert replay(with_text) == []
    (event,) = kept(fresh_table)
    assert (event.id, event.kind, event.link) == (REQUEST, EventKind.CLICK, 1)


def test_no_line_of_the_log_names_an_address_or_an_agent(fresh_table: Embedded):
    with settings(**TABLE_DOWN, SPILL_QUEUE_URL=""), logged() as lines:
        record(a_hit(EventKind.CLICK, agent=CHROME, address=HOME), CLAIM, REQUEST)
    assert lines
    assert HOME not in str(lines) and "Chrome/" not in str(lines) and CLAIM.destination not in str(lines)


def test_a_claim_is_read_with_the_settings_secrets(embedded: Embedded):
    token = mint(CLAIM, tuple(secret.encode() for secret in SECRETS))
    assert claim_of(TokenKind.LINK, token) == CLAIM
    assert claim_of(TokenKind.PIXEL, token) is None
    with settings(SECRETS="a newer one,and the newest's other"):
        assert claim_of(TokenKind.LINK, token) is None
    with settings(SECRETS=",".join(["a newer one", *SECRETS])):
        assert claim_of(TokenKind.LINK, token) == CLAIM
        assert read(TokenKind.LINK, token, (b"a newer one",)) is None
