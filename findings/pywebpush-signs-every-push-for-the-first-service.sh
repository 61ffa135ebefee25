#!/usr/bin/env bash
# What: pywebpush 2.5.0: two devices, one with Firefox and one with Chrome, are pushed to with the same dictionary of claims, as
#   its own example has one: {"sub": ...}.
# One would guess: a token for each, with the origin of its own push service in `aud` (RFC 8292, 2).
# Seen: the second push bears Mozilla's origin on its way to Google. The first call wrote `aud` (and `exp`) into the caller's
#   dictionary, and what is there is kept.
# Whom it hurts: who keeps the claims in a constant: whoever's browser is of another maker than the first one's gets nothing, and
#   401 or 403 looks as if the device were gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'pywebpush==2.5.0' 'py-vapid==1.9.6'
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import base64
import json
import re

from py_vapid import Vapid02
from pywebpush import webpush

key = Vapid02()
key.generate_keys()
CLAIMS = {"sub": "mailto:ann@sender.example"}


class Kept:
    """In the place of the network: keeps the header of a push, and takes it."""

    status_code, text, headers = 201, "", {}

    def post(self, endpoint, headers, **more):
        self.header = headers["Authorization"]
        return self


def audience(endpoint):
    """What the push's token is for."""
    kept = Kept()
    webpush({"endpoint": endpoint}, vapid_private_key=key, vapid_claims=CLAIMS, requests_session=kept)
    claims = re.search(r"vapid t=[\w-]+\.([\w-]+)\.", kept.header)[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["aud"]


mozilla, google = "https://updates.push.services.mozilla.com", "https://fcm.googleapis.com"
found = [audience(f"{mozilla}/wpush/v2/a"), audience(f"{google}/fcm/send/b")]
print(found, CLAIMS)
assert found == [mozilla, mozilla] and CLAIMS["aud"] == mozilla
print("As stated.")
PYTHON
