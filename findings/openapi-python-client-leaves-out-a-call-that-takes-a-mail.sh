#!/usr/bin/env bash
# What: openapi-python-client 0.29.1: a call whose required body is a mail, `message/rfc822`, the registered type of one.
# One would guess: that the generated function takes bytes, as it does for `application/octet-stream`; or that generating fails.
# Seen: a warning among the output and exit status 0: the client has no function for the call at all. Under a second name,
#   `application/octet-stream`, beside the first, the same body is taken.
# Whom it hurts: whoever makes a client of an API that takes raw mails, in a pipeline that looks at the exit status.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'openapi-python-client==0.29.1'
cd "$folder"
PATH="$folder/env/bin:$PATH" "$folder/env/bin/python" - <<'PYTHON'
import json
import subprocess

BYTES = {"schema": {"type": "string", "format": "binary"}}


def generated(*types):
    """The exit status, whether it warned, and whether the function takes a body; None where there is none."""
    body = {"required": True, "content": {each: BYTES for each in types}}
    post = {"operationId": "send", "requestBody": body, "responses": {"204": {"description": "Taken."}}}
    info = {"title": "Mails", "version": "1"}
    with open("openapi.json", "w") as file:
        json.dump({"openapi": "3.1.0", "info": info, "paths": {"/mails": {"post": post}}}, file)
    name = f"client{len(types)}"
    made = subprocess.run(
        ["openapi-python-client", "generate", "--path", "openapi.json", "--output-path", name, "--meta", "none"],
        capture_output=True,
        text=True,
    )
    warned = "Unsupported content type message/rfc822" in made.stdout + made.stderr
    try:
        with open(f"{name}/api/default/send.py") as file:
            takes = "body: File" in file.read()
    except FileNotFoundError:
        takes = None
    return made.returncode, warned, takes


alone, beside = generated("message/rfc822"), generated("message/rfc822", "application/octet-stream")
print(alone, beside)
assert alone == (0, True, None) and beside == (0, True, True)
print("As stated.")
PYTHON
