#!/usr/bin/env bash
# What: the DragonFly Mail Agent, dma 0.13 (Debian 12): the notice that it writes about a mail that a server refuses for good.
# One would guess: a report (RFC 3464) from mailer-daemon at its own host, marked Auto-Submitted (RFC 3834), as those of Postfix,
#   Exim, Sendmail, OpenSMTPD and Courier; at the least an author whom a parser can name.
# Seen: `From: MAILER-DAEMON <>`, where RFC 5322 wants an address: Python's parser names none and notes a defect. No MIME, no
#   report, no Auto-Submitted, no Precedence. Only the empty sender of the envelope and the words tell what it is; flufl.bounce
#   6.0.0 finds no failed address in it.
# Whom it hurts: who tells bounces by their report, by mailer-daemon@ or by Auto-Submitted takes them for somebody's answer, and
#   who reads the author's address of every mail gets an empty one. dma is what many small servers of Debian and BSD send with.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "It wants root, for a network and a root directory of its own." >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download dma=0.13-1+b1 > /dev/null 2>&1
dpkg-deb -x dma_*.deb root
python3 -m venv venv
venv/bin/pip install --quiet "flufl.bounce==6.0.0"
mv root/usr/sbin/dma root/dma
rm -rf root/usr root/etc
mkdir -p root/{usr,dev,etc/dma,var/spool/dma}
for name in bin lib lib64 sbin; do ln -s "usr/$name" "root/$name"; done
printf 'SMARTHOST 127.0.0.1\nPORT 2525\nMAILNAME sender.example\n' > root/etc/dma/dma.conf
printf 'ann:x:1000:1000::/:/bin/sh\n' > root/etc/passwd
touch root/etc/dma/auth.conf root/dev/{null,random,urandom}
chmod -R a+rwX root/etc root/var

cat > server.py <<'PYTHON'
"""A mail server that refuses Bob and keeps what it is sent for Ann; it goes away behind one mail."""
import socket

with socket.create_server(("127.0.0.1", 2525)) as listening:
    print("ready", flush=True)
    kept = b""
    while not kept:
        there, _ = listening.accept()
        with there, there.makefile("rb") as said:
            there.sendall(b"220 mx.example.com\r\n")
            for line in said:
                verb = line[:4].upper()
                if verb == b"DATA":
                    there.sendall(b"354 Go on\r\n")
                    for line in said:
                        if line == b".\r\n":
                            break
                        kept += line
                    there.sendall(b"250 Kept\r\n")
                elif verb == b"QUIT":
                    there.sendall(b"221 Bye\r\n")
                    break
                elif verb == b"RCPT" and b"bob@" in line:
                    there.sendall(b"550 5.1.1 No such user\r\n")
                else:
                    there.sendall(b"250 Well\r\n")
with open("bounce.eml", "wb") as file:
    file.write(kept)
PYTHON
cat > inside.sh <<'BASH'
set -euo pipefail
ip link set lo up
mount --bind /usr root/usr
for name in null random urandom; do mount --bind "/dev/$name" "root/dev/$name"; done
python3 server.py > told &
server=$!
until grep -q ready told; do sleep 0.1; done
printf 'From: Ann <ann@client.example>\nTo: bob@example.com\nSubject: Offer\nMessage-ID: <1@sender.example>\n\nHello\n' |
    chroot --userspec=1000:1000 root /dma -D -f ann@client.example bob@example.com
wait "$server"
BASH
timeout 60 unshare --mount --net --pid --fork --kill-child bash inside.sh
venv/bin/python - <<'PYTHON'
from email import message_from_bytes, policy
from pathlib import Path

from flufl.bounce import all_failures

raw = Path("bounce.eml").read_bytes()
mail = message_from_bytes(raw, policy=policy.default)
print(raw.decode())
assert mail["From"] == "MAILER-DAEMON <>" and mail["From"].defects, mail["From"]
assert not any(address.addr_spec.strip("<>") for address in mail["From"].addresses), mail["From"].addresses
assert mail["Subject"] == "Mail delivery failed" and "550 5.1.1 No such user" in mail.get_content()
assert not {"mime-version", "content-type", "auto-submitted", "precedence"} & {name.lower() for name in mail}
assert all_failures(mail) == (set(), set()), all_failures(mail)
PYTHON
echo "As stated."
