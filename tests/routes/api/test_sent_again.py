"""A request that is sent again with its Idempotency-Key is done once."""

import json
from typing import Any

import pytest

from tests.system import TOKEN, Answer, System
from tests.trouble import refusing, the_table

BOB = {"subject": "Offer", "recipients": ["bob@example.com"], "html": '<a href="https://example.com/">x</a>'}
MAIL = b"From: ann@sender.example\r\nTo: bob@example.com\r\nContent-Type: text/html\r\n\r\n<p>Dear Bob</p>\r\n"


def post(system: System, body: Any, key: str, path: str = "/v1/messages") -> Answer:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return system.ask("POST", path, sent, {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key})


def made(system: System) -> int:
    return len(system.call("GET", "/v1/messages").json["items"])


@pytest.mark.parametrize(("path", "body"), [("/v1/messages", BOB), ("/v1/messages/mime", MAIL)])
def test_it_makes_one_message_and_is_answered_the_same(system: System, path: str, body: Any):
    first = post(system, body, "one", path)
    system.now += 90
    again = post(system, body, "one", path)
    assert (again.status, again.json) == (201, first.json) and made(system) == 1
    assert post(system, body, "two", path).json["id"] != first.json["id"] and made(system) == 2
    assert system.call("GET", "/v1/contacts/bob@example.com").json["messages"] == 2


def test_a_key_that_was_another_messages_is_refused(system: System):
    post(system, BOB, "one")
    answer = post(system, {**BOB, "subject": "Another"}, "one")
    assert (answer.status, answer.json["field"]) == (422, "Idempotency-Key") and made(system) == 1


def test_a_key_that_is_empty_or_too_long_is_refused(system: System):
    assert post(system, BOB, "x" * 255).status == 201
    assert post(system, BOB, "x" * 256).json["field"] == "Idempotency-Key"
    assert post(system, BOB, "").json["field"] == "Idempotency-Key" and made(system) == 1


def test_what_failed_the_first_time_is_done_the_second(system: System):
    with refusing(the_table(), "TransactWriteItems", "InternalFailure"):
        assert post(system, BOB, "one").status == 500
    assert post(system, BOB, "one").status == 201 and made(system) == 1
