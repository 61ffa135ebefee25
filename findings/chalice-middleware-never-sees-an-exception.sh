#!/usr/bin/env bash
# What: Chalice 1.34.0: a middleware with try and except around get_response, and a view that raises.
# One would guess: the exception passes through it, as through middleware elsewhere, and can be logged or translated
#   there.
# Seen: get_response returns a finished 500; the except clause never runs.
# Whom it hurts: whoever wants one place for logging or for problem+json: it stays silent, and nothing says why.
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
app.log.disabled = True
seen = []


@app.middleware("http")
def watch(request, get_response):
    try:
        answer = get_response(request)
    except ValueError:
        seen.append("raised")
        raise
    seen.append(f"returned {answer.status_code}")
    return answer


@app.route("/fails")
def fails():
    raise ValueError("of our own")
APP
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
from app import app, seen
from chalice.test import Client

with Client(app) as client:
    status = client.http.get("/fails").status_code
print(status, seen)
assert (status, seen) == (500, ["returned 500"])
print("As stated.")
PYTHON
