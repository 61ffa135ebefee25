#!/usr/bin/env bash
# What: aiosmtpd 1.4.6 on asyncio, listening on a socket that `socket.create_server` made (`sock=`), as who opens the port before
#   the event loop runs does, to know its number or to give root's rights up.
# One would guess: that it is as quick as on a host and a port that asyncio is given: asyncio turns Nagle's algorithm off for
#   TCP (TCP_NODELAY), as its documentation says since Python 3.6.
# Seen: asyncio does so only where the socket's `proto` is IPPROTO_TCP. That of `socket.create_server`'s is 0, and an accepted
#   connection has its listener's. aiosmtpd writes the answer to EHLO a line at a time: the second line waits until the client
#   has acknowledged the first, which Linux puts off for 40 ms. Every sign-in has two such answers, before and after STARTTLS.
#   The same server on a host and a port does not wait. (On macOS neither is set: python/cpython issue 148783.)
# Whom it hurts: who serves mail programs so: each mail takes 80 ms more, and nothing says why.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'aiosmtpd==1.4.6'
"$folder/env/bin/python" - <<'PYTHON'
import asyncio
import smtplib
import socket
import time

from aiosmtpd.smtp import SMTP

ROUNDS = 10


async def look(**where):
    """Of a server there: its socket's `proto`, whether its connections are without delay, and how long an EHLO takes."""
    delays = []

    class Watched(SMTP):
        def connection_made(self, transport):
            super().connection_made(transport)
            accepted = transport.get_extra_info("socket")
            delays.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Watched(None, hostname="mail.example.com", loop=loop), **where)
    listening = server.sockets[0]

    def greet():
        took = []
        for _ in range(ROUNDS):
            with smtplib.SMTP(*listening.getsockname(), local_hostname="there.example.com") as client:
                begun = time.monotonic()
                client.ehlo()
                took.append(time.monotonic() - begun)
        return sorted(took)[ROUNDS // 2]

    took = await asyncio.to_thread(greet)
    server.close()
    return listening.proto, set(delays), took


by_name = asyncio.run(look(host="127.0.0.1", port=0))
by_socket = asyncio.run(look(sock=socket.create_server(("127.0.0.1", 0))))
with_option = socket.create_server(("127.0.0.1", 0))
with_option.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
mended = asyncio.run(look(sock=with_option))
for name, (proto, without_delay, took) in {"host and port": by_name, "sock": by_socket, "sock, option set": mended}.items():
    print(f"{name:17} proto {proto}, TCP_NODELAY {without_delay}, EHLO {took * 1000:.1f} ms")
assert by_name[:2] == (socket.IPPROTO_TCP, {True})
assert by_socket[:2] == (0, {False})
assert mended[:2] == (0, {True})
assert by_socket[2] > 3 * max(by_name[2], mended[2])
print("As stated.")
PYTHON
