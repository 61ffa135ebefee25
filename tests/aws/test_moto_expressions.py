"""What moto reads once of an expression (tests/aws/moto_expressions.py) is answered by each call's own names and values."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws.resources import TABLE
from tests.embedded import Embedded

KEY = {"pk": {"S": "a"}, "sk": {"S": "1"}}


def found(aws: Embedded, text: str, names: dict[str, str] | None = None, **values: str) -> list[str]:
    """The second keys of what a query finds."""
    named = {"ExpressionAttributeNames": names} if names else {}
    given = {f":{name}": {"S": value} for name, value in values.items()}
    answer = aws.client("dynamodb").query(
        TableName=TABLE, KeyConditionExpression=text, ExpressionAttributeValues=given, **named
    )
    return [item["sk"]["S"] for item in answer["Items"]]


def refusal(ask: Callable[..., object], *given: Any, **named: Any) -> str:
    with pytest.raises(ClientError) as refused:
        ask(*given, **named)
    return refused.value.response["Error"]["Message"]


def test_a_query_finds_by_its_own_values_and_names(fresh_table: Embedded):
    for pk, sk in (("a", "1"), ("a", "2"), ("a", "10"), ("b", "3")):
        fresh_table.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": pk}, "sk": {"S": sk}})
    text = "#a = :p AND begins_with(#b, :s)"
    for _ in range(2):
        assert found(fresh_table, text, {"#a": "pk", "#b": "sk"}, p="a", s="1") == ["1", "10"]
        assert found(fresh_table, text, {"#a": "pk", "#b": "sk"}, p="a", s="2") == ["2"]
        assert found(fresh_table, "pk = :p AND sk BETWEEN :s AND :t", p="a", s="1", t="19") == ["1", "10"]
        assert found(fresh_table, "pk = :p AND sk BETWEEN :s AND :t", p="a", s="10", t="2") == ["10", "2"]
        assert "key schema" in refusal(found, fresh_table, text, {"#a": "sk", "#b": "x"}, p="a", s="1")
        assert "empty string" in refusal(found, fresh_table, "pk = :p", p="")
        assert found(fresh_table, "pk = :p", p="b") == ["3"]


def test_an_update_is_checked_for_its_own_names(fresh_table: Embedded):
    def update(text: str, **names: str) -> None:
        fresh_table.client("dynamodb").update_item(
            TableName=TABLE,
            Key=KEY,
            UpdateExpression=text,
            ExpressionAttributeNames={f"#{name}": value for name, value in names.items()},
            ExpressionAttributeValues={":v": {"N": "1"}, ":w": {"N": "2"}},
        )

    text = "SET #a = :v, #b = :w"
    for _ in range(2):
        update(text, a="x", b="y")
        assert "part of the key" in refusal(update, text, a="pk", b="y")
        assert "overlap" in refusal(update, text, a="x", b="x")
        update(text, a="y", b="z")
        assert "SET" in refusal(update, "SET #a = :v SET #b = :w", a="x", b="y")
    (item,) = fresh_table.items()
    assert item == {**KEY, "x": {"N": "1"}, "y": {"N": "1"}, "z": {"N": "2"}}


def test_a_condition_is_asked_of_its_own_values_and_names(fresh_table: Embedded):
    put = fresh_table.client("dynamodb").put_item

    def ask(text: str, names: dict[str, str] | None = None, **values: str) -> str:
        """Why it is not put, if it is not."""
        named = {"ExpressionAttributeNames": names} if names else {}
        given = (
            {"ExpressionAttributeValues": {f":{name}": {"N": value} for name, value in values.items()}}
            if values
            else {}
        )
        try:
            put(
                TableName=TABLE,
                Item={**KEY, "n": {"N": "5"}, "o": {"N": "7"}},
                ConditionExpression=text,
                **named,
                **given,
            )
        except ClientError as refused:
            return refused.response["Error"]["Message"]
        return ""

    unmet = "The conditional request failed"
    assert ask("attribute_not_exists(pk)") == ""
    text = "(#a < :v OR #a BETWEEN :v AND :w) AND NOT #b IN (:v, :w)"
    for _ in range(2):
        assert ask("attribute_not_exists(pk)") == unmet
        assert ask("attribute_not_exists(#a)", {"#a": "x"}) == ask("attribute_exists(#a)", {"#a": "n"}) == ""
        assert ask(text, {"#a": "n", "#b": "o"}, v="6", w="9") == ""
        assert ask(text, {"#a": "n", "#b": "o"}, v="3", w="5") == ""
        assert ask(text, {"#a": "n", "#b": "o"}, v="3", w="4") == unmet
        assert ask(text, {"#a": "n", "#b": "o"}, v="6", w="7") == unmet
        assert ask(text, {"#a": "o", "#b": "n"}, v="6", w="7") == ""
        with pytest.raises(KeyError, match=":w"):  # moto's own way, where AWS refuses
            ask(text, {"#a": "n", "#b": "o"}, v="6")
