"""Thunderbird on a screen of its own (Xvfb), with xdotool at its keyboard, for `python -m tests.bench.clients`."""

import os
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from ssl import PEM_cert_to_DER_cert

from tests.mail_programs import Missing, Sending

NEEDED = ("thunderbird", "Xvfb", "xdotool")
PATIENCE = 90.0  # seconds for a window to come or go
_SETTINGS: dict[str, str | int | bool] = {
    "app.donation.eoy.version.viewed": 999,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.account.account1.server": "server1",
    "mail.account.account2.identities": "id1",
    "mail.account.account2.server": "server2",
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account2",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.identity.id1.compose_html": True,
    "mail.identity.id1.fcc": True,
    "mail.identity.id1.fcc_folder": "mailbox://nobody@Local%20Folders/Sent",
    "mail.identity.id1.fullName": "Demo",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.valid": True,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.name": "Local Folders",
    "mail.server.server1.type": "none",
    "mail.server.server1.userName": "nobody",
    "mail.server.server2.check_new_mail": False,
    "mail.server.server2.directory-rel": "[ProfD]Mail/localhost",
    "mail.server.server2.hostname": "localhost",
    "mail.server.server2.login_at_startup": False,
    "mail.server.server2.name": "Demo",
    "mail.server.server2.type": "pop3",
    "mail.server.server2.userName": "demo",
    "mail.shell.checkDefaultClient": False,
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.authMethod": 3,  # a normal password
    "mail.smtpserver.smtp1.hostname": "localhost",
    "mail.smtpserver.smtp1.try_ssl": 2,  # STARTTLS, and never without
    "mail.smtpserver.smtp1.username": "demo",
    "mail.smtpservers": "smtp1",
    "mail.warn_on_send_accel_key": False,
    "mailnews.start_page.enabled": False,
}


def send(sending: Sending, folder: Path, pictures: Path | None) -> bytes:
    """Write a mail in Thunderbird's window and send it; its copy in Sent. Pictures of the screen go to a folder.

    Raises Missing, or TimeoutError if a window does not come or go.
    """
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        raise Missing(f"{', '.join(missing)}: not installed on this machine")
    profile, frames = folder / "profile", folder / "screen"
    for each in (profile, frames):
        each.mkdir()
    _set_up(profile, sending)
    with _screen(frames) as screen, _running(profile, sending, screen):
        _wait_for(screen, "Write: ")
        time.sleep(2)  # until the editor has the text
        _picture(frames, pictures, "thunderbird-1-written")
        _do(screen, "key", "ctrl+Return")
        _wait_for(screen, "Password Required")
        _picture(frames, pictures, "thunderbird-2-signing-in")
        _do(screen, "type", "--delay", "30", sending.password)
        _do(screen, "key", "Return")
        _wait_for(screen, "Write: ", gone=True)
        time.sleep(2)  # until it is in Sent
        _picture(frames, pictures, "thunderbird-3-sent")
    return (profile / "Mail" / "Local Folders" / "Sent").read_bytes()


def _set_up(profile: Path, sending: Sending) -> None:
    given = {"mail.identity.id1.useremail": sending.author, "mail.smtpserver.smtp1.port": sending.port}
    lines = [f"user_pref({_text(name)}, {_text(value)});\n" for name, value in (_SETTINGS | given).items()]
    (profile / "user.js").write_text("".join(lines))
    # As if the person had looked at the relay's own certificate and said yes.
    print_of = sha256(PEM_cert_to_DER_cert(sending.certificate.read_text())).hexdigest().upper()
    pairs = ":".join(print_of[at : at + 2] for at in range(0, len(print_of), 2))
    sha_256 = "OID.2.16.840.1.101.3.4.2.1"
    (profile / "cert_override.txt").write_text(f"localhost:{sending.port}:\t{sha_256}\t{pairs}\t\n")


def _text(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


@contextmanager
def _screen(frames: Path) -> Iterator[str]:
    """A screen of its own; its name. What it shows is in a file, in the form of xwd."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1100x800x24", "-fbdir", str(frames)]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def _running(profile: Path, sending: Sending, screen: str) -> Iterator[None]:
    body = sending.html.replace("'", "&#39;")
    composed = f"to='{sending.to}',subject='{sending.subject}',format=1,body='{body}'"
    command = ["thunderbird", "--no-remote", "--profile", str(profile), "-compose", composed]
    environment = os.environ | {"DISPLAY": screen, "HOME": str(profile), "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as program:
        try:
            yield
        finally:
            os.killpg(program.pid, 15)  # its own processes with it


def _wait_for(screen: str, title: str, *, gone: bool = False) -> None:
    until = time.monotonic() + PATIENCE
    while _do(screen, "search", "--onlyvisible", "--name", title) == gone:
        if time.monotonic() > until:
            raise TimeoutError(f"a window “{title}” does not {'go' if gone else 'come'}")
        time.sleep(0.2)
    time.sleep(0.5)  # it takes keys a moment after it is there


def _do(screen: str, *words: str) -> bool:
    done = subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": screen}, capture_output=True, timeout=30)
    return done.returncode == 0


def _picture(frames: Path, pictures: Path | None, name: str) -> None:
    if pictures is not None:
        (pictures / f"{name}.png").write_bytes(_png((frames / "Xvfb_screen0").read_bytes()))


def _png(dump: bytes) -> bytes:
    """What is on the screen, as PNG, of an X window dump with blue, green, red and nothing in the four bytes of a pixel."""
    size, width, height, line, colours = (struct.unpack_from(">I", dump, at)[0] for at in (0, 16, 20, 48, 76))
    start, rows = size + 12 * colours, bytearray()
    for at in range(start, start + height * line, line):
        row, packed = dump[at : at + 4 * width], bytearray(3 * width)
        packed[0::3], packed[1::3], packed[2::3] = row[2::4], row[1::4], row[0::4]
        rows += b"\0" + packed
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
