"""Programs that people send mail with, as they are on Debian: how each is told to send one mail by a server, signed in."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_MUTT = """
set smtp_url="smtp://ann@localhost:{port}/" smtp_pass="{password}" ssl_starttls=yes ssl_force_tls=yes
set certificate_file={certificate} from="{author}" realname="Ann" use_from=yes envelope_from_address="{author}"
set record="" content_type=text/html
"""
_SWAKS = (
    *("swaks", "--server", "localhost", "--port", "{port}", "--tls", "--auth-user", "ann"),
    *("--auth-password", "{password}", "--from", "{author}", "--to", "{to}", "--data", "{mail}", "--auth"),
)
COMMANDS: dict[str, tuple[str, ...]] = {
    "swaks-plain": (*_SWAKS, "PLAIN"),
    "swaks-login": (*_SWAKS, "LOGIN"),
    "curl": (
        *("curl", "-sS", "--ssl-reqd", "--cacert", "{certificate}", "--url", "smtp://localhost:{port}"),
        *("--user", "ann:{password}", "--mail-from", "{author}", "--mail-rcpt", "{to}", "--upload-file", "{mail}"),
    ),
    "msmtp": (
        *("msmtp", "--file=/dev/null", "--host=localhost", "--port={port}", "--tls=on", "--tls-starttls=on"),
        *("--tls-trust-file={certificate}", "--auth=plain", "--user=ann", '--passwordeval=echo "{password}"'),
        *("--from={author}", "{to}"),
    ),
    "s-nail": (
        *("s-nail", "-:/", "-Sv15-compat", "-Smta=smtp://ann:{in_url}@localhost:{port}", "-Ssmtp-use-starttls"),
        *("-Stls-ca-file={certificate}", "-Stls-verify=strict", "-Ssmtp-auth=plain", "-Snosave", "-Mtext/html"),
        *("-r", "{author}", "-s", "{subject}", "{to}"),
    ),
    "mutt": ("mutt", "-F", "{muttrc}", "-s", "{subject}", "{to}"),
}
"""Commands with places for the facts of a `Sending`; `mail` and `muttrc` are files."""

_WRITES_ITSELF = ("s-nail", "mutt")  # the whole mail: they are given its HTML only


class Missing(Exception):  # noqa: N818
    """This machine does not have the program, or not with TLS."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One mail to send: by which server, signed in how, from and to whom. `raw` is the mail, `html` its text."""

    port: int
    password: str
    certificate: Path
    author: str
    to: str
    subject: str
    html: str
    raw: bytes


def send(name: str, sending: Sending, home: Path) -> subprocess.CompletedProcess[bytes]:
    """Let a program send a mail; what it said. `home` is an empty folder that it takes for its user's. Raises Missing."""
    command = COMMANDS[name]
    if shutil.which(command[0]) is None:
        raise Missing(f"{command[0]} is not installed on this machine: nothing is known of it here")
    mail, muttrc = home / "mail.eml", home / "muttrc"
    mail.write_bytes(sending.raw)
    facts = {name: getattr(sending, name) for name in ("port", "password", "certificate", "author", "to", "subject")}
    facts |= {"in_url": quote(sending.password, safe=""), "mail": mail, "muttrc": muttrc}
    muttrc.write_text(_MUTT.format(**facts))
    done = subprocess.run(
        [part.format(**facts) for part in command],
        input=sending.html.encode() if command[0] in _WRITES_ITSELF else sending.raw,
        capture_output=True,
        timeout=60,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(home), "LC_ALL": "C.UTF-8"},
    )
    if b"TLS not available" in done.stdout + done.stderr:
        raise Missing(f"{command[0]} is installed without TLS on this machine: nothing is known of it here")
    return done
