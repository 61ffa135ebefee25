#!/usr/bin/env bash
# What: Chalice 1.34.0: HEAD for a route that serves GET.
# One would guess: what GET answers, without its body: HEAD is one of the two methods that every server has to know
#   (RFC 9110, 9.1), and frameworks derive it.
# Seen: 405 Method Not Allowed.
# Whom it hurts: links and images in mail: scanners, previews and download managers ask by HEAD first, and take the
#   link for dead.
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


@app.route("/page")
def page():
    return {}
APP
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
from app import app
from chalice.test import Client

with Client(app) as client:
    told = [client.http.request(method, "/page").status_code for method in ("GET", "HEAD")]
print(told)
assert told == [200, 405]
print("As stated.")
PYTHON
