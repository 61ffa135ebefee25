"""Codes by mail: a request is noted by what came of it, and what was not mailed says why."""

import pytest

from chalicelib.domain.sign_in import GOOD_FOR, SIGN_IN
from chalicelib.store import keys, table
from chalicelib.store.accounts import codes as requests
from chalicelib.store.keys import Key
from chalicelib.work.accounts import codes
from tests.embedded import Embedded
from tests.makers import SENT
from tests.trouble import logged, settings

CAROL = "carol@house.example"
RECORD = "the stream's record"


@pytest.fixture(autouse=True)
def house(fresh_table: Embedded):
    """The owner lets in one domain, and the table is empty."""
    with settings(ALLOWED_SENDERS="house.example"):
        yield


def asked(email: str) -> Key:
    """The key of a request for a code, as the stream brings it."""
    codes.ask(email, SIGN_IN, SENT)
    request = requests.newest(email, SIGN_IN, SENT)
    assert request is not None
    return keys.code(request.email, request.wanted_for, request.at, request.id)


def mark(key: Key) -> str | None:
    item = table.get(key)
    assert item is not None
    return item.get("sent_by_email")


def test_however_often_it_is_delivered_a_code_is_mailed_once_and_marked(fresh_table: Embedded):
    key = asked(CAROL)
    for record in (RECORD, RECORD, "another record", RECORD):
        codes.deliver(key, record, SENT)
    (sent,) = fresh_table.outbox()
    assert sent["to"] == [CAROL] and mark(key) == sent["id"]


def test_a_code_that_is_good_no_more_is_not_mailed_and_says_so(fresh_table: Embedded):
    key = asked(CAROL)
    codes.deliver(key, RECORD, SENT + GOOD_FOR)
    assert fresh_table.outbox() == [] and mark(key) == "too late"


def test_a_code_that_was_stopped_says_so_once_and_is_counted_no_more(fresh_table: Embedded):
    for number in range(codes.MOST_OF_DOMAIN):
        codes.deliver(asked(f"{number}@house.example"), RECORD, SENT)
    key = asked(CAROL)
    with logged() as lines:
        for _ in range(3):
            codes.deliver(key, RECORD, SENT)
    assert len(lines) == 1 and mark(key) == "stopped"
    assert len(fresh_table.outbox()) == codes.MOST_OF_DOMAIN


def test_who_may_not_come_in_is_mailed_nothing(fresh_table: Embedded):
    key = asked("eve@elsewhere.example")
    codes.deliver(key, RECORD, SENT)
    assert fresh_table.outbox() == [] and mark(key) is None
