"""What the table refuses, it refuses on AWS and on one machine alike: neither hides the other's faults."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict
from chalicelib.store import table
from chalicelib.store.keys import Key
from chalicelib.store.writes import THERE, absent_or, at_most, equal
from tests.embedded import Embedded
from tests.trouble import TABLE_REFUSES

KEY = Key("s#somebody", "sender")


def put(**more: Any) -> table.Write:
    return table.put_always({"pk": KEY.pk, "sk": KEY.sk, **more})


REFUSED = {
    "an item of more than 400 KB": [put(text="a" * 410_000)],
    "an empty key": [table.put_always({"pk": "", "sk": "a"})],
    "a sort key of more than 1 KB": [table.put_always({"pk": "a", "sk": "a" * 1025})],
    "a partition key of more than 2 KB": [table.put_always({"pk": "a" * 2049, "sk": "a"})],
    "more than a hundred writes": [table.put_always({"pk": "a", "sk": str(number)}) for number in range(101)],
    "two writes of one item": [put(), table.take_away_always(KEY)],
}


@pytest.mark.parametrize("writes", REFUSED.values(), ids=REFUSED)
def test_what_is_refused(fresh_table: Embedded, writes: list[table.Write]):
    with pytest.raises(TABLE_REFUSES):
        table.write(writes)
    assert fresh_table.items() == []


def test_what_is_just_not_too_much(fresh_table: Embedded):
    table.write([put(text="a" * 409_000)])
    table.write([table.put_always({"pk": "a", "sk": f"{number:01024}"}) for number in range(100)])
    assert len(fresh_table.items()) == 101


def test_of_writes_of_which_one_fails_none_is_done(fresh_table: Embedded):
    table.write([put(version=1)])
    with pytest.raises(Conflict):
        table.write([table.put_always({"pk": "a", "sk": "b"}), table.take_away(KEY, version=2)])
    (only,) = fresh_table.items()
    assert only["pk"]["S"] == KEY.pk
    with pytest.raises(TABLE_REFUSES):
        table.write([table.put_always({"pk": "a", "sk": "b"}), put(text="a" * 410_000)])
    assert len(fresh_table.items()) == 1


def test_a_list_is_read_page_by_page_in_either_order_and_sees_what_comes_meanwhile(fresh_table: Embedded):
    for number in (1, 2, 3, 5):
        table.write([table.put_always({"pk": "a", "sk": f"e#{number}"})])
    table.write([table.put_always({"pk": "b", "sk": "e#9"})])
    going = table.query("a", "e#", "e$", page=2)
    assert [next(going)["sk"], next(going)["sk"]] == ["e#1", "e#2"]
    table.write([table.put_always({"pk": "a", "sk": "e#4"})])
    assert [item["sk"] for item in going] == ["e#3", "e#4", "e#5"]
    back = [item["sk"] for item in table.query("a", "e#2", "e#4", newest_first=True, page=1)]
    assert back == ["e#4", "e#3", "e#2"], "both ends are included"
    assert table.page("a", "e#2", "e$", limit=2) == ([{"pk": "a", "sk": "e#3"}, {"pk": "a", "sk": "e#4"}], True)


def test_what_is_due_comes_in_its_order_and_goes_with_its_attribute(fresh_table: Embedded):
    for number in (3, 1, 2):
        table.write([table.put_always({"pk": "a", "sk": str(number), "due_shard": "list", "due_at": number + 0.5})])
    table.write([table.put_always({"pk": "a", "sk": "0", "due_shard": "other", "due_at": 0})])
    assert list(table.due("list", 2.5)) == [(Key("a", "1"), 1.5), (Key("a", "2"), 2.5)]
    table.change(Key("a", "1"), {"due_shard": None, "due_at": None})
    assert [key.sk for key, _ in table.due("list", 9.0)] == ["2", "3"]


def test_texts_are_ordered_by_their_bytes(fresh_table: Embedded):
    keys = ["a", "Z", "é", "z", "\U0001f600", "￿"]
    for name in keys:
        table.write([table.put_always({"pk": "a", "sk": f"c#{name}"})])
    found = [item["sk"].removeprefix("c#") for item in table.query("a", "c#", "d")]
    assert found == sorted(keys, key=lambda name: name.encode())


_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**37), 10**37) | st.floats(-1e20, 1e20) | st.text() | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["name", "tell", "size", "marks"]), st.none() | _VALUES))
def test_whatever_an_item_holds_comes_back_as_the_stream_gives_it(fresh_table: Embedded, content: dict[str, Any]):
    fresh_table.reset()
    try:
        table.write([put(**content)])
    except TABLE_REFUSES:
        return
    (record,) = fresh_table.records()
    (item,) = fresh_table.items()
    from chalicelib.store.dynamodb.values import from_wire

    assert table.get(KEY) == from_wire(record["dynamodb"]["NewImage"]) == from_wire(item)
    assert table.get_many([KEY]) == [table.get(KEY)]


_NUMBERS = st.none() | st.integers(-3, 6)
_CHECKS = st.sampled_from([equal, absent_or, at_most])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_NUMBERS, st.lists(st.tuples(_CHECKS, st.integers(-3, 6), st.integers(1, 3), st.booleans()), max_size=6))
def test_a_counter_counts_as_a_number_beside_it_does(fresh_table: Embedded, first: int | None, steps: list[Any]):
    fresh_table.reset()
    if first is not None:
        table.write([put(used=first)])
    there, expected = first is not None, first
    for check, value, count, must_be_there in steps:
        only_if = {"used": check(value)} | (dict(THERE) if must_be_there else {})
        goes = check(value).holds({} if expected is None else {"used": expected}, "used") and (
            there or not must_be_there
        )
        after = table.update(KEY, {}, add={"used": count}, only_if=only_if)
        assert (after is not None) == goes
        if goes:
            there, expected = True, (expected or 0) + count
            assert after is not None and after["used"] == expected


def test_only_what_is_new_is_told_by_the_stream_as_new(fresh_table: Embedded):
    table.write([put(version=1)])
    table.write([put(version=2)])
    table.change(KEY, {"version": 3})
    table.delete([KEY])
    table.write([put(version=4)])
    new = [
        record["dynamodb"]["NewImage"]["version"]["N"]
        for record in fresh_table.records()
        if record["eventName"] == "INSERT"
    ]
    assert new == ["1", "4"]
    names = [record["eventID"] for record in fresh_table.records()]
    assert len(set(names)) == len(names)
