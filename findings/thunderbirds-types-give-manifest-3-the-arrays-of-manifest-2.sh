#!/usr/bin/env bash
# What: @types/thunderbird-webext-browser 127.0.0, the newest types of Thunderbird's add-on API, beside the API's own schema in
#   Thunderbird 153.8 ESR (Debian 12), for an add-on of manifest version 3.
# One would guess: what manifest 3 changed in 2023 is in types of 2024: the two calls that tell which mails are shown give a list
#   object with `messages` in it, and TypeScript takes `const {messages} = ...`.
# Seen: the types know manifest 2 alone. The right code is refused, and what TypeScript takes, `shown[0].subject`, is undefined in
#   manifest 3. A listener of compose.onBeforeSend that answers later, as the guide has it, is refused too.
# Whom it hurts: who lets TypeScript check an add-on of manifest 3: the checker leads from code that runs to code that does not.
set -euo pipefail
command -v node npm > /dev/null || { echo "It takes node and npm."; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download thunderbird=1:153.8.0esr-1~deb12u1 > /dev/null
dpkg-deb --fsys-tarfile thunderbird_*.deb | tar -x ./usr/share/thunderbird/omni.ja
python3 - usr/share/thunderbird/omni.ja <<'PYTHON'
import json
import re
import sys
from zipfile import ZipFile

with ZipFile(sys.argv[1]) as archive:
    text = archive.read("chrome/messenger/content/messenger/schemas/messageDisplay.json").decode()
[api] = [each for each in json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)) if each["namespace"] == "messageDisplay"]
[call] = [each for each in api["functions"] if each["name"] == "getDisplayedMessages"]
[event] = [each for each in api["events"] if each["name"] == "onMessagesDisplayed"]
ways = call["parameters"][1]["parameters"][0]["choices"] + event["parameters"][1:]
print("The schema:", *(f"up to {each['max_manifest_version']}: {each['type']}" if "type" in each else f"from {each['min_manifest_version']}: {each['$ref']}" for each in ways))
assert [(each.get("type"), each.get("max_manifest_version")) for each in ways[::2]] == [("array", 2)] * 2
assert [(each.get("$ref"), each.get("min_manifest_version")) for each in ways[1::2]] == [("messages.MessageList", 3)] * 2
PYTHON
npm install --silent --no-audit --no-fund --prefix . typescript@7.0.2 @types/thunderbird-webext-browser@127.0.0
cat > right.ts <<'TS'
async function shown(tab: number) { const {messages} = await browser.messageDisplay.getDisplayedMessages(tab); return messages; }
TS
cat > later.ts <<'TS'
browser.compose.onBeforeSend.addListener(async (tab, details) => ({cancel: details.subject === ""}));
TS
cat > wrong.ts <<'TS'
async function shown(tab: number) { const mails = await browser.messageDisplay.getDisplayedMessages(tab); return mails[0].subject; }
TS
checked() {
    node_modules/.bin/tsc --noEmit --target es2022 --lib es2022,dom --typeRoots node_modules/@types --types thunderbird-webext-browser "$1" | grep -o "error TS[0-9]*" | head -1 || true
}
echo "right: $(checked right.ts); answers later: $(checked later.ts); wrong in manifest 3: $(checked wrong.ts)"
[ "$(checked right.ts)" = "error TS2339" ]
[ "$(checked later.ts)" = "error TS2559" ]
[ -z "$(checked wrong.ts)" ]
echo "As stated."
