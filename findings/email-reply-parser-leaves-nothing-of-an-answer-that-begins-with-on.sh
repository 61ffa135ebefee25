#!/usr/bin/env bash
# What: email-reply-parser 0.5.12, which takes what is quoted off an answer: one that quotes nothing, whose first line begins
#   with "On" and ends with "wrote:".
# One would guess: the whole answer. Such a line leads a quote only where something quoted follows, and names a day or an
#   address; this one is a sentence.
# Seen: nothing is left of the answer, not even what stands below that line. Beside it, two paragraphs become one, with no
#   space between their words, where the first begins with "On" and the second says "wrote:" anywhere.
# Whom it hurts: who stores or passes on only what it leaves: an answer comes as an empty mail.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'email-reply-parser==0.5.12'
"$folder/env/bin/python" - <<'PYTHON'
from email_reply_parser import EmailReplyParser

lost = EmailReplyParser.parse_reply("On Tuesday it suits me. As I wrote:\n\n- bring the contract\n- bring Eve\n\nBob\n")
kept = EmailReplyParser.parse_reply("Tuesday suits me. As I wrote:\n\n- bring the contract\n- bring Eve\n\nBob\n")
joined = EmailReplyParser.parse_reply("On Tuesday I can.\n\nEve wrote: it is fine with her too.\n\nBob\n")
print([lost, kept, joined])
assert lost == "" and "bring Eve" in kept
assert joined.startswith("On Tuesday I can.Eve wrote:")
print("As stated.")
PYTHON
