#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: a TransactWriteItems of twelve items with 390,000 bytes each.
# One would guess: ValidationException: all items of a transaction together have at most 4 MB (developer guide,
#   transactions).
# Seen: it is taken; the limit of one item, 400 KB, is kept.
# Whom it hurts: whoever writes a large thing in one transaction: it passes here, and fails in production for the
#   largest customers.
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
    items = [{"pk": {"S": str(number)}, "x": {"S": "x" * 390_000}} for number in range(12)]
    database.transact_write_items(TransactItems=[{"Put": {"TableName": "t", "Item": item}} for item in items])
    count = sum(1 for number in range(12) if "Item" in database.get_item(TableName="t", Key={"pk": {"S": str(number)}}))
print(count)
assert count == 12
print("As stated.")
PYTHON
