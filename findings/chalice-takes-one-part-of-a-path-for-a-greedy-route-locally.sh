#!/usr/bin/env bash
# What: Chalice 1.34.0: a greedy route, /{proxy+}, in the template that `chalice package` writes, and in chalice.test.Client
#   (the router of `chalice local`).
# One would guess: that both take it for what API Gateway means by it: whatever is left of a path, of any number of parts;
#   or that it is refused.
# Seen: the template has the path as it stands, so that the deployed API takes /a/b/c. Locally /a alone reaches the view,
#   and /a/b/c is 403 “Missing Authentication Token”. Neither says a word, and no parameter is declared for the path.
# Whom it hurts: whoever answers unknown paths with a page of their own: tested locally it does not work, and works on AWS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'chalice==1.34.0' 'boto3==1.44.8'
cd "$folder"
mkdir -p chalicelib .chalice
echo '{"version": "2.0", "app_name": "demo"}' > .chalice/config.json
touch chalicelib/__init__.py requirements.txt
cat > app.py <<'APP'
from chalice import Chalice

app = Chalice(app_name="demo")


@app.route("/{proxy+}")
def anything():
    return {"seen": app.current_request.path}
APP
export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1
"$folder/env/bin/chalice" package out > /dev/null
"$folder/env/bin/python" - <<'PYTHON'
import json

from app import app
from chalice.test import Client

resources = json.load(open("out/sam.json"))["Resources"]
paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
packed = {path: methods["get"].get("parameters") for path, methods in paths.items()}
with Client(app) as client:
    local = {path: client.http.get(path).status_code for path in ("/a", "/a/b/c")}
print(packed, local)
assert packed == {"/{proxy+}": None}
assert local == {"/a": 200, "/a/b/c": 403}
print("As stated.")
PYTHON
