#!/usr/bin/env bash
# What: moto 5.2.5, DynamoDB: eight threads count up one number, forty times each, by `ADD n :one`.
# One would guess: 320. An update is one step on AWS whatever else comes (developer guide, "Atomic counters").
# Seen: fewer, in one of a few rounds at the latest: an update reads the item, changes it and puts it back, with no lock.
# Whom it hurts: who tests what happens when two come at one moment: what is right seems wrong, now and then; and a test of
#   a counter that reads and writes in two calls, which is wrong, looks no worse.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'moto[dynamodb]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os
import sys
from threading import Thread

import boto3
from moto import mock_aws

os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"
sys.setswitchinterval(1e-5)
ONE = {"UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}


def counted(name):
    def run():
        for _ in range(40):
            database.update_item(TableName="t", Key={"pk": {"S": name}}, **ONE)

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return int(database.get_item(TableName="t", Key={"pk": {"S": name}})["Item"]["n"]["N"])


with mock_aws():
    database = boto3.client("dynamodb")
    database.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    found = next((count for number in range(20) if (count := counted(str(number))) < 320), 320)
print(f"{found} of 320")
assert found < 320
print("As stated.")
PYTHON
