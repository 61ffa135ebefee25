#!/usr/bin/env bash
# What: mail-parser-reply 1.36, which takes what is quoted off an answer in fourteen languages: answers written at Gmail in
#   Spanish, Dutch, Polish and Czech, each read with that language.
# One would guess: what is new of them. Gmail writes the line above a quote in each of these languages, always the same.
# Seen: the whole mail, with that line and the quote; in English, German, Italian, Swedish and Danish only what is new.
# Whom it hurts: who stores or passes on only what is new of an answer, and took the language's name for a promise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'mail-parser-reply==1.36'
"$folder/env/bin/python" - <<'PYTHON'
from mailparser_reply import EmailReplyParser

ANN = "Ann Berg <ann@sender.example>"
KNOWN = {
    "en": f"On Mon, 4 May 2026 at 10:15, {ANN} wrote:",
    "de": f"Am Mo., 4. Mai 2026 um 10:15 Uhr schrieb {ANN}:",
    "it": f"Il giorno lun 4 mag 2026 alle ore 10:15 {ANN} ha scritto:",
    "sv": f"Den mån 4 maj 2026 kl 10:15 skrev {ANN}:",
    "da": f"Den man. 4. maj 2026 kl. 10.15 skrev {ANN}:",
}
UNKNOWN = {
    "es": "El lun, 4 may 2026 a las 10:15, Ann Berg (<ann@sender.example>) escribió:",
    "nl": f"Op ma 4 mei 2026 om 10:15 schreef {ANN}:",
    "pl": f"pon., 4 maj 2026 o 10:15 {ANN} napisał(a):",
    "cs": f"po 4. 5. 2026 v 10:15 odesílatel {ANN} napsal:",
}
for language, line in (KNOWN | UNKNOWN).items():
    left = EmailReplyParser(languages=[language]).read(f"Yes.\n\n{line}\n\n> Tuesday?\n").latest_reply
    print(language, repr(left))
    assert (left == "Yes.") == (language in KNOWN) and ("> Tuesday?" in left) == (language in UNKNOWN)
print("As stated.")
PYTHON
