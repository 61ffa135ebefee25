#!/usr/bin/env bash
# What: Chalice 1.34.0: JSON posted as `Application/JSON`, and with no Content-Type at all.
# One would guess: media types know no case (RFC 9110, 8.3.1), so the first is JSON as any other; the second is
#   refused with 415, as text/plain is, or read.
# Seen: both reach the view with 200, and json_body is None.
# Whom it hurts: a view that takes None for an empty request: what the client sent is dropped, and it is told that all
#   went well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'chalice==1.34.0' 'boto3==1.44.8'
cd "$folder"
mkdir -p chalicelib .chalice
cat > .chalice/config.json <<'JSON'
{"version": "2.0", "app_name": "demo", "stages": {"dev": {"environment_variables": {"TABLE": "from config.json"}}}}
JSON
touch chalicelib/__init__.py
cat > app.py <<'APP'
from chalice import Chalice

app = Chalice(app_name="demo")


@app.route("/echo", methods=["POST"])
def echo():
    return {"body": app.current_request.json_body}
APP
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
from app import app
from chalice.test import Client

with Client(app) as client:

    def told(**headers):
        answer = client.http.post("/echo", body=b'{"a": 1}', headers={k.replace("_", "-"): v for k, v in headers.items()})
        return answer.status_code, answer.json_body.get("body")

    found = [
        told(Content_Type="application/json"),
        told(Content_Type="Application/JSON"),
        told(),
        told(Content_Type="text/plain"),
    ]
print(found)
assert found == [(200, {"a": 1}), (200, None), (200, None), (415, None)]
print("As stated.")
PYTHON
