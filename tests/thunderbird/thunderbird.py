# ruff: noqa: E501 - the scripts are Gecko's
"""A real Thunderbird with the add-on in it, driven as a person would: write, send, look. Marionette is Gecko's own driver.

https://firefox-source-docs.mozilla.org/testing/marionette/
"""

import base64
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.waiting import until

THUNDERBIRD = shutil.which("thunderbird")
_PREFERENCES = {
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.account.account2.server": "server2",
    "mail.server.server1.type": "pop3",
    "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.userName": "ann",
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    "mail.server.server1.name": "Ann",
    "mail.server.server2.type": "none",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.userName": "nobody",
    "mail.server.server2.name": "Local Folders",
    "mail.identity.id1.fullName": "Ann",
    "mail.identity.id1.useremail": "ann@sender.example",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.valid": True,
    "mail.identity.id1.fcc_folder": "mailbox://nobody@Local%20Folders/Sent",
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.smtpserver.smtp1.authMethod": 1,
    # One connection for all mails. Else it ends one five seconds after a mail, and after the tenth, beside whatever is sent just
    # then, which may hear of the end of the old connection on the new one.
    "mail.smtpserver.smtp1.quit_delay_ms": 3_600_000,
    "mail.smtpserver.smtp1.max_messages_per_connection": 0,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.spotlight.firstRunDone": True,
    "mail.shell.checkDefaultClient": False,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "app.donation.eoy.version.viewed": 999,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "app.update.enabled": False,
    "extensions.autoDisableScopes": 0,
    "mail.compose.default_to_paragraph": False,
    "mail.SpellCheckBeforeSend": False,
    "mail.warn_on_send_accel_key": False,
    # What no mail of a test waits for: words looked up, mails indexed, the world asked, windows drawn as they move.
    "mail.spellcheck.inline": False,
    "mailnews.database.global.indexer.enabled": False,
    "mail.chat.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "extensions.blocklist.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "browser.cache.disk.enable": False,
    "dom.ipc.processPrelaunch.enabled": False,
    "ui.prefersReducedMotion": 1,
    "security.OCSP.enabled": 0,
}


class Post:
    """An SMTP server that keeps what comes."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self._taken = 0
        self.before_taking: Callable[[], None] = lambda: None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = Controller(self, "127.0.0.1", self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.before_taking()
        self.mails.append(envelope)
        return "250 OK"

    def take(self) -> Envelope:
        """The next mail that was not taken yet."""
        until(lambda: len(self.mails) > self._taken, 30)
        self._taken += 1
        return self.mails[self._taken - 1]

    def __enter__(self) -> "Post":
        self._controller.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._controller.stop()


class Thunderbird:
    """A running Thunderbird. Scripts run with its own rights, in its main window."""

    def __init__(self, marionette: Any) -> None:
        self.marionette = marionette

    def run(self, script: str, *arguments: Any, patience: int = 60) -> Any:
        """What an async script gives; `resolve` is called with it."""
        self.marionette.timeout.script = patience
        wrapped = (
            "const [...args] = arguments; const resolve = args.pop();"
            f"(async () => {{ {script} }})().then(resolve, error => resolve({{failure: `${{error}} ${{error.stack}}`}}));"
        )
        found = self.marionette.execute_async_script(wrapped, list(arguments), new_sandbox=True)
        assert not (isinstance(found, dict) and "failure" in found), found["failure"]
        return found

    def install(self, path: Path) -> str:
        """Install an add-on for good, as a person does from its file; its id."""
        return str(self.run(_INSTALL, str(path)))

    def set(self, **settings: Any) -> None:
        """Set the add-on's settings, as its options page does."""
        self.run(_SET, settings)

    def send(
        self, to: str, body: str = "", *, subject: str = "Offer for June", plain: bool = False, toggle: bool = False, bcc: str = "",
        later: bool = False, seal: str = "", technology: str = "openpgp", written_before: str = "", how: str = "",
        forgetful: bool = False,
    ) -> float:  # fmt: skip
        """Write a mail and press Send, or Send Later: how many milliseconds it took until the composer was closed.

        `seal` is `sign` or `encrypt`, by the technology `openpgp` or `smime`. `how` is `EditAsNew` or `ReplyAll`, of the sent mail with the subject
        `written_before`. From the press on, a `forgetful` add-on gets no answer from what it keeps but that it is broken.
        """
        mail = {
            "to": to,
            "body": body,
            "subject": subject,
            "plain": plain,
            "toggle": toggle,
            "bcc": bcc,
            "later": later,
        }
        mail |= {
            "seal": seal,
            "technology": technology,
            "writtenBefore": written_before,
            "how": how,
            "forgetful": forgetful,
        }
        return float(self.run(_SEND, mail, patience=90))

    def make_key(self) -> None:
        """Make an OpenPGP key, and let the account use it."""
        self.run(_MAKE_KEY, patience=120)

    def take_certificate(self, authority: str, path: Path, password: str) -> None:
        """Trust an authority (DER in base64), and let the account use the certificate in a file (PKCS #12) for S/MIME."""
        self.run(_TAKE_CERTIFICATE, authority, str(path), password)

    def reads(self, form: str, file: bytes) -> dict[str, list[Any]]:
        """What it takes an `autoconfig` or `autodiscover` file for: kind, host, port, TLS and user of each way."""
        found: dict[str, list[Any]] = self.run(_READ, form, file.decode())
        return found

    def send_waiting(self) -> None:
        """Send what waits in the Outbox."""
        self.run(_SEND_WAITING)

    def kept(self, name: str) -> Any:
        """What the add-on keeps by a name."""
        return self.run(_KEPT, name)

    def pictures(self) -> list[bytes]:
        """The main window and what pops up over it, as pictures (PNG)."""
        return [base64.b64decode(each) for each in self.run(_PICTURES)]

    def show_sent(self, subject: str) -> str:
        """Show a sent mail and press the add-on's button: the badge on it and the text that comes up."""
        return str(self.run(_SHOW_SENT, subject))

    def options(self, step: str) -> str:
        """Do something on the options page, by a script in it: what the page says then."""
        return str(self.run(_OPTIONS, step))


