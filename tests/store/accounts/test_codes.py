"""Requests for codes: the newest counts, for ten minutes, five tries and one success, whatever happens side by side."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from chalicelib.domain.sign_in import GOOD_FOR, SIGN_IN, TRIES, CodeRequest
from chalicelib.store.accounts import codes
from tests.embedded import Embedded
from tests.makers import SENT

ANN = "ann@sender.example"
ASKED = CodeRequest(ANN, SIGN_IN, SENT, "6f1c")


def test_the_newest_request_counts_until_its_time_is_over(fresh_table: Embedded):
    codes.ask(ASKED)
    assert codes.newest(ANN, SIGN_IN, SENT + GOOD_FOR) == ASKED
    assert codes.newest(ANN, SIGN_IN, SENT + GOOD_FOR + 0.002) is None
    newer = replace(ASKED, at=SENT + 30, id="6f1d")
    codes.ask(newer)
    assert codes.newest(ANN, SIGN_IN, SENT + 60) == newer


def test_what_is_for_another_address_or_purpose_does_not_count(fresh_table: Embedded):
    codes.ask(ASKED)
    codes.ask(replace(ASKED, wanted_for="5e7de75e7de75e7d", at=SENT + 1))
    assert codes.newest(ANN, SIGN_IN, SENT + 2) == ASKED
    assert codes.newest("eve@sender.example", SIGN_IN, SENT + 2) is None
    assert codes.newest(ANN, "e7e0e7e0e7e0e7e0", SENT + 2) is None


def test_a_spent_code_is_spent_and_wakes_none_before_it(fresh_table: Embedded):
    codes.ask(ASKED)
    newer = replace(ASKED, at=SENT + 1, id="6f1d")
    codes.ask(newer)
    assert codes.tried(newer, right=True)
    assert not codes.tried(newer, right=True)
    assert codes.newest(ANN, SIGN_IN, SENT + 2) == newer


def test_a_right_code_after_five_wrong_ones_is_of_no_use(fresh_table: Embedded):
    codes.ask(ASKED)
    assert [codes.tried(ASKED, right=False) for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    assert not codes.tried(ASKED, right=True)


def test_a_code_that_nobody_asked_for_cannot_be_tried(fresh_table: Embedded):
    assert not codes.tried(ASKED, right=True)
    assert fresh_table.items() == []


def test_side_by_side_no_more_tries_count_than_there_are_and_one_succeeds(fresh_table: Embedded):
    codes.ask(ASKED)
    other = replace(ASKED, wanted_for="5e7de75e7de75e7d")
    codes.ask(other)
    with ThreadPoolExecutor(8) as pool:
        wrong = list(pool.map(lambda _: codes.tried(ASKED, right=False), range(24)))
        right = list(pool.map(lambda _: codes.tried(other, right=True), range(8)))
    assert (sum(wrong), sum(right)) == (TRIES, 1)


def test_a_request_goes_by_ttl(fresh_table: Embedded):
    codes.ask(ASKED)
    fresh_table.clock.advance(SENT + GOOD_FOR + 1)
    assert fresh_table.sweep() == 1
