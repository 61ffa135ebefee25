#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB Streams: an UpdateItem that makes its item.
# One would guess: one INSERT, with the item as it is then (API reference, StreamRecord: an image of the item after
#   the change).
# Seen: two INSERTs: the first holds the key alone, a state that the item never had.
# Whom it hurts: whoever tests a stream's consumer: a counter kept by ADD is counted twice, and code has to stand a
#   half item that AWS never sends.
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
    one = {":one": {"N": "1"}}
    made().update_item(TableName="t", Key={"pk": {"S": "a"}}, UpdateExpression="ADD n :one", ExpressionAttributeValues=one)
    told = [(record["eventName"], record["dynamodb"]["NewImage"]) for record in records()]
print(told)
assert told == [("INSERT", {"pk": {"S": "a"}}), ("INSERT", {"pk": {"S": "a"}, "n": {"N": "1"}})]
print("As stated.")
PYTHON