@contextmanager
def thunderbird(folder: Path, smtp_port: int, *, screen: str = "") -> Iterator[Thunderbird]:
    """A Thunderbird with an account that sends through a port of this machine."""
    from marionette_driver.marionette import Marionette

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    preferences = _PREFERENCES | {"mail.smtpserver.smtp1.port": smtp_port, "marionette.port": port}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
    (folder / "user.js").write_text("\n".join(lines))
    command = [
        str(THUNDERBIRD),
        "--no-remote",
        "--profile",
        str(folder),
        "--marionette",
        "--remote-allow-system-access",
    ]
    environment = os.environ | {"HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    if screen:
        environment["DISPLAY"] = screen
    else:
        command.append("--headless")
    with (folder / "log").open("w") as log:
        program = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    marionette = Marionette(host="127.0.0.1", port=port, startup_timeout=90)
    try:
        _wait_for(port)
        marionette.start_session()
        marionette.set_context("chrome")
        yield Thunderbird(marionette)
    finally:
        program.kill()  # the profile is thrown away
        program.wait(20)


def _wait_for(port: int) -> None:
    def up() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return True
        return False

    until(up, 90)


_INSTALL = """
const {AddonManager} = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(args[0]);
const install = await AddonManager.getInstallForFile(file);
if (install.error) throw new Error(`cannot be installed: ${install.error}`);
await install.install();
const addon = install.addon;
for (let n = 0; n < 200 && !WebExtensionPolicy.getByID(addon.id)?.extension?.backgroundState; n++) await new Promise(go => window.setTimeout(go, 50));
return addon.id;
"""

_SET = """
const {ExtensionStorageIDB} = ChromeUtils.importESModule("resource://gre/modules/ExtensionStorageIDB.sys.mjs");
const {extension} = WebExtensionPolicy.getActiveExtensions().find(each => each.id.startsWith("unsealed@"));
const storage = await ExtensionStorageIDB.open(ExtensionStorageIDB.getStoragePrincipal(extension));
await storage.set(args[0]);
"""

_ASK = """
// A page that another one takes the place of never answers: then nothing is known, and who wants to know asks again.
const ask = (browser, script, patience = 2_000) => new Promise(done => {
  const name = `unsealed:${Math.random()}`, messages = browser.messageManager;
  const end = found => { messages.removeMessageListener(name, hear); done(found); }, hear = ({data}) => end(data);
  messages.addMessageListener(name, hear);
  window.setTimeout(() => end(), patience);
  const asked = `(async () => sendAsyncMessage("${name}", await (async () => { ${script} })()))()`;
  messages.loadFrameScript(`data:application/javascript;charset=utf-8,${encodeURIComponent(asked)}`, false);
});
const until = async (look, patience = 20_000) => {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise(go => window.setTimeout(go, 10));
  }
  throw new Error(`it did not come: ${look}`);
};
"""

_SEND = (
    _ASK
    + """
const {to, subject, body, plain, toggle, bcc, later, seal, technology, writtenBefore, how, forgetful} = args[0];
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const format = plain ? Ci.nsIMsgCompFormat.PlainText : Ci.nsIMsgCompFormat.HTML;
const before = [...Services.wm.getEnumerator("msgcompose")];
if (how) {
  const sent = MailServices.accounts.localFoldersServer.rootFolder.getChildNamed("Sent");
  const mail = await until(() => [...sent.messages].find(each => each.mime2DecodedSubject === writtenBefore));
  const main = Services.wm.getMostRecentWindow("mail:3pane"), {defaultIdentity} = MailServices.accounts.defaultAccount;
  MailServices.compose.OpenComposeWindow(null, mail, sent.getUriForMsg(mail), Ci.nsIMsgCompType[how], format, defaultIdentity, null, main.msgWindow);
} else {
  const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
  const parameters = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
  Object.assign(fields, {to, bcc, subject, body, forcePlainText: plain});
  Object.assign(parameters, {type: Ci.nsIMsgCompType.New, format, composeFields: fields});
  MailServices.compose.OpenComposeWindowWithParams(null, parameters);
}
const composer = await until(() => [...Services.wm.getEnumerator("msgcompose")].find(each => !before.includes(each)));
await until(() => composer.gMsgCompose?.editor?.document?.body && composer.composeEditorReady !== false);
const button = await until(() => composer.document.querySelector("[id$='composeAction-toolbarbutton'][id^='unsealed']"));
if (how) await until(() => composer.gMsgCompose.editor.document.body.textContent.trim());
const badge = await until(() => button.getAttribute("badge")); // it comes in behind the window
if (toggle) button.click();
if (toggle) await until(() => button.getAttribute("badge") !== badge);
if (seal) {
  await until(() => composer.gLoadingComplete); // which chooses by itself
  composer.gSelectedTechnologyIsPGP = technology === "openpgp";
  composer.gSendSigned = seal === "sign";
  composer.gSendEncrypted = seal === "encrypt";
  composer.gUserTouchedSendSigned = composer.gUserTouchedSendEncrypted = true;
  const checked = new Promise(done => composer.document.addEventListener("encryption-state-checked", done, {once: true}));
  composer.checkEncryptionState(); // finds the keys of who gets it
  await checked;
}
const command = later ? "cmd_sendLater" : "cmd_sendNow"; // disabled as long as nobody is known to get it: then it does nothing
await until(() => composer.gLoadingComplete && composer.defaultController.isCommandEnabled(command));
const start = Date.now();
const closed = new Promise((done, failed) => {
  composer.addEventListener("unload", () => done(Date.now() - start), {once: true});
  composer.addEventListener("compose-prepare-message-completed", ({detail}) => detail?.exception && failed(detail.exception));
});
let recall = () => null;
if (forgetful) {
  const {extension} = WebExtensionPolicy.getActiveExtensions().find(each => each.id.startsWith("unsealed@"));
  const {xulBrowser} = [...extension.views].find(each => each.viewType === "background");
  const within = script => ask(xulBrowser, `const {local} = Cu.waiveXrays(content).browser.storage; ${script}`);
  await within("content.get = local.get; local.get = Cu.exportFunction(() => content.Promise.reject(new content.Error('broken')), content);");
  recall = () => within("local.get = content.get;");
}
composer.goDoCommand(command);
return await closed.finally(recall);
"""
)

_MAKE_KEY = """
const {RNP} = ChromeUtils.importESModule("chrome://openpgp/content/modules/RNP.sys.mjs");
const {OpenPGPMasterpass} = ChromeUtils.importESModule("chrome://openpgp/content/modules/masterpass.sys.mjs");
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const id = await RNP.genKey("Ann <ann@sender.example>", "ECC", 0, 365, await OpenPGPMasterpass.retrieveOpenPGPPassword());
MailServices.accounts.defaultAccount.defaultIdentity.setUnicharAttribute("openpgp_key_id", id);
"""

_TAKE_CERTIFICATE = """
const [authority, path, password] = args;
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
database.addCertFromBase64(authority, "CT,CT,CT");
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(path);
database.importPKCS12File(file, password);
const found = database.getCerts().find(each => each.emailAddress === "ann@sender.example");
const {defaultIdentity} = MailServices.accounts.defaultAccount;
for (const use of ["signing", "encryption"]) {
  defaultIdentity.setUnicharAttribute(`${use}_cert_name`, found.displayName);
  defaultIdentity.setUnicharAttribute(`${use}_cert_dbkey`, found.dbKey);
}
"""

_READ = """
const [form, text] = args, place = "resource:///modules/accountcreation/";
const {JXON} = ChromeUtils.importESModule("resource:///modules/JXON.sys.mjs");
const {AccountConfig} = ChromeUtils.importESModule(`${place}AccountConfig.sys.mjs`);
const {InputSanitizer} = ChromeUtils.importESModule(`${place}InputSanitizer.sys.mjs`);
const file = JXON.build(new DOMParser().parseFromString(text, "text/xml"));
let found;
if (form === "autoconfig") {
  found = ChromeUtils.importESModule(`${place}readFromXML.sys.mjs`).readFromXML(file, "test");
} else { // its reader is no export: it is taken out of the module
  const source = await (await fetch(`${place}ExchangeAutoDiscover.sys.mjs`)).text();
  const [reader] = /^function readAutoDiscoverXML[^]*?^}$/m.exec(source);
  const box = Cu.Sandbox(Cu.getObjectPrincipal(window), {wantComponents: true});
  Object.assign(box, {lazy: {AccountConfig, InputSanitizer}, file, Ci, console});
  found = Cu.evalInSandbox(`${reader}; readAutoDiscoverXML(file, "")`, box);
}
const TLS = {[Ci.nsMsgSocketType.plain]: "none", [Ci.nsMsgSocketType.SSL]: "TLS", [Ci.nsMsgSocketType.alwaysSTARTTLS]: "STARTTLS"};
const told = each => [each.type, each.hostname, each.port, TLS[each.socketType], each.username];
return {incoming: told(found.incoming), outgoing: told(found.outgoing)};
"""

_SEND_WAITING = """
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const later = Cc["@mozilla.org/messengercompose/sendlater;1"].getService(Ci.nsIMsgSendLater);
const identity = MailServices.accounts.defaultAccount.defaultIdentity;
await new Promise(done => {
  later.addListener({QueryInterface: ChromeUtils.generateQI(["nsIMsgSendLaterListener"]), onStartSending() {}, onMessageStartSending() {}, onMessageSendProgress() {}, onMessageSendError() {}, onStopSending() { done(); }});
  later.sendUnsentMessages(identity);
});
"""

_KEPT = """
const {ExtensionStorageIDB} = ChromeUtils.importESModule("resource://gre/modules/ExtensionStorageIDB.sys.mjs");
const {extension} = WebExtensionPolicy.getActiveExtensions().find(each => each.id.startsWith("unsealed@"));
const storage = await ExtensionStorageIDB.open(ExtensionStorageIDB.getStoragePrincipal(extension));
return (await storage.get([args[0]]))[args[0]] ?? null;
"""

_PICTURES = """
const main = Services.wm.getMostRecentWindow("mail:3pane");
const about = main.document.getElementById("tabmail").currentAboutMessage;
const popup = [main, about].flatMap(each => [...each.document.querySelectorAll("browser")]).find(each => each.currentURI?.spec.endsWith("/status.html"));
const shown = [main.browsingContext, popup.browsingContext];
return Promise.all(shown.map(async each => {
  const shot = await each.currentWindowGlobal.drawSnapshot(null, 1.5, "white");
  const canvas = main.document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  [canvas.width, canvas.height] = [shot.width, shot.height];
  canvas.getContext("2d").drawImage(shot, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}));
"""

_SHOW_SENT = (
    _ASK
    + """
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const {MailUtils} = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
const sent = MailServices.accounts.localFoldersServer.rootFolder.getChildNamed("Sent");
const mail = await until(() => [...sent.messages].find(each => each.mime2DecodedSubject === args[0]));
const main = Services.wm.getMostRecentWindow("mail:3pane");
MailUtils.displayMessageInFolderTab(mail);
const button = await until(() => main.document.getElementById("tabmail").currentAboutMessage?.document.querySelector("[id^=unsealed][id$=messageDisplayAction-toolbarbutton]"));
const open = () => [...button.ownerDocument.querySelectorAll("browser"), ...main.document.querySelectorAll("browser")].find(each => each.currentURI?.spec.endsWith("/status.html"));
open()?.closest("panel").hidePopup(); // of a mail that was shown before
await until(() => !open());
const badge = await until(() => button.getAttribute("badge"));
button.click();
return badge + " " + await until(async () => {
  const popup = open();
  const text = popup?.messageManager && await ask(popup, "return content.document.body.innerText");
  return text?.includes("story") && text;
});
"""
)

_OPTIONS = (
    _ASK
    + """
const {extension} = WebExtensionPolicy.getActiveExtensions().find(each => each.id.startsWith("unsealed@"));
const main = Services.wm.getMostRecentWindow("mail:3pane"), tabmail = main.document.getElementById("tabmail");
const url = extension.baseURI.resolve("options.html");
const there = tabmail.tabInfo.find(each => each.browser?.currentURI?.spec === url);
const tab = there ?? tabmail.openTab("contentTab", {url, linkHandler: "single-page", initialBrowsingContextGroupId: extension.policy.browsingContextGroupId, triggeringPrincipal: extension.principal});
const page = await until(() => tab.browser?.currentURI?.spec === url && tab.browser);
const said = () => ask(page, "return content.document.getElementById('state')?.textContent ?? ''");
const before = await until(async () => { const text = await said(); return !["", "…"].includes(text) && text; });
await ask(page, args[0], 20_000);
return await until(async () => await said() !== before && said());
"""
)
