#!/usr/bin/env bash
# What: Chalice 1.34.0: the policy that it derives from the code, for a put_item in app.py and for one in chalicelib.
# One would guess: both calls are seen: a Blueprint's functions belong to the application, and get their own role's
#   rights.
# Seen: `chalice gen-policy` grants dynamodb:PutItem for the call in app.py alone; moved into chalicelib it grants
#   nothing.
# Whom it hurts: whoever tidies app.py up into modules: the deploy succeeds, and the next request is refused with
#   AccessDeniedException.
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


def granted():
    said = subprocess.run([chalice, "gen-policy"], check=True, capture_output=True, text=True)
    return sorted(action for each in json.loads(said.stdout)["Statement"] for action in each["Action"])


tidy = granted()
call = 'import boto3\n\n\n@app.route("/put")\ndef put():\n    boto3.client("dynamodb").put_item(TableName="t", Item={})\n'
here = pathlib.Path("app.py")
here.write_text(here.read_text() + call)
together = granted()
print(tidy, together)
assert (tidy, together) == ([], ["dynamodb:PutItem"])
print("As stated.")
PYTHON
