#!/usr/bin/env bash
# What: Thunderbird 153.8 ESR (Debian 12): what it makes of an answer of Autodiscover (MS-OXDSCLI, 2.2.4.1) for a server with
#   STARTTLS, <SSL>off</SSL> and <Encryption>TLS</Encryption>. Its own reader of the answer runs here, taken out of omni.ja.
# One would guess: STARTTLS. Encryption says how a connection is protected, and Microsoft's page on the elements has it go
#   before SSL, which only knows on and off.
# Seen: a connection without TLS, for IMAP and for SMTP. With <SSL>on</SSL> it is STARTTLS at the ports 143, 110, 25 and 587,
#   and TLS from the start at all others, whatever Encryption says: TLS at port 2525 is taken for TLS from the start.
# Whom it hurts: who writes SSL off since STARTTLS begins without it: accounts are set up without TLS, and servers that ask for
#   it refuse them. Write SSL on, and one of the four ports.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download thunderbird=1:153.8.0esr-1~deb12u1 > /dev/null
dpkg-deb --fsys-tarfile thunderbird_*.deb | tar -x ./usr/share/thunderbird/omni.ja
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mini-racer==0.12.4
venv/bin/python - usr/share/thunderbird/omni.ja <<'PYTHON'
import json
import re
import sys
from zipfile import ZipFile

from py_mini_racer import MiniRacer

with ZipFile(sys.argv[1]) as archive:
    source = archive.read("modules/accountcreation/ExchangeAutoDiscover.sys.mjs").decode()
reader = re.search(r"^function readAutoDiscoverXML.*?^}$", source, re.DOTALL | re.MULTILINE)[0]
# What the module imports: a place for what is found, and checks of single values, which let these values through.
AROUND = """
class AccountConfig {
  constructor() { this.incoming = {}; this.outgoing = {}; this.incomingAlternatives = []; this.outgoingAlternatives = []; }
  createNewIncoming() { return {}; }
  createNewOutgoing() { return {}; }
}
const same = value => value, lazy = {AccountConfig, InputSanitizer: {
  enum: same, hostname: same, nonemptystring: same, integer: Number, translate: (value, names) => names[value],
}};
const Ci = {nsMsgSocketType: {plain: "none", alwaysSTARTTLS: "STARTTLS", SSL: "TLS"}, nsMsgAuthMethod: {}};
const console = {error: failure => { throw failure; }};
"""
engine = MiniRacer()
engine.eval(AROUND + reader)


def read(ssl: str, encryption: str, port: int = 587) -> str:
    """How the connection to a server is protected that is described so."""
    server = {"Server": "mail.example.com", "LoginName": "ann@example.com", "SSL": ssl, "Encryption": encryption, "AuthRequired": "on"}
    ways = [{"Type": "IMAP", "Port": 143, **server}, {"Type": "SMTP", "Port": port, **server}]
    answer = {"Autodiscover": {"Response": {"Account": {"Protocol": ways[0], "$Protocol": ways}}}}
    found = json.loads(engine.eval(f"JSON.stringify(readAutoDiscoverXML({json.dumps(answer)}, ''))"))
    print(f"SSL {ssl}, Encryption {encryption}: IMAP {found['incoming']['socketType']}, SMTP at {port} {found['outgoing']['socketType']}")
    return f"{found['incoming']['socketType']} {found['outgoing']['socketType']}"


assert read("off", "TLS") == "none none"
assert read("on", "TLS") == "STARTTLS STARTTLS"
assert read("on", "TLS", 2525) == "STARTTLS TLS"
print("As stated.")
PYTHON
