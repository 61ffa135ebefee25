#!/usr/bin/env bash
# What: Thunderbird 153.8 ESR (Debian 12), without a screen: an add-on (manifest 3) whose listener of compose.onBeforeSend throws,
#   or whose promise is rejected; Send is pressed in a composer. It takes the libraries that Debian's thunderbird takes.
# One would guess: the mail goes as it was written, or its window says what is wrong and can be used again, as where a listener
#   answers {cancel: true}.
# Seen: nothing at all. The mail is not sent and its window stays locked, without a word to who wrote it: what sends awaits the
#   listener, and nobody takes its rejection. Where the listener answers, the mail is there at once.
# Whom it hurts: everybody whose add-on looks at mails as they are sent: a storage that cannot be read (the promise of
#   browser.storage.local is rejected) is enough. Catch all that a listener does, and answer {}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download thunderbird=1:153.8.0esr-1~deb12u1 > /dev/null
dpkg-deb --extract thunderbird_*.deb program
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check marionette_driver==3.7.1 aiosmtpd==1.4.6
venv/bin/python - <<'PYTHON'
import json
import os
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

from aiosmtpd.controller import Controller
from marionette_driver.marionette import Marionette

PREFERENCES = {
    "mail.accountmanager.accounts": "account1", "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2", "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1", "mail.account.account2.server": "server2",
    "mail.server.server1.type": "pop3", "mail.server.server1.hostname": "127.0.0.1", "mail.server.server1.userName": "ann",
    "mail.server.server1.login_at_startup": False, "mail.server.server2.type": "none",
    "mail.server.server2.hostname": "Local Folders", "mail.server.server2.userName": "nobody",
    "mail.identity.id1.useremail": "ann@sender.example", "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.valid": True, "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1", "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.smtpserver.smtp1.authMethod": 1, "mail.provider.suppress_dialog_on_startup": True, "mail.rights.version": 1,
    "extensions.autoDisableScopes": 0, "mail.identity.id1.fcc": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
}
MANIFEST = {
    "manifest_version": 3, "name": "A listener", "version": "1", "permissions": ["compose"],
    "background": {"scripts": ["background.js"]},
    "browser_specific_settings": {"gecko": {"id": "listener@sender.example"}},
}
LISTENERS = {
    "answers": "async () => ({})",
    "throws": 'async () => { throw new Error("An unexpected error occurred"); }',
}
INSTALL = """
const {AddonManager} = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(args[0]);
const install = await AddonManager.getInstallForFile(file);
await install.install();
const running = () => WebExtensionPolicy.getByID(install.addon.id)?.extension?.backgroundState === "running";
for (let n = 0; n < 400 && !running(); n++) await new Promise(go => window.setTimeout(go, 50));
return running();
"""
WRITE = """
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
const parameters = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
Object.assign(fields, {to: "bob@example.com", subject: "Offer for June", body: "<p>Dear Bob</p>"});
Object.assign(parameters, {type: Ci.nsIMsgCompType.New, format: Ci.nsIMsgCompFormat.HTML, composeFields: fields});
MailServices.compose.OpenComposeWindowWithParams(null, parameters);
const there = () => Services.wm.getMostRecentWindow("msgcompose");
const ready = () => there()?.gLoadingComplete && there().defaultController?.isCommandEnabled("cmd_sendNow");
for (let n = 0; n < 400 && !ready(); n++) await new Promise(go => window.setTimeout(go, 50));
there().goDoCommand("cmd_sendNow");
return true;
"""
STATE = """
const composers = [...Services.wm.getEnumerator("msgcompose")];
const prompts = [...Services.wm.getEnumerator(null)].flatMap(each => [...each.document.querySelectorAll("dialog[open]")]);
return {composers: composers.length, locked: composers.map(each => each.gWindowLocked), prompts: prompts.length};
"""
mails = []


class Post:
    async def handle_DATA(self, server, session, envelope):
        mails.append(envelope)
        return "250 OK"


def free() -> int:
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        return port.getsockname()[1]


def sent(name: str, smtp: int) -> tuple[bool, dict]:
    """Whether a mail was sent within twenty seconds, where the listener is of this name; and what the program shows."""
    folder, port = Path(name).absolute(), free()
    folder.mkdir()
    with ZipFile(folder / "add-on.xpi", "w") as add_on:
        add_on.writestr("manifest.json", json.dumps(MANIFEST))
        add_on.writestr("background.js", f"browser.compose.onBeforeSend.addListener({LISTENERS[name]});")
    wanted = PREFERENCES | {"mail.smtpserver.smtp1.port": smtp, "marionette.port": port}
    (folder / "user.js").write_text("\n".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted.items()))
    command = ["program/usr/lib/thunderbird/thunderbird", "--no-remote", "--profile", str(folder), "--headless"]
    environment = os.environ | {"HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    with (folder / "log").open("w") as log:
        program = subprocess.Popen(
            [*command, "--marionette", "--remote-allow-system-access"], env=environment, stdout=log, stderr=log
        )
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        marionette = Marionette(host="127.0.0.1", port=port)
        marionette.start_session()
        marionette.set_context("chrome")
        marionette.timeout.script = 60

        def run(script: str, *given):
            wrapped = "const [...args] = arguments; const done = args.pop();"
            return marionette.execute_async_script(f"{wrapped} (async () => {{ {script} }})().then(done);", list(given))

        before = len(mails)
        assert run(INSTALL, str(folder / "add-on.xpi")) and run(WRITE)
        end = time.monotonic() + 20
        while (state := run(STATE))["composers"] and time.monotonic() < end:
            time.sleep(0.2)
        return len(mails) > before, state
    finally:
        program.kill()
        program.wait()


post = Controller(Post(), "127.0.0.1", free())
post.start()
for name in LISTENERS:
    came, state = sent(name, post.port)
    print(f"a listener that {name}: {'the mail came' if came else 'no mail came'}, {state}")
    assert came == (name == "answers") and state["composers"] == (0 if came else 1) and not state["prompts"]
    assert came or state["locked"] == [True]
print("As stated.")
PYTHON
