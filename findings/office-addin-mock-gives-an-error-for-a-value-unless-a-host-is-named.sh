#!/usr/bin/env bash
# What: office-addin-mock 4.0.0, Microsoft's mock of Office for tests of add-ins: an object of Outlook's is given to it, without
#   `host`, which the README names for PowerPoint and the others only where properties are to be loaded.
# One would guess: what was given is read back: `Office.CoercionType.Html` is "html", as in Outlook, where nothing is loaded.
# Seen: each value is the sentence "Error, property was not loaded", so every comparison is false, that of
#   `result.status === Office.AsyncResultStatus.Succeeded` too. With `host: "outlook"` each is what was given.
# Whom it hurts: who tests a handler that lets the mail go when anything is wrong, as a handler of OnMessageSend should: it takes
#   the way for errors each time, lets the mail go, and the test that asks whether it goes is green.
set -euo pipefail
command -v node npm > /dev/null || { echo "It takes node and npm."; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . office-addin-mock@4.0.0
cat > seen.cjs <<'JS'
const assert = require("node:assert");
const {OfficeMockObject} = require("office-addin-mock");
const given = {CoercionType: {Html: "html"}, AsyncResultStatus: {Succeeded: "succeeded"}};
const plain = new OfficeMockObject({...given}), outlook = new OfficeMockObject({host: "outlook", ...given});
for (const [name, office] of [["no host", plain], ["host: outlook", outlook]]) {
  console.log(`${name}: ${office.CoercionType.Html}`);
}
assert.match(plain.CoercionType.Html, /not loaded/);
assert.match(plain.AsyncResultStatus.Succeeded, /not loaded/);
assert.strictEqual(outlook.CoercionType.Html, "html");
assert.strictEqual(outlook.AsyncResultStatus.Succeeded, "succeeded");
console.log("As stated.");
JS
node seen.cjs
