"""API tokens: kept as hashes only, found until they expire or are revoked, and listed for their sender alone."""

import re
from dataclasses import replace

from chalicelib.domain.accounts import ApiToken, Scope
from chalicelib.store.accounts import api_tokens
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import SENT

ANN, EVE = "5e7de75e7de75e7d", "e7e0e7e0e7e0e7e0"
SECRET = "unsealed_" + "a2" * 26
LAPTOP = ApiToken(api_tokens.id_of(SECRET), ANN, "laptop", frozenset({Scope.READ, Scope.SEND}), SENT)


def test_a_token_is_found_by_itself_and_the_table_does_not_hold_it(fresh_table: Embedded):
    api_tokens.add(SECRET, LAPTOP)
    assert api_tokens.find(SECRET, SENT) == LAPTOP
    for other in (SECRET[:-1], SECRET.upper(), f" {SECRET}", "", api_tokens.id_of(SECRET)):
        assert api_tokens.find(other, SENT) is None
    held = str(fresh_table.items())
    assert SECRET not in held and SECRET.removeprefix("unsealed_") not in held


def test_a_token_ends_when_it_was_to_end_whether_or_not_ttl_has_fired(fresh_table: Embedded):
    api_tokens.add(SECRET, replace(LAPTOP, expires_at=SENT + 60))
    assert api_tokens.find(SECRET, SENT + 59) is not None
    assert api_tokens.find(SECRET, SENT + 60) is None and api_tokens.of_sender(ANN, SENT + 60) == []
    assert len(fresh_table.items()) == 2
    fresh_table.clock.advance(SENT + 61)
    assert fresh_table.sweep() == 2


def test_a_revoked_token_is_gone_from_the_next_call_on(fresh_table: Embedded):
    api_tokens.add(SECRET, LAPTOP)
    assert not api_tokens.revoke(EVE, LAPTOP.id)
    assert api_tokens.find(SECRET, SENT) is not None
    assert api_tokens.revoke(ANN, LAPTOP.id)
    assert api_tokens.find(SECRET, SENT) is None and fresh_table.items() == []
    assert not api_tokens.revoke(ANN, LAPTOP.id)


def test_a_use_is_counted_and_read_by_one_call_and_makes_no_revoked_token_rise_again(fresh_table: Embedded):
    api_tokens.add(SECRET, LAPTOP)
    new = api_tokens.last_use(SECRET)
    assert new is not None
    first = api_tokens.count_known_use(SECRET, new, SENT, 2, 60, None)
    assert first is not None and (first.token.used_at, first.used) == (SENT, 1)
    with counting(fresh_table) as calls:
        second = api_tokens.count_use(SECRET, SENT + 1, 2, 60, None)
    assert second is not None and second.used == 2 and [call.operation for call in calls] == ["UpdateItem"]
    assert api_tokens.count_use(SECRET, SENT + 2, 2, 60, None) is None, "the window is used up"
    assert api_tokens.count_known_use(SECRET, second, SENT + 2, 2, 60, None) is None
    later = api_tokens.count_use(SECRET, SENT + 60, 2, 60, None)
    assert later is not None and later.used == 1
    overtaken = api_tokens.count_known_use(SECRET, later, SENT + 3, 2, 60, None)
    assert overtaken is not None and overtaken.used == 2, "it is counted where the later one was"
    assert [each.used_at for each in api_tokens.of_sender(ANN, SENT)] == [SENT + 3]
    api_tokens.revoke(ANN, LAPTOP.id)
    assert api_tokens.count_use(SECRET, SENT + 9000, 2, 60, None) is None
    assert api_tokens.count_known_use(SECRET, later, SENT + 9000, 2, 60, None) is None
    assert fresh_table.items() == []


def test_a_device_that_did_not_use_it_last_is_looked_into(fresh_table: Embedded):
    api_tokens.add(SECRET, LAPTOP)
    last = api_tokens.last_use(SECRET)
    assert last is not None and api_tokens.count_use(SECRET, SENT, 9, 60, "a device") is None
    assert api_tokens.count_known_use(SECRET, last, SENT, 9, 60, "a device") is not None
    assert api_tokens.count_use(SECRET, SENT, 9, 60, "a device") is not None
    assert api_tokens.count_use(SECRET, SENT, 9, 60, "another") is None


def test_tokens_are_listed_oldest_first_for_their_sender(fresh_table: Embedded):
    for number in (2, 0, 1):
        token = f"{SECRET[:-1]}{number}"
        api_tokens.add(token, replace(LAPTOP, id=api_tokens.id_of(token), created_at=SENT + number))
    assert [each.created_at - SENT for each in api_tokens.of_sender(ANN, SENT)] == [0, 1, 2]
    assert api_tokens.of_sender(EVE, SENT) == []


def test_a_new_token_is_another_each_time_and_known_by_its_form():
    drawn = {api_tokens.new() for _ in range(3)}
    assert len(drawn) == 3 and all(re.fullmatch("unsealed_[a-z2-7]{52}", token) for token in drawn)
