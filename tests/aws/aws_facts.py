"""What AWS does and moto does not: each check raises where moto is at fault. They run on the corrected moto in
test_moto_faults.py; `python -m tests.aws.aws_facts` runs them on moto as it is and prints the names of those that fail.
"""

import gc
import os
import sys
import threading
import time

from botocore.exceptions import ClientError

TABLE = "unsealed"


def key(name="a"):
    return {"pk": {"S": name}, "sk": {"S": "x"}}


def beginning(at):
    """Where the stream is read from the first record on, as its API takes it."""
    arn = at("dynamodb").describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
    shard = at("dynamodbstreams").describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    return {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}


def records(at):
    """All records of the stream."""
    streams = at("dynamodbstreams")
    where = streams.get_shard_iterator(**beginning(at))
    return streams.get_records(ShardIterator=where["ShardIterator"])["Records"]


def names(at):
    return [record["eventName"] for record in records(at)]


def add(at, name="a"):
    return at("dynamodb").update_item(
        TableName=TABLE,
        Key=key(name),
        UpdateExpression="ADD n :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="ALL_NEW",
    )


def refused(call, code, **arguments):
    try:
        call(**arguments)
    except ClientError as refusal:
        assert refusal.response["Error"]["Code"] == code, refusal
    else:
        raise AssertionError(f"It was not refused with {code}.")


def an_update_that_makes_its_item_is_one_insert(at):
    add(at)
    (record,) = records(at)
    assert record["eventName"] == "INSERT"
    assert record["dynamodb"]["NewImage"]["n"] == {"N": "1"}


def in_a_transaction_too(at):
    update = {
        "TableName": TABLE,
        "Key": key(),
        "UpdateExpression": "SET n = :n",
        "ExpressionAttributeValues": {":n": {"N": "1"}},
    }
    at("dynamodb").transact_write_items(TransactItems=[{"Update": update}])
    assert names(at) == ["INSERT"]


def a_write_that_changes_nothing_is_no_record(at):
    for _ in range(2):
        at("dynamodb").put_item(TableName=TABLE, Item=key())
    assert names(at) == ["INSERT"]


def the_image_of_a_set_stays_as_it_was(at):
    database = at("dynamodb")
    database.put_item(TableName=TABLE, Item={**key(), "s": {"SS": ["one", "two"]}})
    for action, member in (("DELETE", "one"), ("ADD", "three")):
        database.update_item(
            TableName=TABLE,
            Key=key(),
            UpdateExpression=f"{action} s :s",
            ExpressionAttributeValues={":s": {"SS": [member]}},
        )
    images = [sorted(record["dynamodb"]["NewImage"]["s"]["SS"]) for record in records(at)]
    assert images == [["one", "two"], ["two"], ["three", "two"]]


def concurrent_updates_all_count(at):
    database = at("dynamodb")

    def run():
        for _ in range(40):
            add(at)

    together(8, run)
    assert database.get_item(TableName=TABLE, Key=key())["Item"]["n"] == {"N": "320"}


def of_concurrent_conditional_puts_one_wins_each(at):
    won = []

    def run():
        for number in range(40):
            item = {"TableName": TABLE, "Item": key(str(number)), "ConditionExpression": "attribute_not_exists(pk)"}
            try:
                at("dynamodb").put_item(**item)
            except ClientError as lost:
                assert lost.response["Error"]["Code"] == "ConditionalCheckFailedException"
            else:
                won.append(number)

    together(8, run)
    assert sorted(won) == list(range(40))


def together(count, run):
    switched = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switched)


