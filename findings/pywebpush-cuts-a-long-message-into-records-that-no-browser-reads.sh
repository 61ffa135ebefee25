#!/usr/bin/env bash
# What: pywebpush 2.5.0 (upon http_ece 1.2.1): a message of 9,000 bytes is encrypted for a browser.
# One would guess: an error, or one record as large as it must be. A push message is exactly one record, and a browser throws away
#   what is more (RFC 8291, 4).
# Seen: no word, and a body of three records of 4,096 bytes (RFC 8188, 2).
# Whom it hurts: whose notifications grow once in a while: a service may refuse more than 4,096 bytes (RFC 8030, 7.2); one that
#   takes it answers 201 for what is never shown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'pywebpush==2.5.0' 'http-ece==1.2.1'
"$folder/env/bin/python" - <<'PYTHON'
import base64
import os
from math import ceil

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pywebpush import WebPusher

point = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
keys = {"p256dh": base64.urlsafe_b64encode(point).decode(), "auth": base64.urlsafe_b64encode(os.urandom(16)).decode()}


def records(length):
    """How many records a message of this length becomes, by the head of what is sent (RFC 8188, 2.1)."""
    body = WebPusher({"endpoint": "https://push.example/1", "keys": keys}).encode(b"x" * length)["body"]
    size, head = int.from_bytes(body[16:20], "big"), 21 + body[20]
    assert size == 4_096
    return ceil((len(body) - head) / size)


found = {length: records(length) for length in (3_000, 9_000)}
print(found)
assert found == {3_000: 1, 9_000: 3}
print("As stated.")
PYTHON
