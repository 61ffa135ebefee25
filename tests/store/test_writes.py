"""Checks and changes: DynamoDB's expressions mean what the words of ours say."""

from itertools import product

import pytest

from chalicelib.store import keys, table
from chalicelib.store.writes import ABSENT, PRESENT, THERE, Check, absent_or, at_most, equal
from tests.embedded import Embedded

KEY = keys.quota("somebody", "something", 1)
NUMBERS = (None, 3, 3.0, 2, 4, 2.5)
CASES = [  # moto compares a text with a number, which DynamoDB does not: a counter is a number
    *product((PRESENT, ABSENT, equal(3), equal("3"), absent_or(3), absent_or("a")), (*NUMBERS, "3", "a", True)),
    *product((at_most(3), at_most(2.5)), NUMBERS),
]


@pytest.mark.parametrize(("check", "found"), CASES, ids=str)
def test_a_check_holds_in_the_table_as_it_holds_here(fresh_table: Embedded, check: Check, found: object):
    item = {"pk": KEY.pk, "sk": KEY.sk, "size": found}
    table.write([table.put_always(item)])
    changed = table.update(KEY, {"seen": "yes"}, only_if={"size": check})
    assert (changed is not None) == check.holds(item, "size")


def test_a_check_of_the_key_is_one_of_the_item(fresh_table: Embedded):
    assert table.update(KEY, {"seen": "yes"}, only_if=THERE) is None
    assert table.update(KEY, {"seen": "yes"}, only_if={"pk": ABSENT}) is not None
    assert table.update(KEY, {"seen": "no"}, only_if={"pk": ABSENT}) is None


def test_an_update_sets_counts_and_takes_away_and_leaves_the_rest(fresh_table: Embedded):
    table.write(
        [table.put_always({"pk": KEY.pk, "sk": KEY.sk, "name": "a", "tell": {"open": 1}, "gone": 1, "kept": 2})]
    )
    changes = {"name": "b", "tell.open": 2, "tell.click": 3, "gone": None, "never": None}
    after = table.update(KEY, changes, add={"used": 2}, only_if=THERE)
    kept = {"name": "b", "tell": {"open": 2, "click": 3}, "kept": 2, "used": 2}
    assert after == {"pk": KEY.pk, "sk": KEY.sk, **kept} == table.get(KEY)
    again = table.update(KEY, {}, add={"used": 3}, only_if=THERE)
    assert again is not None and again["used"] == 5
