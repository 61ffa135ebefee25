#!/usr/bin/env bash
# What: ministack 1.5.33, DynamoDB: what a put, a get and a query of an item of 100 kB consume (ReturnConsumedCapacity).
# One would guess: 98 write units, and 25 read units for a consistent get (developer guide, "Read and write operations"): the
#   put's are right, so it reckons by size.
# Seen: 98 for the put; 1 for the get and half a unit for the query, as of an item of ten bytes.
# Whom it hurts: who holds what a page of a list costs by a test, and believes it since the writes are right: reads cost up to
#   25 times as much on AWS, and more.
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


def consumed(size):
    item = {"pk": {"S": "a"}, "text": {"S": "x" * size}}
    of_it = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "a"}}}
    answers = [
        database.put_item(TableName="mails", Item=item, ReturnConsumedCapacity="TOTAL"),
        database.get_item(
            TableName="mails", Key={"pk": {"S": "a"}}, ConsistentRead=True, ReturnConsumedCapacity="TOTAL"
        ),
        database.query(TableName="mails", **of_it, ReturnConsumedCapacity="TOTAL"),
    ]
    return [each["ConsumedCapacity"]["CapacityUnits"] for each in answers]


small, large = consumed(10), consumed(100_000)
print(small, large)
assert small == [1.0, 1.0, 0.5] and large == [98.0, 1.0, 0.5]
print("As stated.")
PYTHON
