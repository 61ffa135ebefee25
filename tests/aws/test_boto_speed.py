"""boto3 on its shorter way (tests/aws/boto_speed.py) answers, refuses and tries again as on its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError, ReadTimeoutError
from hypothesis import HealthCheck, given, settings

from tests.aws import boto_speed
from tests.aws.resources import TABLE
from tests.aws.test_moto_values import KEY, VALUES
from tests.embedded import Embedded, the_table
from tests.trouble import refusing

OTHER = {"pk": {"S": "p"}, "sk": {"S": "t"}}
NOBODY = {"ConditionExpression": "attribute_not_exists(pk)"}
READ = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": KEY["pk"]}}
CHANGE = {
    "UpdateExpression": "SET another = :v",
    "ExpressionAttributeValues": {":v": {"S": "x"}},
    "ReturnValues": "ALL_NEW",
}


@contextmanager
def the_long_way(aws: Embedded) -> Iterator[None]:
    """Within it boto3 goes its own way."""
    boto_speed._unproven.remove(aws.aws.url)
    try:
        yield
    finally:
        boto_speed._unproven.append(aws.aws.url)


def answers(database: Any, value: Any) -> Iterator[Any]:
    """What is said to one call of each kind, and to some that are refused."""
    put = {"TableName": TABLE, "Item": {**KEY, "one": value}}
    unmet = {"Put": {**put, **NOBODY}}
    for ask, about in (
        (database.put_item, put),
        (database.put_item, {**put, **NOBODY}),
        (database.get_item, {"TableName": TABLE, "Key": KEY}),
        (database.get_item, {"TableName": TABLE, "Key": OTHER}),
        (database.get_item, {"TableName": "nowhere", "Key": KEY}),
        (database.transact_write_items, {"TransactItems": [{"Put": {**put, "Item": {**OTHER, "one": value}}}]}),
        (database.transact_write_items, {"TransactItems": [unmet]}),
        (database.update_item, {"TableName": TABLE, "Key": OTHER, **CHANGE}),
        (database.query, {"TableName": TABLE, **READ}),
        (database.query, {"TableName": TABLE, **READ, "Limit": 1}),
        (database.scan, {"TableName": TABLE}),
        (database.batch_get_item, {"RequestItems": {TABLE: {"Keys": [KEY, OTHER]}}}),
        (database.batch_write_item, {"RequestItems": {TABLE: [{"DeleteRequest": {"Key": OTHER}}]}}),
        (database.delete_item, {"TableName": TABLE, "Key": KEY, "ReturnValues": "ALL_OLD"}),
    ):
        yield plainly(lambda ask=ask, about=about: ask(**about))


def plainly(ask: Callable[[], Any]) -> Any:
    """What is said, without what differs from call to call."""
    try:
        said = ask()
    except ClientError as refused:
        said = {"refused": type(refused).__name__, "operation": refused.operation_name, **refused.response}
    about = said.pop("ResponseMetadata")
    assert about.pop("RequestId") == about["HTTPHeaders"].pop("x-amzn-requestid")
    del about["HTTPHeaders"]["date"]
    return said, about


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES)
def test_every_call_is_answered_and_refused_as_on_the_long_way(fresh_table: Embedded, value: Any):
    database = fresh_table.client("dynamodb")
    short = list(answers(database, value))
    assert not fresh_table.items()
    with the_long_way(fresh_table):
        assert short == list(answers(database, value))


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [
        ("get_item", {"TableName": TABLE}),
        ("get_item", {"TableName": "", "Key": KEY}),
        ("get_item", {"TableName": TABLE, "Key": [KEY]}),
        ("get_item", {"TableName": TABLE, "Key": KEY, "Consistent": True}),
        ("get_item", {"TableName": TABLE, "Key": KEY, "ConsistentRead": "yes"}),
        ("query", {"TableName": TABLE, **READ, "Limit": 0}),
        ("query", {"TableName": TABLE, **READ, "ExpressionAttributeNames": {"#a": 1}}),
        ("transact_write_items", {"TransactItems": []}),
        ("transact_write_items", {"TransactItems": [{"Put": {"TableName": TABLE}}]}),
        ("batch_get_item", {"RequestItems": {TABLE: {"Keys": KEY}}}),
        ("put_item", {"TableName": TABLE, "Item": {**KEY, "some": {"SS": ["a", 1]}}}),
    ],
)
def test_what_is_no_request_is_refused_in_the_same_words(fresh_table: Embedded, operation: str, wrong: dict[str, Any]):
    ask = getattr(fresh_table.client("dynamodb"), operation)
    short = refused(ask, wrong)
    with the_long_way(fresh_table):
        assert short == refused(ask, wrong)


def refused(ask: Callable[..., Any], wrong: dict[str, Any]) -> str:
    with pytest.raises((ParamValidationError, ClientError)) as refusal:
        ask(**wrong)
    return str(refusal.value)


@pytest.mark.parametrize("way", ["short", "long"])
def test_what_is_throttled_is_tried_again_and_then_done_once(fresh_table: Embedded, way: str):
    database = fresh_table.client("dynamodb")

    def story() -> None:
        with refusing(database, "PutItem", "ThrottlingException", most=2) as refused:
            answer = database.put_item(TableName=TABLE, Item=KEY)
        assert (len(refused), answer["ResponseMetadata"]["RetryAttempts"]) == (2, 2)
        assert fresh_table.items() == [KEY]

    if way == "short":
        story()
    else:
        with the_long_way(fresh_table):
            story()


def test_a_transaction_whose_answer_is_lost_is_tried_again_by_its_token(fresh_table: Embedded):
    database, tokens = fresh_table.client("dynamodb"), []

    def lose(request: Any, **_: Any) -> None:
        tokens.append(request.body)
        if len(tokens) == 1:
            fresh_table.aws.perform(_again(request))
            raise ReadTimeoutError(endpoint_url=request.url)

    def _again(request: Any) -> Any:
        from infra.local.httpd import Request

        body = request.body if isinstance(request.body, bytes) else request.body.encode()
        return Request("POST", "/", [(name, str(value)) for name, value in request.headers.items()], body, "")

    database.meta.events.register_first("before-send.dynamodb.TransactWriteItems", lose)
    try:
        add = {"UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
        database.transact_write_items(TransactItems=[{"Update": {"TableName": TABLE, "Key": KEY, **add}}])
    finally:
        database.meta.events.unregister("before-send.dynamodb.TransactWriteItems", lose)
    assert len(tokens) == 2
    assert json.loads(tokens[0]) == json.loads(tokens[1])
    assert fresh_table.items() == [{**KEY, "n": {"N": "1"}}]
    assert len(the_table().all_items()) == 1
