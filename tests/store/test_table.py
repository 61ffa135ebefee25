"""The door to the table: two that write at once are told so, however the service says it."""

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.store import keys, table
from tests.embedded import Embedded
from tests.trouble import refusing, the_table

KEY = keys.account("5e7de75e7de75e7d")
HELD = "TransactionConflictException"


def put(version: int = 1, was: int | None = None) -> table.Write:
    return table.put({"pk": KEY.pk, "sk": KEY.sk, "version": version}, was=was)


def test_a_write_of_what_a_transaction_holds_is_a_conflict(fresh_table: Embedded):
    with refusing(the_table(), "PutItem", HELD) as refused, pytest.raises(Conflict):
        table.write([put()])
    assert len(refused) == 1 and fresh_table.items() == []


def test_an_update_of_what_a_transaction_holds_is_a_conflict_and_not_a_condition_that_fails(fresh_table: Embedded):
    table.write([put()])
    with refusing(the_table(), "UpdateItem", HELD), pytest.raises(Conflict):
        table.change(KEY, {"name": "Ann"})
    assert table.change(KEY, {"name": "Ann"}) is not None
    assert table.change(keys.account("nobody"), {"name": "Ann"}) is None


def test_a_transaction_that_meets_another_is_a_conflict(fresh_table: Embedded):
    table.write([put()])
    with pytest.raises(Conflict):
        table.write([put(2, was=7), table.put_always({"pk": "x", "sk": "y"})])
    assert len(fresh_table.items()) == 1
