#!/usr/bin/env bash
# What: Chalice 1.34.0: a middleware that is registered on a Blueprint.
# One would guess: it runs for the routes of that Blueprint, as in Flask.
# Seen: it runs for every route of the application.
# Whom it hurts: whoever puts a check of tokens on the Blueprint of the API: the public pages are closed with it; or a
#   header meant for one part is on all.
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


@app.route("/elsewhere")
def elsewhere():
    return {}
APP
cat > chalicelib/parts.py <<'PARTS'
from chalice import Blueprint

parts = Blueprint(__name__)
ran = []


@parts.middleware("http")
def note(request, get_response):
    ran.append(request.path)
    return get_response(request)
PARTS
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
from app import app
from chalice.test import Client
from chalicelib.parts import ran

with Client(app) as client:
    client.http.get("/elsewhere")
print(ran)
assert ran == ["/elsewhere"]
print("As stated.")
PYTHON
