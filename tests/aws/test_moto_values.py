"""Values, quicker: what comes back is what was put, sizes are those of what is there, and boto3 still refuses what is none."""

import json
from functools import cache

import pytest
from botocore.exceptions import ParamValidationError
from botocore.parsers import BaseJSONParser, JSONParser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from tests.embedded import the_table

TABLE = "unsealed"
KEY = {"pk": {"S": "p"}, "sk": {"S": "s"}}
TEXTS = st.text(max_size=6)
NUMBERS = st.integers(-(10**9), 10**9).map(str)
SCALARS = st.one_of(
    st.builds(lambda text: {"S": text}, TEXTS),
    st.builds(lambda number: {"N": number}, NUMBERS),
    st.builds(lambda held: {"B": held}, st.binary(max_size=6)),
    st.builds(lambda truth: {"BOOL": truth}, st.booleans()),
    st.just({"NULL": True}),
    st.builds(
        lambda texts: {"SS": texts}, st.lists(st.text(min_size=1, max_size=3), unique=True, min_size=1, max_size=3)
    ),
    st.builds(lambda numbers: {"NS": numbers}, st.lists(NUMBERS, unique=True, min_size=1, max_size=3)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.builds(lambda each: {"L": each}, st.lists(inner, max_size=3)),
        st.builds(lambda each: {"M": each}, st.dictionaries(TEXTS, inner, max_size=3)),
    ),
    max_leaves=5,
)


def anew(item):
    """The size of an item that is made of what this one says."""
    return Item(item.hash_key, item.range_key, {name: DynamoType(value) for name, value in item.attrs.items()}).size()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=VALUES, second=VALUES, counted=st.integers(1, 10**6))
def test_what_was_put_and_changed_comes_back_and_has_its_size(fresh_table, first, second, counted):
    database = fresh_table.client("dynamodb")
    database.put_item(TableName=TABLE, Item={**KEY, "one": first, "held": {"M": {"leaf": first}}})
    query = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": KEY["pk"]}}
    (before,) = database.query(TableName=TABLE, **query)["Items"]
    assert before == {**KEY, "one": first, "held": {"M": {"leaf": first}}}
    database.update_item(
        TableName=TABLE,
        Key=KEY,
        UpdateExpression="SET held.leaf = :second, another = :second ADD counted :counted REMOVE #f",
        ExpressionAttributeNames={"#f": "one"},
        ExpressionAttributeValues={":second": second, ":counted": {"N": str(counted)}},
    )
    wanted = {**KEY, "held": {"M": {"leaf": second}}, "another": second, "counted": {"N": str(counted)}}
    assert database.get_item(TableName=TABLE, Key=KEY)["Item"] == wanted
    assert database.query(TableName=TABLE, **query)["Items"] == [wanted]
    for item in the_table().all_items():
        assert item.size() == anew(item)
    assert before["one"] == first


@given(VALUES)
def test_boto3_reads_a_value_as_it_always_did(value):
    shape = _shape()
    said = json.loads(json.dumps(value, default=lambda held: held.hex()))
    plain = type("Plain", (JSONParser,), {"_handle_structure": BaseJSONParser._handle_structure})
    assert _read(JSONParser, shape, said) == _read(plain, shape, said)


@pytest.mark.parametrize(
    "wrong", [{"S": 1}, {"N": 1}, {"BOOL": "yes"}, {"X": "s"}, {"L": [{"S": 1}]}, {"M": {"a": {"N": 2}}}]
)
def test_boto3_refuses_what_is_no_value(fresh_table, wrong):
    with pytest.raises(ParamValidationError):
        fresh_table.client("dynamodb").put_item(TableName=TABLE, Item={**KEY, "one": wrong})
    assert fresh_table.items() == []


@cache
def _shape():
    from botocore.session import get_session

    return get_session().get_service_model("dynamodb").shape_for("AttributeValue")


def _read(kind, shape, said):
    return kind(blob_parser=lambda held: ("read", held))._parse_shape(shape, said)
