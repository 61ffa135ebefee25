#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: TransactGetItems and TransactWriteItems of 26 items.
# One would guess: both are taken: up to 100 are since September 2022 (API reference of both).
# Seen: the 26 are written in one transaction, and cannot be read in one: the limit was raised for writes only.
# Whom it hurts: whoever reads a page of 50 in one transaction: the test fails where AWS answers, and the batch is cut
#   down for no reason.
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


from botocore.exceptions import ClientError

with mock_aws():
    database = made()
    keys = [{"pk": {"S": str(number)}} for number in range(26)]
    database.transact_write_items(TransactItems=[{"Put": {"TableName": "t", "Item": key}} for key in keys])
    try:
        database.transact_get_items(TransactItems=[{"Get": {"TableName": "t", "Key": key}} for key in keys])
    except ClientError as refused:
        print(refused.response["Error"]["Message"][-120:])
        assert refused.response["Error"]["Code"] == "ValidationException"
        assert "less than or equal to 25" in refused.response["Error"]["Message"]
    else:
        raise SystemExit("It was not refused.")
print("As stated.")
PYTHON
