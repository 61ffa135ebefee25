#!/usr/bin/env bash
# What: GNU Mailutils 3.15 (Debian 12): what Sieve's `reject` sends to who wrote the mail.
# One would guess: a message disposition notification, or a report that delivery failed: a multipart/report whose second
#   part has the fields of its kind (RFC 5429, 2.1; RFC 8098; RFC 3464), from the recipient.
# Seen: neither. A multipart/mixed without a From; its part calls itself message/delivery-status and holds one group of
#   fields with a receipt's `Disposition: ...;deleted` and the action `deleted`, which RFC 3464 does not know. There is
#   no Status.
# Whom it hurts: who tells bounces by `multipart/report`, by `Action: failed` or by a Status sees no bounce, and who wrote
#   the mail believes it delivered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download mailutils=1:3.15-4 mailutils-common=1:3.15-4 libmailutils9=1:3.15-4 > /dev/null
for package in ./*.deb; do dpkg-deb -x "$package" root; done
cat > sendmail <<'SH'
#!/bin/sh
cat > "$(dirname "$0")/sent"
SH
chmod +x sendmail
printf 'require ["reject"];\nreject "Not today.";\n' > rules.sieve
cat > mailbox <<'MBOX'
From ann@sender.example Fri Sep  4 10:00:00 2026
From: Ann <ann@sender.example>
To: bob@example.com
Subject: Offer
Message-ID: <1@sender.example>
Date: Fri, 4 Sep 2026 10:00:00 +0200

Hello

MBOX
chmod 600 mailbox
LD_LIBRARY_PATH=$(find "$folder/root" -name 'libmailutils.so*' -printf '%h\n' | sort -u | head -1) HOME=$folder \
    root/usr/bin/sieve --mbox-url="$folder/mailbox" --email=bob@example.com -M "sendmail:$folder/sendmail" rules.sieve
python3 - sent <<'PYTHON'
import sys
from email import message_from_bytes
from pathlib import Path

mail = message_from_bytes(Path(sys.argv[1]).read_bytes())
(report,) = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
groups = report.get_payload()
print(mail.get_content_type(), mail["From"], [dict(group.items()) for group in groups])
assert mail.get_content_type() == "multipart/mixed" and mail["From"] is None
assert [(group["Action"], group["Status"]) for group in groups] == [("deleted", None)]
assert groups[0]["Disposition"] == "automatic-action/MDN-sent-automatically;deleted"
print("As stated.")
PYTHON