def an_update_that_fails_half_way_leaves_the_item_alone(at):
    database = at("dynamodb")
    database.put_item(TableName=TABLE, Item={**key(), "word": {"S": "x"}})
    refused(
        database.update_item,
        "ValidationException",
        TableName=TABLE,
        Key=key(),
        UpdateExpression="SET n = :one ADD word :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    assert database.get_item(TableName=TABLE, Key=key())["Item"] == {**key(), "word": {"S": "x"}}
    assert names(at) == ["INSERT"]


def an_update_that_fails_makes_no_item(at):
    database = at("dynamodb")
    refused(
        database.update_item,
        "ValidationException",
        TableName=TABLE,
        Key=key(),
        UpdateExpression="SET n = nothing + :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    assert "Item" not in database.get_item(TableName=TABLE, Key=key())
    assert names(at) == []


def a_failed_transaction_leaves_no_item_and_no_record(at):
    fails = {"TableName": TABLE, "Key": key("b"), "ConditionExpression": "attribute_exists(pk)"}
    refused(
        at("dynamodb").transact_write_items,
        "TransactionCanceledException",
        TransactItems=[{"Put": {"TableName": TABLE, "Item": key()}}, {"ConditionCheck": fails}],
    )
    assert "Item" not in at("dynamodb").get_item(TableName=TABLE, Key=key())
    assert names(at) == []


def a_transaction_on_a_missing_table_leaves_nothing(at):
    refused(
        at("dynamodb").transact_write_items,
        "ResourceNotFoundException",
        TransactItems=[{"Put": {"TableName": TABLE, "Item": key()}}, {"Put": {"TableName": "none", "Item": key()}}],
    )
    assert names(at) == []


def a_transaction_of_two_operations_in_one_entry_leaves_nothing(at):
    put, gone = {"TableName": TABLE, "Item": key("b")}, {"TableName": TABLE, "Key": key("c")}
    entries = [{"Put": {"TableName": TABLE, "Item": key()}}, {"Put": put, "Delete": gone}]
    refused(at("dynamodb").transact_write_items, "ValidationException", TransactItems=entries)
    assert names(at) == []


def a_failed_transaction_leaves_the_table_that_others_hold(at):
    from moto.dynamodb.models import dynamodb_backends

    table = dynamodb_backends["123456789012"]["us-east-1"].tables[TABLE]
    a_failed_transaction_leaves_no_item_and_no_record(at)
    assert dynamodb_backends["123456789012"]["us-east-1"].tables[TABLE] is table


def a_repeated_token_is_applied_once(at):
    update = {
        "TableName": TABLE,
        "Key": key(),
        "UpdateExpression": "ADD n :n",
        "ExpressionAttributeValues": {":n": {"N": "1"}},
    }
    for _ in range(2):
        at("dynamodb").transact_write_items(TransactItems=[{"Update": update}], ClientRequestToken="again")
    assert at("dynamodb").get_item(TableName=TABLE, Key=key())["Item"]["n"] == {"N": "1"}


def a_token_does_not_stand_for_another_content(at):
    put = at("dynamodb").transact_write_items
    put(TransactItems=[{"Put": {"TableName": TABLE, "Item": key()}}], ClientRequestToken="same")
    refused(
        put,
        "IdempotentParameterMismatchException",
        TransactItems=[{"Put": {"TableName": TABLE, "Item": key("b")}}],
        ClientRequestToken="same",
    )


def a_transaction_reads_a_hundred_items(at):
    gets = [{"Get": {"TableName": TABLE, "Key": key(str(number))}} for number in range(100)]
    assert len(at("dynamodb").transact_get_items(TransactItems=gets)["Responses"]) == 100


def a_records_time_is_in_whole_seconds(at):
    at("dynamodb").put_item(TableName=TABLE, Item=key())
    (record,) = records(at)
    assert record["dynamodb"]["ApproximateCreationDateTime"].microsecond == 0
    assert record["eventVersion"] == "1.1"


def objects_are_not_kept_for_ever(at):
    from moto.dynamodb.models.dynamo_type import Item

    for _ in range(20):
        at("dynamodb").put_item(TableName=TABLE, Item=key())
    gc.collect()
    assert sum(isinstance(thing, Item) for thing in gc.get_objects()) < 20


def iterators_are_not_kept_for_ever(at):
    from moto.dynamodbstreams.models import dynamodbstreams_backends

    where = beginning(at)
    for _ in range(100):
        iterator = at("dynamodbstreams").get_shard_iterator(**where)["ShardIterator"]
        at("dynamodbstreams").get_records(ShardIterator=iterator)
    assert len(dynamodbstreams_backends["123456789012"]["us-east-1"].shard_iterators) < 100


def waiting_for_messages_holds_nobody_up(at):
    queue = at("sqs").create_queue(QueueName="empty")["QueueUrl"]
    began = time.monotonic()
    at("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=1)
    assert time.monotonic() - began < 0.9


def a_mail_of_eight_bits_is_sent(at):
    raw = b"From: unsealed@localhost.example\r\nTo: bob@example.com\r\n\r\n\xe9\r\n"
    at("sesv2").send_email(FromEmailAddress="unsealed@localhost.example", Content={"Raw": {"Data": raw}})


def of_a_mail_all_is_kept(at):
    from moto.ses.models import ses_backends

    content = {"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "t"}, "Html": {"Data": "h"}}}}
    to = {"ToAddresses": ["bob@example.com"]}
    at("sesv2").send_email(FromEmailAddress="unsealed@localhost.example", Destination=to, Content=content)
    kept = ses_backends["123456789012"]["us-east-1"].sent_messages[-1]
    assert kept.sent["request"]["Content"] == content
    assert kept.sent["at"] > 0


def of_a_push_the_time_is_kept_and_it_outlives_its_endpoint(at):
    from moto.sns.models import sns_backends

    sns = at("sns")
    application = sns.create_platform_application(Name="phones", Platform="GCM", Attributes={})[
        "PlatformApplicationArn"
    ]
    endpoint = sns.create_platform_endpoint(PlatformApplicationArn=application, Token="t")["EndpointArn"]
    sns.publish(TargetArn=endpoint, Message="hello")
    sns.delete_endpoint(EndpointArn=endpoint)
    (push,) = sns_backends["123456789012"]["us-east-1"].applications[application].pushes
    assert (push["token"], push["message"]) == ("t", "hello")
    assert push["at"] > 0
    refused(sns.publish, "InvalidParameter", TargetArn=endpoint, Message="hello")


FAULTS = [
    an_update_that_makes_its_item_is_one_insert,
    in_a_transaction_too,
    a_write_that_changes_nothing_is_no_record,
    an_update_that_fails_half_way_leaves_the_item_alone,
    a_transaction_of_two_operations_in_one_entry_leaves_nothing,
    a_failed_transaction_leaves_the_table_that_others_hold,
    a_repeated_token_is_applied_once,
    a_token_does_not_stand_for_another_content,
    a_transaction_reads_a_hundred_items,
    a_records_time_is_in_whole_seconds,
    objects_are_not_kept_for_ever,
    iterators_are_not_kept_for_ever,
    waiting_for_messages_holds_nobody_up,
    a_mail_of_eight_bits_is_sent,
    of_a_mail_all_is_kept,
    of_a_push_the_time_is_kept_and_it_outlives_its_endpoint,
]
RACES = [concurrent_updates_all_count, of_concurrent_conditional_puts_one_wins_each]  # moto loses most of them
RIGHT = [  # as moto has it, and as it has to stay
    the_image_of_a_set_stays_as_it_was,
    an_update_that_fails_makes_no_item,
    a_failed_transaction_leaves_no_item_and_no_record,
    a_transaction_on_a_missing_table_leaves_nothing,
]


def run_on_plain_moto():
    """The names of the checks that fail on moto as it is."""
    os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"
    os.environ["AWS_CONFIG_FILE"] = os.devnull
    import boto3
    from moto import mock_aws
    from moto.core.base_backend import BackendDict

    from tests.aws.resources import TABLE_DEFINITION

    failed = []
    services = ("dynamodb", "dynamodbstreams", "sqs", "sns", "sesv2")
    with mock_aws():
        clients = {name: boto3.client(name, region_name="us-east-1") for name in services}
        for check in FAULTS + RIGHT:
            BackendDict.reset()
            clients["dynamodb"].create_table(**TABLE_DEFINITION)
            clients["sesv2"].create_email_identity(EmailIdentity="unsealed@localhost.example")
            try:
                check(clients.__getitem__)
            except Exception:  # noqa: BLE001 - any way to fail is one
                failed.append(check.__name__)
    return failed


if __name__ == "__main__":
    print("\n".join(run_on_plain_moto()))
