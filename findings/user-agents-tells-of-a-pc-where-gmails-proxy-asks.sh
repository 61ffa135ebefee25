#!/usr/bin/env bash
# What: user-agents 2.2.0 (upon ua-parser 1.0.2), which tells device and system by the User-Agent: Gmail's proxy, which loads
#   the pictures of every mail that is read at Gmail, on whatever device.
# One would guess: a bot, as it says of Yahoo's proxy, or at least no device: the proxy tells nothing of the reader's.
# Seen: no bot but a PC, with Windows XP. The name of the browser is "GmailImageProxy", so its rules know who that is.
# Whom it hurts: who shows "opened on a PC" beside a mail, or counts devices: whoever reads on a phone with Gmail sits at an
#   old PC, and Gmail is most readers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
  'user-agents==2.2.0' 'ua-parser==1.0.2' 'ua-parser-builtins==202610'
"$folder/env/bin/python" - <<'PYTHON'
from user_agents import parse

gmail = parse("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)")
yahoo = parse("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html")
for each in (gmail, yahoo):
    print(f"{each}: bot {each.is_bot}, PC {each.is_pc}, {each.browser.family} on {each.os.family} {each.os.version_string}")
assert yahoo.is_bot and not yahoo.is_pc
assert not gmail.is_bot and gmail.is_pc and gmail.browser.family == "GmailImageProxy"
assert (gmail.os.family, gmail.os.version_string) == ("Windows", "XP")
print("As stated.")
PYTHON
