#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB Streams: the same item is put twice.
# One would guess: one record: AWS writes no record where a write leaves the item as it was (API reference, Record:
#   eventName).
# Seen: an INSERT and a MODIFY whose two images are equal.
# Whom it hurts: tests of what wakes a stream's function: they pay for, and pass by, calls that never come; a loop of
#   writes that would end on AWS never does here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'moto[dynamodb]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os

import boto3
from moto import mock_aws

os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"


def made():
    database = boto3.client("dynamodb")
    database.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return database


def records():
    streams = boto3.client("dynamodbstreams")
    arn = streams.list_streams()["Streams"][0]["StreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    where = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return streams.get_records(ShardIterator=where["ShardIterator"])["Records"]


with mock_aws():
    database = made()
    for _ in range(2):
        database.put_item(TableName="t", Item={"pk": {"S": "a"}})
    found = records()
    told = [record["eventName"] for record in found]
print(told)
assert told == ["INSERT", "MODIFY"]
assert found[1]["dynamodb"]["OldImage"] == found[1]["dynamodb"]["NewImage"]
print("As stated.")
PYTHON
