#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: items with a set that holds a value twice, a number of 40 digits, and maps 40 levels deep.
# One would guess: a ValidationException each. AWS takes no duplicates in a set, 38 digits and 32 levels (developer guide,
#   "Supported data types and naming rules" and "Quotas"); of other limits, the size of an item and of a key, moto is strict.
# Seen: all three are put.
# Whom it hurts: who keeps what others wrote, a JSON document, a list of words as a set, a number out of a header: the tests
#   pass, and on AWS the write is refused when such a mail comes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'moto[dynamodb]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"
deep = {"S": "end"}
for _ in range(40):
    deep = {"M": {"in": deep}}
VALUES = {
    "a set with a value twice": {"SS": ["one", "one"]},
    "a number of 40 digits": {"N": "1" * 40},
    "40 levels": deep,
    "400 kB and more": {"S": "x" * 410_000},
}
taken = []
with mock_aws():
    database = boto3.client("dynamodb")
    database.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for name, value in VALUES.items():
        try:
            database.put_item(TableName="t", Item={"pk": {"S": "a"}, "value": value})
            taken.append(name)
        except ClientError as refusal:
            print(f"{name}: {refusal}")
print("taken:", taken)
assert taken == list(VALUES)[:3]
print("As stated.")
PYTHON
