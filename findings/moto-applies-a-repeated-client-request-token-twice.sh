#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: TransactWriteItems, twice, with the same ClientRequestToken.
# One would guess: for ten minutes the second does nothing, and other content under the same token is refused with
#   IdempotentParameterMismatchException (API reference, TransactWriteItems).
# Seen: both are applied, and so is other content.
# Whom it hurts: whoever counts on the token to make a retry safe: the test that should prove it fails, or worse, the
#   code is changed until it passes here.
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


def add(database, much):
    update = {
        "TableName": "t",
        "Key": {"pk": {"S": "a"}},
        "UpdateExpression": "ADD n :much",
        "ExpressionAttributeValues": {":much": {"N": much}},
    }
    database.transact_write_items(TransactItems=[{"Update": update}], ClientRequestToken="the same")


with mock_aws():
    database = made()
    for much in ("1", "1", "5"):
        add(database, much)
    item = database.get_item(TableName="t", Key={"pk": {"S": "a"}})["Item"]
print(item)
assert item["n"] == {"N": "7"}
print("As stated.")
PYTHON
