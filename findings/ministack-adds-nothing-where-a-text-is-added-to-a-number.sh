#!/usr/bin/env bash
# What: ministack 1.5.33, DynamoDB: an update by `SET opens = n + :more`, where `:more` is a text.
# One would guess: a ValidationException ("Incorrect operand type for operator or function"), and the item as it was: AWS adds
#   numbers alone (developer guide, "Update expressions"); moto refuses it too.
# Seen: 200; `opens` is `n`, and what else the update sets is set.
# Whom it hurts: whose code once writes a count as text: the counter stands still without a word; on AWS the first call fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill %1 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'ministack==1.5.33' 'boto3==1.43.106'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
env -i PATH="$PATH" HOME="$folder" BIND_HOST=127.0.0.1 MINISTACK_HOST=127.0.0.1 GATEWAY_PORT="$port" IOT_MTLS_ENABLED=0 \
  "$folder/env/bin/ministack" > log 2>&1 &
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 PORT=$port "$folder/env/bin/python" - <<'PYTHON'
import os
import socket
import time

import boto3

PORT = int(os.environ["PORT"])
while socket.socket().connect_ex(("127.0.0.1", PORT)):
    time.sleep(0.1)


def aws(service):
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{PORT}")


database = aws("dynamodb")
database.create_table(
    TableName="mails",
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST",
)
database.put_item(TableName="mails", Item={"pk": {"S": "a"}, "n": {"N": "2"}})
database.update_item(
    TableName="mails",
    Key={"pk": {"S": "a"}},
    UpdateExpression="SET seen = :seen, opens = n + :more",
    ExpressionAttributeValues={":seen": {"BOOL": True}, ":more": {"S": "1"}},
)
item = database.get_item(TableName="mails", Key={"pk": {"S": "a"}})["Item"]
print(item)
assert item == {"pk": {"S": "a"}, "n": {"N": "2"}, "seen": {"BOOL": True}, "opens": {"N": "2"}}
print("As stated.")
PYTHON
