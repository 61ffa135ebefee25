#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: an item that expired years ago, in a table with time to live.
# One would guess: it goes at last, as a REMOVE in the stream by the principal dynamodb.amazonaws.com; or the table
#   says that it cannot.
# Seen: UpdateTimeToLive answers ENABLED, and the item stays for ever.
# Whom it hurts: whoever rests retention or a lock's end on it: nothing that follows an expiry is ever run by a test.
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
    database.update_time_to_live(TableName="t", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    database.put_item(TableName="t", Item={"pk": {"S": "a"}, "expires": {"N": "1600000000"}})
    says = database.describe_time_to_live(TableName="t")["TimeToLiveDescription"]["TimeToLiveStatus"]
    there = database.scan(TableName="t")["Count"]
print(says, there)
assert (says, there) == ("ENABLED", 1)
print("As stated.")
PYTHON
