#!/usr/bin/env bash
# What: Chalice 1.34.0: chalice.test.Client, where .chalice/config.json and the test's own environment both set a
#   variable.
# One would guess: the environment wins, as it does nearly everywhere: what the test sets is what the code under test
#   sees.
# Seen: within a request the value of config.json stands in its place, and goes again with the client.
# Whom it hurts: whoever points a test at a table of its own by an environment variable: the view asks the one that
#   config.json names, perhaps the real one.
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
import os

from chalice import Chalice

app = Chalice(app_name="demo")


@app.route("/table")
def table():
    return {"table": os.environ["TABLE"]}
APP
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os

from app import app
from chalice.test import Client

os.environ["TABLE"] = "from the test"
with Client(app) as client:
    told = client.http.get("/table").json_body["table"]
print(told)
assert told == "from config.json"
print("As stated.")
PYTHON
