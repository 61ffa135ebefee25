#!/usr/bin/env bash
# What: ministack 1.5.33, SNS mobile push: a push to an endpoint whose attribute Enabled is "false".
# One would guess: EndpointDisabled, by which one learns that an app was removed from a phone (API reference, Publish, errors);
#   the attribute itself is kept and given back.
# Seen: a message id.
# Whom it hurts: who forgets devices that are gone when SNS says so: that code never runs in a test, and pushes to removed apps
#   count as delivered.
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


pushes = aws("sns")
application = pushes.create_platform_application(Name="phones", Platform="GCM", Attributes={})["PlatformApplicationArn"]
phone = pushes.create_platform_endpoint(PlatformApplicationArn=application, Token="a-token")["EndpointArn"]
pushes.set_endpoint_attributes(EndpointArn=phone, Attributes={"Enabled": "false"})
enabled = pushes.get_endpoint_attributes(EndpointArn=phone)["Attributes"]["Enabled"]
message = pushes.publish(TargetArn=phone, Message="Bob opened your mail")["MessageId"]
print(enabled, message != "")
assert enabled == "false" and message
print("As stated.")
PYTHON
