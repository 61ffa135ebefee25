"""A real mail server on loopback, Debian's exim4: what an owner has beside Unsealed, and their readers' mailboxes in files."""

import shutil
import smtplib
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from mailbox import mbox
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest

PATIENCE = 60.0
CONFIG = """
primary_hostname = mx.example.com
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
keep_environment =
never_users =
trusted_users = root
acl_smtp_rcpt = anybody
tls_advertise_hosts =
queue_run_in_order = true

begin acl
anybody:
  accept

begin routers
unsealed:
  driver = manualroute
  domains = t.example.com
  transport = unsealed
  route_list = * 127.0.0.1 byname
  self = send
no_user:
  driver = redirect
  local_parts = nobody
  allow_fail
  data = :fail: No such user here
# Ann's forward rule: answers, and notices of what could not be delivered.
forwarded:
  driver = redirect
  local_parts = demo
  senders = : bob@example.com
  condition = ${{if exists{{{folder}/forward}}}}
  data = ${{readfile{{{folder}/forward}}}}
  unseen
mailboxes:
  driver = accept
  transport = mailbox

begin transports
unsealed:
  driver = smtp
  protocol = lmtp
  port = {lmtp}
  allow_localhost = true
mailbox:
  driver = appendfile
  file = {folder}/boxes/all
  envelope_to_add = true
  user = Debian-exim
  check_owner = false
  create_directory

begin retry
* * F,1m,1s
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Exim:
    """A mail server whose mailboxes are files. `lmtp` is where it hands over what is for t.example.com."""

    def __init__(self, folder: Path, lmtp: int) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("spool", "log", "boxes"):
            (folder / name).mkdir(parents=True)
            shutil.chown(folder / name, "Debian-exim", "Debian-exim")
        for each in (folder, *folder.parents[:3]):
            each.chmod(each.stat().st_mode | 0o055)
        config = folder / "exim.conf"
        config.write_text(CONFIG.format(folder=folder, port=self.port, lmtp=lmtp))
        self._process = subprocess.Popen(
            ["/usr/sbin/exim4", "-C", str(config), "-bdf", "-q2s"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        until = monotonic() + PATIENCE
        while monotonic() < until and not self._listens():
            assert self._process.poll() is None, self._process.communicate()[1]
            sleep(0.1)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def mails(self, address: str) -> list[EmailMessage]:
        """What is in a mailbox."""
        file = self.folder / "boxes" / "all"
        if not file.exists():
            return []
        box = mbox(file, create=False)
        found = [message_from_bytes(bytes(each), policy=policy.default) for each in box]
        box.close()
        return [each for each in found if address in str(each["envelope-to"])]  # type: ignore[misc] # the policy makes them so

    def wait_for(self, address: str, subject: str, meanwhile: Callable[[], object] = lambda: None) -> EmailMessage:
        """The mail with this in its subject, once it is there. `meanwhile` is done between two looks."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            for mail in self.mails(address):
                if subject in str(mail["subject"]):
                    return mail
            meanwhile()
            sleep(0.1)
        log = (self.folder / "log" / "mainlog").read_text()
        raise AssertionError(f"no {subject!r} for {address}: {[str(m['subject']) for m in self.mails(address)]}\n{log}")

    def send(self, mail_from: str, to: str, raw: bytes) -> None:
        """Send a mail as a reader of Ann's does."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as connection:
            connection.sendmail(mail_from, [to], raw)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(PATIENCE)
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def exim(lmtp: int) -> Iterator[Exim]:
    """A mail server, while it is wanted. Skips where there is none, or where it may not be started.

    Its folder is not one of pytest's, which are root's alone: it runs as a user of its own.
    """
    import os

    if not Path("/usr/sbin/exim4").exists() or os.geteuid() != 0:
        pytest.skip("This wants Debian's exim4-daemon-light, and to be root.")
    with TemporaryDirectory(prefix="exim-") as folder:
        Path(folder).chmod(0o755)
        server = Exim(Path(folder) / "exim", lmtp)
        try:
            yield server
        finally:
            server.stop()


def submit(port: int, user: str, password: str, raw: bytes, to: list[str]) -> None:
    """Send a mail by the relay, as a mail program does."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # the relay made its certificate itself
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE) as connection:
        connection.starttls(context=trusting)
        connection.login(user, password)
        connection.sendmail(user, to, raw)
