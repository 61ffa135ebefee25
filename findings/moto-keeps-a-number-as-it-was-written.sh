#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: the numbers 1.50 and 0012, a set of 1 and 1.0, and a number of 39 digits.
# One would guess: AWS trims zeroes before and behind, refuses a set that names a value twice, and takes 38 digits
#   (developer guide, data types).
# Seen: all four are taken, and come back letter by letter.
# Whom it hurts: whoever compares what comes back with what was written: equal here, different on AWS; and whoever
#   adds up money in long numbers.
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
    item = {"pk": {"S": "a"}, "x": {"N": "1.50"}, "y": {"N": "0012"}, "z": {"NS": ["1", "1.0"]}, "long": {"N": "1" * 39}}
    database.put_item(TableName="t", Item=item)
    back = database.get_item(TableName="t", Key={"pk": {"S": "a"}})["Item"]
print(back)
back["z"]["NS"].sort()
assert back == item
print("As stated.")
PYTHON
