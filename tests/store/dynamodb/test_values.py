"""DynamoDB's typed JSON: what is written is read back, and as boto3 would write it."""

import pytest
from boto3.dynamodb.types import TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.store.dynamodb.values import from_wire, to_wire

_numbers = st.integers(-(2**53), 2**53) | st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15
)
_plain = st.text() | st.booleans() | _numbers | st.binary()
_values = st.recursive(
    _plain, lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(st.dictionaries(st.text(min_size=1), _values))
def test_what_is_written_is_read_back(item):
    assert from_wire(to_wire(item)) == item


@given(st.dictionaries(st.text(min_size=1), st.text() | st.booleans() | st.integers(-(10**18), 10**18)))
def test_it_is_what_boto3_would_write(item):
    assert to_wire(item) == {name: TypeSerializer().serialize(value) for name, value in item.items()}


def test_nothing_is_written_for_nothing():
    assert to_wire({"a": None, "b": (), "c": [], "d": 0, "e": "", "f": False}) == {
        "d": {"N": "0"},
        "e": {"S": ""},
        "f": {"BOOL": False},
    }


def test_the_stream_in_lambda_gives_binaries_as_text():
    assert from_wire({"packed": {"B": "AAEC"}}) == {"packed": b"\x00\x01\x02"}


def test_what_has_no_place_in_the_table_is_refused():
    with pytest.raises(TypeError, match="set has no place"):
        to_wire({"a": {1}})
