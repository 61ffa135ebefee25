#!/usr/bin/env bash
# What: aiosmtpd 1.4.6, a server with many clients in one event loop, none of whose settings names it.
# One would guess: what it says of itself in `220 ... ESMTP` is found out once, when the server starts.
# Seen: each connection asks for it anew (`socket.getfqdn`), in the event loop. Where no name server answers, as on a
#   machine without a network or with a resolver that is down, that takes seconds: nobody else is served meanwhile,
#   who has long been connected neither. Here the question takes half a second: so long waits a `NOOP` of somebody
#   else. With `server_hostname` (`hostname` of SMTP) it does not.
# Whom it hurts: who takes mail by it on such a machine: each mail holds up all the others for as long as the resolver waits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'aiosmtpd==1.4.6'
"$folder/env/bin/python" - <<'PYTHON'
import socket
import threading
import time

from aiosmtpd.controller import Controller

QUESTION = 0.5
asked = []


def slow(name=""):
    """What `socket.getfqdn` does where the resolver takes its time."""
    asked.append(threading.current_thread().name)
    time.sleep(QUESTION)
    return "mail.example.com"


class Taking:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


def look(**settings):
    """How many questions three more connections cost, and how long somebody else's NOOP takes while one of them comes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = Controller(Taking(), hostname="127.0.0.1", port=port, **settings)
    door.start()
    try:
        first = socket.create_connection(("127.0.0.1", port))
        first.recv(1000)
        asked.clear()
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", port)) as other:
                other.recv(1000)
        with socket.create_connection(("127.0.0.1", port)):
            while len(asked) < 3 and not settings:
                time.sleep(0.01)
            begun = time.monotonic()
            first.sendall(b"NOOP\r\n")
            first.recv(1000)
            waited = time.monotonic() - begun
        first.close()
        return len(asked), {each == threading.current_thread().name for each in asked}, waited
    finally:
        door.stop()


socket.getfqdn = slow
questions, in_this_thread, waited = look()
named = look(server_hostname="mail.example.com")
print({"questions of three connections": questions, "NOOP waits": round(waited, 2), "with a name": (named[0], round(named[2], 2))})
assert questions == 3 and in_this_thread == {False} and waited > QUESTION / 2
assert named[0] == 0 and named[2] < QUESTION / 2
print("As stated.")
PYTHON
