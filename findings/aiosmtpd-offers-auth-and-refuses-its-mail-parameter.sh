#!/usr/bin/env bash
# What: aiosmtpd 1.4.6 offers AUTH to a client that has signed in and says `MAIL FROM:<ann@example.com> AUTH=<>`.
# One would guess: 250. RFC 4954, 5 defines that parameter with the extension, and `<>` is what a client says that
#   knows no more of the author; a server that does not believe clients takes it for that and goes on.
# Seen: 555, as to a parameter that nobody knows. (And 504 to `AUTH plain`: the mechanism counts in capitals only.)
# Whom it hurts: who takes mail by it: programs that say so cannot send at all, and it reads like their fault.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'aiosmtpd==1.4.6'
"$folder/env/bin/python" - <<'PYTHON'
import base64
import smtplib
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Taking:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


def anybody(server, session, envelope, mechanism, given):
    return AuthResult(success=True)


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
door = Controller(Taking(), hostname="127.0.0.1", port=port, authenticator=anybody, auth_require_tls=False)
door.start()
try:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        offered = "auth" in client.esmtp_features
        given = base64.b64encode(b"\0ann\0secret").decode()
        small, capitals = client.docmd("AUTH plain", given)[0], client.docmd("AUTH PLAIN", given)[0]
        told = client.docmd("MAIL", "FROM:<ann@example.com> AUTH=<>")[0]
        plain = client.docmd("MAIL", "FROM:<ann@example.com>")[0]
finally:
    door.stop()
print({"offered": offered, "AUTH plain": small, "AUTH PLAIN": capitals, "MAIL with AUTH=<>": told, "MAIL": plain})
assert (offered, small, capitals, told, plain) == (True, 504, 235, 555, 250)
print("As stated.")
PYTHON
