#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: what a write and a read of items of a hundred bytes and of 100 kB consume
#   (ReturnConsumedCapacity).
# One would guess: a write unit for each 1 kB and a read unit for each 4 kB, as AWS bills (developer guide, "Read and write
#   operations"): a hundred units for a put of 100 kB, 25 for a consistent read of it.
# Seen: 1 unit a put, half a unit an update and a consistent read, 1 a query, whatever the size; a transaction says nothing.
# Whom it hurts: who holds what a call costs by a test: a table whose items grow with every open passes it, and the bill comes.
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
KEY = {"pk": {"S": "a"}}
NEW = {"ExpressionAttributeValues": {":v": {"S": "1"}}}


def units(call, **arguments):
    return call(**arguments, ReturnConsumedCapacity="TOTAL").get("ConsumedCapacity")


def consumed(size):
    item = {**KEY, "text": {"S": "x" * size}}
    of_it = {"KeyConditionExpression": "pk = :v", "ExpressionAttributeValues": {":v": {"S": "a"}}}
    found = [
        units(database.put_item, TableName="t", Item=item),
        units(database.update_item, TableName="t", Key=KEY, UpdateExpression="SET n = :v", **NEW),
        units(database.get_item, TableName="t", Key=KEY, ConsistentRead=True),
        units(database.query, TableName="t", **of_it),
    ]
    in_a_transaction = units(database.transact_write_items, TransactItems=[{"Put": {"TableName": "t", "Item": item}}])
    return [each["CapacityUnits"] for each in found], in_a_transaction


with mock_aws():
    database = boto3.client("dynamodb")
    database.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    small, large = consumed(100), consumed(100_000)
print(small, large)
assert small == large == ([1.0, 0.5, 0.5, 1.0], [])
print("As stated.")
PYTHON
