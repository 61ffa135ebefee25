"""Admitting: one call for whoever was here before, and never more calls than the limit lets in."""

import pytest

from chalicelib.domain.accounts import Scope
from chalicelib.domain.errors import Forbidden, NotSignedIn, TooMany
from chalicelib.store.accounts import accounts, api_tokens
from chalicelib.work.accounts.admitting import admit
from chalicelib.work.accounts.registering import register
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import CHROME, HOME, SENT, THUNDERBIRD
from tests.trouble import settings

TOKEN = "a test's token"


@pytest.fixture
def ann(fresh_table: Embedded) -> str:
    return register("ann@sender.example", "Ann", "Europe/Berlin", TOKEN, SENT)


def test_who_was_here_before_is_let_in_by_one_call_in_this_minute_and_in_the_next(fresh_table: Embedded, ann):
    admit(TOKEN, Scope.READ, SENT, HOME, THUNDERBIRD)
    for number, at in enumerate((SENT + 1, SENT + 2, SENT + 3600)):
        with counting(fresh_table) as calls:
            token, _ = admit(TOKEN, Scope.READ, at, HOME, THUNDERBIRD)
        assert [call.operation for call in calls] == ["UpdateItem"] and token.sender == ann, number
        assert token.used_at == at


def test_a_device_is_noted_on_its_first_use_of_a_day(fresh_table: Embedded, ann):
    admit(TOKEN, Scope.READ, SENT, HOME, THUNDERBIRD)
    known = set(accounts.own_marks(ann)[0])
    admit(TOKEN, Scope.READ, SENT + 1, HOME, CHROME)
    assert set(accounts.own_marks(ann)[0]) > known
    admit(TOKEN, Scope.READ, SENT + 86_400, HOME, CHROME)
    assert max(accounts.own_marks(ann)[0].values()) == (SENT + 86_400) // 86_400


def test_no_more_calls_are_let_in_than_the_limit_says_whichever_device_asks(fresh_table: Embedded, ann):
    with settings(CALLS_A_MINUTE="4"):
        for number in range(4):
            _, left = admit(TOKEN, Scope.READ, SENT, HOME, (THUNDERBIRD, CHROME)[number % 2])
            assert left.left == 3 - number
        with pytest.raises(TooMany):
            admit(TOKEN, Scope.READ, SENT, HOME, THUNDERBIRD)
        assert admit(TOKEN, Scope.READ, SENT + 60, HOME, THUNDERBIRD)[1].left == 3


@pytest.mark.parametrize("token", ["", "another", "\ud800"])
def test_what_is_no_token_of_anybodys_is_not_let_in_and_nothing_is_written(fresh_table: Embedded, ann, token):
    before = fresh_table.items()
    with pytest.raises(NotSignedIn):
        admit(token, None, SENT, HOME, THUNDERBIRD)
    assert fresh_table.items() == before


def test_nor_is_one_that_was_revoked_or_may_not_do_this(fresh_table: Embedded, ann):
    (token,) = api_tokens.of_sender(ann, SENT)
    limited = "a token that may only read"
    api_tokens.add(limited, token.__class__(api_tokens.id_of(limited), ann, "reader", frozenset({Scope.READ}), SENT))
    with pytest.raises(Forbidden):
        admit(limited, Scope.SEND, SENT)
    admit(TOKEN, None, SENT)
    api_tokens.revoke(ann, token.id)
    with pytest.raises(NotSignedIn):
        admit(TOKEN, None, SENT + 1)
