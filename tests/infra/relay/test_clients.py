"""Programs that people send mail with, as they are: whichever of them this machine has."""

import shutil
import subprocess
from urllib.parse import quote

import pytest

from tests.infra.relay.conftest import ANN, Post
from tests.mails import a_mail
from tests.system import TOKEN

MUTT = """
set smtp_url="smtp://ann@localhost:{port}/" smtp_pass="{token}" ssl_starttls=yes ssl_force_tls=yes
set certificate_file={certificate} from="{ann}" realname="Ann" use_from=yes envelope_from_address="{ann}"
set record="" content_type=text/html
"""
SWAKS = [
    "swaks",
    "--server",
    "localhost",
    "--port",
    "{port}",
    "--tls",
    "--auth-user",
    "ann",
    "--auth-password",
    "{token}",
]
SWAKS += ["--from", "{ann}", "--to", "bob@example.com", "--data", "{mail}", "--auth"]
COMMANDS = {
    "swaks-plain": [*SWAKS, "PLAIN"],
    "swaks-login": [*SWAKS, "LOGIN"],
    "curl": [
        *("curl", "-sS", "--ssl-reqd", "--cacert", "{certificate}", "--url", "smtp://localhost:{port}"),
        *("--user", "ann:{token}", "--mail-from", "{ann}", "--mail-rcpt", "bob@example.com", "--upload-file", "{mail}"),
    ],
    "msmtp": [
        *("msmtp", "--file=/dev/null", "--host=localhost", "--port={port}", "--tls=on", "--tls-starttls=on"),
        *("--tls-trust-file={certificate}", "--auth=plain", "--user=ann", '--passwordeval=echo "{token}"'),
        *("--from={ann}", "bob@example.com"),
    ],
    "s-nail": [
        *("s-nail", "-:/", "-Sv15-compat", "-Smta=smtp://ann:{in_url}@localhost:{port}", "-Ssmtp-use-starttls"),
        *("-Stls-ca-file={certificate}", "-Stls-verify=strict", "-Ssmtp-auth=plain", "-Snosave", "-Mtext/html"),
        *("-r", "{ann}", "-s", "Offer for June", "bob@example.com"),
    ],
    "mutt": ["mutt", "-F", "{muttrc}", "-s", "Offer for June", "bob@example.com"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_program_sends_its_mail_through_the_relay(post: Post, tmp_path, name):
    command = COMMANDS[name]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed on this machine: nothing is known of it here")
    mail, muttrc = tmp_path / "mail.eml", tmp_path / "muttrc"
    mail.write_bytes(a_mail())
    words = {"port": post.relay.door.port, "token": TOKEN, "in_url": quote(TOKEN), "ann": ANN}
    words |= {"certificate": post.files[0], "mail": mail, "muttrc": muttrc}
    muttrc.write_text(MUTT.format(**words))
    content = b"<p>Dear Bob</p>\n" if command[0] in ("s-nail", "mutt") else a_mail()
    done = subprocess.run(
        [part.format(**words) for part in command],
        input=content,
        capture_output=True,
        timeout=60,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    if b"TLS not available" in done.stdout + done.stderr:
        pytest.skip(f"{command[0]} is installed without TLS on this machine: nothing is known of it here")
    assert done.returncode == 0, done.stdout + done.stderr
    post.hand_over()
    ((mail_from, recipient, raw),) = post.provider.came
    assert (mail_from, recipient) == (ANN, "bob@example.com")
    assert b"Subject: Offer for June" in raw and b"/o/" in raw
