#!/usr/bin/env bash
# What: flufl.bounce 6.0.0, GNU Mailman's bounce detection: a person's answer to which they attached the notice they got.
# One would guess: no bounce. A report on a delivery is a multipart/report as a whole (RFC 6522, 3); this is a
#   multipart/mixed that answers a mail (In-Reply-To), from a person, with a text of theirs before the attachment.
# Seen: a permanent failure of the address in the attached notice.
# Whom it hurts: who takes its findings for "this mail is a bounce": the answer counts as none and is not passed on, and
#   somebody who can be reached is taken off the list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'flufl.bounce==6.0.0'
"$folder/env/bin/python" - <<'PYTHON'
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from flufl.bounce import all_failures

answer = MIMEMultipart("mixed")
answer["From"], answer["To"], answer["Subject"] = "Ada <ada@client.example>", "bob@sender.example", "Re: Offer"
answer["In-Reply-To"] = "<1@sender.example>"
answer.attach(MIMEText("Yes please! I could not write to Eve, though: see what I got.\n"))
notice = MIMEBase("message", "delivery-status")
groups = [Message(), Message()]
groups[0]["Reporting-MTA"] = "dns; mx.client.example"
groups[1]["Final-Recipient"], groups[1]["Action"], groups[1]["Status"] = "rfc822; eve@other.example", "failed", "5.1.1"
notice.set_payload(groups)
answer.attach(notice)
temporary, permanent = all_failures(answer)
print(set(temporary), set(permanent))
assert permanent == {b"eve@other.example"} and not temporary
print("As stated.")
PYTHON
