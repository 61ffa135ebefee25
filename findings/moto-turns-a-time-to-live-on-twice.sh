#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: time to live is turned on for a table where it is on already.
# One would guess: a ValidationException: "TimeToLive is already enabled". For an hour after a change AWS takes no other either
#   (API reference, UpdateTimeToLive).
# Seen: 200, as often as one likes, and off again at once.
# Whom it hurts: whose set-up of a table shall run at each deploy: it passes its tests twice in a row, and the second deploy on
#   AWS fails.
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
with mock_aws():
    database = boto3.client("dynamodb")
    database.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    answers = [
        database.update_time_to_live(TableName="t", TimeToLiveSpecification={"Enabled": on, "AttributeName": "expires"})
        for on in (True, True, False)
    ]
statuses = [each["ResponseMetadata"]["HTTPStatusCode"] for each in answers]
print(statuses)
assert statuses == [200, 200, 200]
print("As stated.")
PYTHON
