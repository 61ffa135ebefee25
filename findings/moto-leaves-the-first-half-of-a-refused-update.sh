#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: an UpdateItem of two clauses, of which the second is refused (ADD to text).
# One would guess: an update is atomic: refused is refused, and the item stays as it was.
# Seen: ValidationException, and the SET before it is done.
# Whom it hurts: tests of retries: the item is in a state that AWS cannot leave behind, and the stream tells nothing
#   of it.
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
    database.put_item(TableName="t", Item={"pk": {"S": "a"}, "word": {"S": "x"}})
    try:
        database.update_item(
            TableName="t",
            Key={"pk": {"S": "a"}},
            UpdateExpression="SET n = :one ADD word :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
    except ClientError as refused:
        print(refused.response["Error"]["Code"])
        assert refused.response["Error"]["Code"] == "ValidationException"
    else:
        raise SystemExit("It was not refused.")
    item = database.get_item(TableName="t", Key={"pk": {"S": "a"}})["Item"]
print(item)
assert item == {"pk": {"S": "a"}, "word": {"S": "x"}, "n": {"N": "1"}}
print("As stated.")
PYTHON
