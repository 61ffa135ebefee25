#!/usr/bin/env bash
# What: ministack 1.5.33, SQS, a standard queue: a message is received twice, since its time ran out, and deleted by the handle
#   of the first time.
# One would guess: 200. A handle stands for one receiving of a message; with that of an earlier one the request
#   succeeds, and the message may stay (API reference, DeleteMessage).
# Seen: ReceiptHandleIsInvalid.
# Whom it hurts: who tests what happens to a slow consumer: an error that they handle never comes on AWS, and what does come, a
#   message that was deleted and is there again, they never see.
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
from botocore.exceptions import ClientError

PORT = int(os.environ["PORT"])
while socket.socket().connect_ex(("127.0.0.1", PORT)):
    time.sleep(0.1)


def aws(service):
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{PORT}")


queues = aws("sqs")
url = queues.create_queue(QueueName="hits")["QueueUrl"]
queues.send_message(QueueUrl=url, MessageBody="a hit")
first, again = (queues.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"][0] for _ in range(2))
assert first["MessageId"] == again["MessageId"] and first["ReceiptHandle"] != again["ReceiptHandle"]
try:
    queues.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
    raise SystemExit("the first handle is good")
except ClientError as refusal:
    print(refusal.response["Error"]["Code"])
    assert refusal.response["Error"]["Code"] == "ReceiptHandleIsInvalid"
queues.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
print("As stated.")
PYTHON
