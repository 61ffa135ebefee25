#!/usr/bin/env bash
# What: py-vapid 1.9.6: a sender's header is verified, `vapid t=..., k=...`, once with and once without the blank.
# One would guess: both are right. Parts of a header are parted by a comma and any blanks (RFC 9110, 5.6.1 and 11.4).
# Seen: with the blank it fails, "Incorrect schema specified".
# Whom it hurts: who tests a sender of their own against it, or verifies with it what other senders sign: a good token looks forged.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'py-vapid==1.9.6'
"$folder/env/bin/python" - <<'PYTHON'
from py_vapid import Vapid02

key = Vapid02()
key.generate_keys()
header = key.sign({"sub": "mailto:ann@sender.example", "aud": "https://push.example"})["Authorization"]
assert Vapid02.verify(header) and header.count(",k=") == 1
try:
    Vapid02.verify(header.replace(",k=", ", k="))
    raise SystemExit("it is verified")
except AssertionError as error:
    print(error)
    assert "Incorrect schema" in str(error)
print("As stated.")
PYTHON
