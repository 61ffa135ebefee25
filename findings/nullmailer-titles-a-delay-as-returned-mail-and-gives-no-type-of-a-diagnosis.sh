#!/usr/bin/env bash
# What: nullmailer 2.2 (Debian 12): what its nullmailer-dsn writes about a mail that is late, and that it goes on trying.
# One would guess: a subject such as "Warning: delayed", and a Diagnostic-Code with its type before a semicolon
#   (`smtp; 451 ...`: RFC 3464, 2.3.6), as those of Postfix, Exim, Sendmail and OpenSMTPD have.
# Seen: the subject is that of a failure, letter by letter: "Returned mail: Could not send message". Only `Action: delayed`
#   and a sentence of the text tell the two apart. Diagnostic-Code is the bare answer of the server, without type and semicolon.
# Whom it hurts: who reads the subject (many tables of bounce phrases hold "Returned mail") gives a living address up; who
#   takes what stands behind the semicolon keeps no reason at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download nullmailer=1:2.2-4 > /dev/null
dpkg-deb -x nullmailer_*.deb root
cat > queued <<'MAIL'
ann@sender.example
bob@example.com

From: Ann <ann@sender.example>
To: bob@example.com
Subject: Offer
Message-ID: <1@sender.example>

Hello
MAIL
root/usr/bin/nullmailer-dsn --diagnostic-code="451 4.7.1 Try again later" 4.7.1 < queued > late 2> /dev/null
root/usr/bin/nullmailer-dsn --diagnostic-code="550 5.1.1 No such user" 5.1.1 < queued > failed 2> /dev/null
python3 - late failed <<'PYTHON'
import sys
from email import message_from_bytes
from pathlib import Path

told = []
for name in sys.argv[1:]:
    raw = Path(name).read_bytes()
    mail = message_from_bytes(raw[raw.index(b"From:") :])  # the envelope stands before it
    (report,) = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    fields = report.get_payload()[1]
    told.append((mail["Subject"], fields["Action"], fields["Diagnostic-Code"]))
print(told)
assert told == [
    ("Returned mail: Could not send message", "delayed", "451 4.7.1 Try again later"),
    ("Returned mail: Could not send message", "failed", "550 5.1.1 No such user"),
]
print("As stated.")
PYTHON
