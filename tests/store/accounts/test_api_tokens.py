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


def test_a_use_is_noted_once_an_hour_and_makes_no_revoked_token_rise_again(fresh_table: Embedded):
    api_tokens.add(SECRET, LAPTOP)
    known = api_tokens.note_use(SECRET, LAPTOP, SENT)
    with counting(fresh_table) as calls:
        assert api_tokens.note_use(SECRET, known, SENT + 3599).used_at == SENT
    assert calls == []
    assert api_tokens.note_use(SECRET, known, SENT + 3600).used_at == SENT + 3600
    assert [each.used_at for each in api_tokens.of_sender(ANN, SENT)] == [SENT + 3600]
    api_tokens.revoke(ANN, LAPTOP.id)
    api_tokens.note_use(SECRET, known, SENT + 9000)
    assert fresh_table.items() == []


def test_tokens_are_listed_oldest_first_for_their_sender(fresh_table: Embedded):
    for number in (2, 0, 1):
        token = f"{SECRET[:-1]}{number}"
        api_tokens.add(token, replace(LAPTOP, id=api_tokens.id_of(token), created_at=SENT + number))
    assert [each.created_at - SENT for each in api_tokens.of_sender(ANN, SENT)] == [0, 1, 2]
    assert api_tokens.of_sender(EVE, SENT) == []


def test_a_new_token_is_another_each_time_and_known_by_its_form():
    drawn = {api_tokens.new() for _ in range(3)}
    assert len(drawn) == 3 and all(re.fullmatch("unsealed_[a-z2-7]{52}", token) for token in drawn)
