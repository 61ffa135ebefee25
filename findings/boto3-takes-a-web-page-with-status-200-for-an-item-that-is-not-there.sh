#!/usr/bin/env bash
# What: boto3 1.44.8, DynamoDB: GetItem and PutItem, answered with the status 200 and a page in HTML, as a captive portal or
#   a proxy that wants a sign-in answers them.
# One would guess: an error that the answer is none of DynamoDB's, or another try, as for an answer that breaks off.
# Seen: no error. GetItem gives what it gives of an item that does not exist; PutItem succeeds, and nothing was written.
# Whom it hurts: whoever reaches DynamoDB through a proxy: what is there is taken for absent and made anew, what was never
#   written for kept. The header x-amz-crc32 would tell, but is only compared where it is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'boto3==1.44.8' 'botocore==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import boto3

PAGE = b"<html><h1>Sign in to this network</h1></html>"


class Portal(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Portal)
threading.Thread(target=server.serve_forever, daemon=True).start()
service = boto3.client("dynamodb", endpoint_url=f"http://127.0.0.1:{server.server_address[1]}")
read = service.get_item(TableName="t", Key={"pk": {"S": "a"}})
written = service.put_item(TableName="t", Item={"pk": {"S": "a"}})
told = ["Item" in read, read["ResponseMetadata"]["RetryAttempts"], written["ResponseMetadata"]["HTTPStatusCode"]]
print(told)
assert told == [False, 0, 200]
print("As stated.")
PYTHON
