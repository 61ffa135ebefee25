#!/usr/bin/env bash
# What: mail-parser-reply 1.36, which takes what is quoted off an answer, in French: the quoted mail is of somebody with a
#   name that ends in "le", as Danielle, Michelle, Emmanuelle, Pascale or Lavalle.
# One would guess: the same as for everybody else.
# Seen: the quote stays, as if the answerer had written it; for Marie Martin it goes. Nor does it go where the blank before
#   the colon is one that does not break, as French is set (U+00A0).
# Whom it hurts: who stores or passes on only what is new of an answer: with some people's mails all of the thread comes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'mail-parser-reply==1.36'
"$folder/env/bin/python" - <<'PYTHON'
from mailparser_reply import EmailReplyParser


def left(name, blank=" "):
    answer = f"Oui, mardi.\n\nLe lun. 4 mai 2026 à 10:15, {name} <ici@client.example> a écrit{blank}:\n\n> Mardi ?\n"
    return EmailReplyParser(languages=["fr"]).read(answer).latest_reply


assert left("Marie Martin") == "Oui, mardi."
for name in ("Danielle Martin", "Michelle Petit", "Marie Lavalle"):
    print(repr(left(name)))
    assert "> Mardi ?" in left(name)
assert "> Mardi ?" in left("Marie Martin", "\u00a0")
print("As stated.")
PYTHON
