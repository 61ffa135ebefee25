#!/usr/bin/env bash
# What: Chalice 1.34.0: a route that answers a GIF, asked without an Accept header and with `image/*`.
# One would guess: the image: no Accept means that anything is welcome (RFC 9110, 12.5.1), and `image/*` is an
#   image/gif.
# Seen: 400 to both, after the view has run; 200 with `*/*` or `image/gif` spelled out.
# Whom it hurts: pixels, badges and attachments: image proxies of mail services send no Accept at all, so that their
#   readers see a broken image while the open is counted.
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
from chalice import Chalice, Response

app = Chalice(app_name="demo")


@app.route("/pixel")
def pixel():
    return Response(b"GIF89a", headers={"Content-Type": "image/gif"})
APP
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
from app import app
from chalice.test import Client

with Client(app) as client:
    asked = {accept: {"Accept": accept} for accept in ("image/*", "*/*", "image/gif")} | {"nothing": {}}
    told = {accept: client.http.get("/pixel", headers=headers).status_code for accept, headers in asked.items()}
print(told)
assert told == {"image/*": 400, "*/*": 200, "image/gif": 200, "nothing": 400}
print("As stated.")
PYTHON
