import pytest
from botocore.exceptions import ClientError

from tests.counting import counting

TABLE = "unsealed"


def an_item(size=0, **more):
    return {"pk": {"S": "M#1"}, "sk": {"S": "A"}, "filler": {"S": "x" * size}, **more}


def key(item):
    return {name: item[name] for name in ("pk", "sk")}


def units(fresh_table, act):
    with counting(fresh_table) as calls:
        act(fresh_table.client("dynamodb"))
    (call,) = calls
    return call.operation, call.write_units, call.read_units


DUE = {"due_shard": {"S": "1"}, "due_at": {"N": "5"}}


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        (None, an_item(), 1),
        (None, an_item(2000), 2),
        (an_item(2000), an_item(), 2),
        (None, an_item(**DUE), 2),
        (an_item(**DUE), an_item(), 2),
        (an_item(**DUE), an_item(10, **DUE), 1),
        (an_item(**DUE), an_item(due_shard={"S": "1"}, due_at={"N": "6"}), 3),
    ],
)
def test_a_put_costs_the_larger_item_and_the_entries_of_the_index(fresh_table, before, after, written):
    if before:
        fresh_table.client("dynamodb").put_item(TableName=TABLE, Item=before)
    assert units(fresh_table, lambda db: db.put_item(TableName=TABLE, Item=after)) == ("PutItem", written, 0)


def test_a_transaction_costs_twice_for_each_item_also_for_a_check(fresh_table):
    check = {"ConditionCheck": {"TableName": TABLE, "Key": {"pk": {"S": "x"}, "sk": {"S": "x"}}}}
    check["ConditionCheck"]["ConditionExpression"] = "attribute_not_exists(pk)"
    put = {"Put": {"TableName": TABLE, "Item": an_item(**DUE)}}
    assert units(fresh_table, lambda db: db.transact_write_items(TransactItems=[put, check])) == (
        "TransactWriteItems",
        5,
        0,
    )


def test_a_query_costs_all_that_it_reads_not_what_it_shows(fresh_table):
    database = fresh_table.client("dynamodb")
    for letter in "abc":
        database.put_item(TableName=TABLE, Item={**an_item(3000), "sk": {"S": f"S{letter}"}})

    def ask(db):
        db.query(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk AND begins_with(#sk, :none)",
            FilterExpression="#kind = :kind",
            ProjectionExpression="#sk",
            ExpressionAttributeNames={"#sk": "sk", "#kind": "kind"},
            ExpressionAttributeValues={":pk": {"S": "M#1"}, ":none": {"S": "S"}, ":kind": {"S": "open"}},
        )

    assert units(fresh_table, ask) == ("Query", 0, 1.5)


def test_a_strong_read_costs_twice_an_eventual_one(fresh_table):
    fresh_table.client("dynamodb").put_item(TableName=TABLE, Item=an_item(5000))
    where = {"TableName": TABLE, "Key": key(an_item())}
    assert units(fresh_table, lambda db: db.get_item(**where)) == ("GetItem", 0, 1)
    assert units(fresh_table, lambda db: db.get_item(**where, ConsistentRead=True)) == ("GetItem", 0, 2)


def test_a_failed_condition_costs_a_write_and_bad_input_nothing(fresh_table):
    put = {"TableName": TABLE, "Item": an_item(), "ConditionExpression": "attribute_exists(pk)"}
    with counting(fresh_table) as calls:
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            fresh_table.client("dynamodb").put_item(**put)
        with pytest.raises(ClientError, match="ValidationException"):
            fresh_table.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": "x"}})
    assert [call.write_units for call in calls] == [1, 0]


def test_mails_cost_no_capacity(fresh_table):
    body = {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "you"}, "Html": {"Data": "<p>you"}}}}
    with counting(fresh_table) as calls:
        fresh_table.client("sesv2").send_email(
            FromEmailAddress="unsealed@localhost.example",
            Destination={"ToAddresses": ["bob@example.com"]},
            Content=body,
        )
    assert [(call.service, call.write_units) for call in calls] == [("ses", 0)]
    (mail,) = fresh_table.outbox()
    assert (mail["to"], mail["subject"], mail["text"], mail["html"]) == (["bob@example.com"], "Hello", "you", "<p>you")


def test_what_a_function_writes_while_the_stream_is_delivered_comes_as_well(fresh_table):
    database = fresh_table.client("dynamodb")
    database.put_item(TableName=TABLE, Item=an_item())
    seen = []

    def follow(event, context):
        for record in event["Records"]:
            seen.append((record["eventName"], record["dynamodb"]["Keys"]["sk"]["S"]))
            if len(seen) == 1:
                database.put_item(TableName=TABLE, Item={**an_item(), "sk": {"S": "B"}})

    assert fresh_table.deliver(follow) == []
    assert fresh_table.deliver(follow) == []
    assert seen == [("INSERT", "A"), ("INSERT", "B")]


def test_a_named_failure_comes_again_with_the_next_delivery(fresh_table):
    database = fresh_table.client("dynamodb")
    for letter in "abc":
        database.put_item(TableName=TABLE, Item={**an_item(), "sk": {"S": letter}})
    seen = []

    def follow(event, context):
        letters = {
            record["dynamodb"]["Keys"]["sk"]["S"]: record["dynamodb"]["SequenceNumber"] for record in event["Records"]
        }
        seen.append("".join(letters))
        return {"batchItemFailures": [{"itemIdentifier": letters["b"]}] if len(seen) == 1 else []}

    assert len(fresh_table.deliver(follow)) == 1
    assert fresh_table.deliver(follow) == []
    assert seen == ["abc", "bc"]
