#!/usr/bin/env bash
# What: Chalice 1.34.0: the template that `chalice package` writes for a stream handler in a Blueprint.
# One would guess: Lambda imports app.py, as it does for the routes of that Blueprint: what app.py sets up is there.
# Seen: the handler is `chalicelib.parts.follow`: app.py is never imported, its middleware and logging never run.
#   chalice.test.Client does run them.
# Whom it hurts: whoever sets up logging, tracing or secrets in app.py: all tests pass, and in AWS the stream's
#   function has none of it.
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

from chalicelib.parts import parts

app = Chalice(app_name="demo")
app.register_blueprint(parts)


@app.route("/")
def index():
    return {}
APP
cat > chalicelib/parts.py <<'PARTS'
import boto3
from chalice import Blueprint

parts = Blueprint(__name__)


@parts.on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")
def follow(event):
    boto3.client("dynamodb").put_item(TableName="other", Item={"pk": {"S": "a"}})
PARTS
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import json
import pathlib
import subprocess
import sys

chalice = pathlib.Path(sys.executable).with_name("chalice")
subprocess.run([chalice, "package", "out"], check=True, stdout=subprocess.DEVNULL)
with open("out/sam.json") as file:
    resources = json.load(file)["Resources"]
handlers = {name: each["Properties"]["Handler"] for name, each in resources.items() if "Handler" in each.get("Properties", {})}
print(handlers)
assert handlers == {"APIHandler": "app.app", "Follow": "chalicelib.parts.follow"}
print("As stated.")
PYTHON
