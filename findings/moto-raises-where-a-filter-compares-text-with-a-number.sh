#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: a filter `x > :n` over items of which one holds text in x.
# One would guess: values of different types do not compare: the item is not found, and nothing fails (developer
#   guide, comparison operators).
# Seen: Python's own TypeError, from within the emulator.
# Whom it hurts: tables whose attribute changed its type over the years: the scan that works on AWS cannot be tested.
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


with mock_aws():
    database = made()
    for key, value in (("a", {"N": "5"}), ("b", {"S": "5"})):
        database.put_item(TableName="t", Item={"pk": {"S": key}, "x": value})
    try:
        database.scan(TableName="t", FilterExpression="x > :n", ExpressionAttributeValues={":n": {"N": "1"}})
    except TypeError as raised:
        print(raised)
    else:
        raise SystemExit("It was not raised.")
print("As stated.")
PYTHON
