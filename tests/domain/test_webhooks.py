"""Webhooks: what they want, what a try makes of them, when the next one is, and what proves that it was us."""

import hmac
from base64 import b64decode, b64encode

import pytest

from chalicelib.domain.events import EventKind
from chalicelib.domain.webhooks import (
    GONE,
    MOST_TRIES,
    PATIENCE,
    WAITS,
    Failure,
    next_try,
    secret_of,
    signed,
    taken,
)
from tests.makers import SENT, a_webhook

DAY = 86_400


def test_without_kinds_it_wants_all_and_else_what_it_names():
    assert all(a_webhook().wants(kind) for kind in EventKind)
    only = a_webhook(kinds=(EventKind.REPLY,))
    assert only.wants(EventKind.REPLY) and not only.wants(EventKind.OPEN)
    assert not a_webhook(disabled_at=SENT).wants(EventKind.REPLY)


@pytest.mark.parametrize("outcome", [200, 204, 299])
def test_any_answer_of_success_takes_it(outcome):
    assert taken(outcome)
    failing = a_webhook(failing_since=SENT)
    after = failing.after(outcome, SENT + 60)
    assert (after.outcome, after.tried_at, after.failing_since, after.disabled_at) == (outcome, SENT + 60, None, None)


@pytest.mark.parametrize("outcome", [199, 300, 301, 400, 410, 500, *Failure])
def test_no_other_does_and_it_fails_from_the_first_on(outcome):
    assert not taken(outcome)
    after = a_webhook().after(outcome, SENT).after(outcome, SENT + 60)
    assert (after.outcome, after.tried_at, after.failing_since) == (outcome, SENT + 60, SENT)


def test_who_fails_for_too_long_is_disabled_and_not_before():
    failing = a_webhook().after(503, SENT)
    assert failing.after(503, SENT + PATIENCE - 1).disabled_at is None
    assert failing.after(503, SENT + PATIENCE).disabled_at == SENT + PATIENCE
    assert failing.after(200, SENT + 60).after(503, SENT + PATIENCE).disabled_at is None


def test_who_says_that_it_is_gone_is_disabled_at_once():
    assert a_webhook().after(GONE, SENT).disabled_at == SENT


def test_the_waits_grow_and_make_a_day():
    waits = [next_try(tries, SENT) - SENT for tries in range(MOST_TRIES)]
    assert waits == sorted(waits) and waits[0] <= 60
    assert 0.9 * DAY < sum(WAITS) <= DAY
    assert next_try(99, SENT) - SENT == WAITS[-1]


def test_a_secret_is_written_as_the_libraries_read_it():
    secret = secret_of(bytes(range(32)))
    assert secret.startswith("whsec_")
    assert b64decode(secret.removeprefix("whsec_"), validate=True) == bytes(range(32))


def test_it_is_signed_as_the_specification_has_it():
    # The example of the reference libraries' own tests: github.com/standard-webhooks/standard-webhooks
    headers = signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330.9, b'{"test": 2432232314}'
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_the_signature_is_of_the_id_the_time_and_the_body():
    secret = secret_of(b"1" * 32)
    headers = signed(secret, "one", SENT, b"body")
    key = b64decode(secret.removeprefix("whsec_"))
    assert (
        headers["webhook-signature"] == "v1," + b64encode(hmac.digest(key, b"one.1790000000.body", "sha256")).decode()
    )
    others = [signed(secret, "two", SENT, b"body"), signed(secret, "one", SENT + 1, b"body")]
    others += [signed(secret, "one", SENT, b"other"), signed(secret_of(b"2" * 32), "one", SENT, b"body")]
    assert headers["webhook-signature"] not in [each["webhook-signature"] for each in others]
