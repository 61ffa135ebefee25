"""Mail that comes in on one machine: by a port, by a pipe, and what a mail server's word on it is worth."""

import os
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.store.sqlite import queues
from chalicelib.store.sqlite.database import Database
from infra.local import incoming
from infra.local.inbound_port import InboundPort
from infra.local.queues import QueueDriver

ROOT = Path(__file__).parents[3]
RAW = b"From: bob@example.com\r\nTo: r+a@t.example.com\r\nSubject: Re: Offer\r\n\r\nYes.\r\n"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "unsealed.sqlite")
    yield made
    made.close()


def waiting(database: Database) -> list[dict[str, Any]]:
    """What `app.receive` is handed of what waits."""
    import json

    events = [json.loads(each.body) for each in queues.receive(database, incoming.QUEUE, 10, 1e10)]
    return [json.loads(event["Records"][0]["Sns"]["Message"]) for event in events]


@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
def test_a_port_takes_mail_for_its_domain_and_no_other(database: Database, tmp_path: Path, protocol: str):
    def take(raw: bytes, sender: str, recipients: Any) -> None:
        incoming.take(database, tmp_path, raw, sender, recipients, 1_800_000_000.0, "")

    port = InboundPort("127.0.0.1", 0, protocol, "t.example.com", take)
    port.start()
    client = smtplib.LMTP if protocol == "lmtp" else smtplib.SMTP
    with client("127.0.0.1", port.port) as connection:
        refused = connection.sendmail("bob@example.com", ["r+a@T.example.com", "somebody@elsewhere.example"], RAW)
    assert list(refused) == ["somebody@elsewhere.example"] and refused["somebody@elsewhere.example"][0] == 550
    port.stop()
    (told,) = waiting(database)
    assert (told["mail"]["source"], told["receipt"]["recipients"]) == ("bob@example.com", ["r+a@T.example.com"])
    assert (tmp_path / told["receipt"]["action"]["objectKey"]).read_bytes() == RAW
    assert told["receipt"]["dmarcVerdict"] == {"status": "GRAY"}


@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
def test_no_mail_waits_for_name_servers(monkeypatch: pytest.MonkeyPatch, protocol: str):
    asked: list[str] = []
    monkeypatch.setattr(socket, "getfqdn", lambda name="": asked.append(name) or "")
    port = InboundPort("127.0.0.1", 0, protocol, "t.example.com", lambda *_: None)
    port.start()
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", port.port)) as connection:
            assert connection.recv(200).startswith(b"220 ")
    port.stop()
    assert asked == []


def test_what_cannot_be_kept_is_not_taken(tmp_path: Path):
    def take(*_: Any) -> None:
        raise OSError("the disk is full")

    port = InboundPort("127.0.0.1", 0, "smtp", "t.example.com", take)
    port.start()
    with smtplib.SMTP("127.0.0.1", port.port) as connection, pytest.raises(smtplib.SMTPDataError) as failure:
        connection.sendmail("bob@example.com", ["r+a@t.example.com"], RAW)
    assert failure.value.smtp_code == 451
    port.stop()


def pipe(folder: Path | None, *arguments: str, raw: bytes = RAW) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], **({"DATA_DIR": str(folder)} if folder else {})}
    command = [sys.executable, "-m", "infra.local.receive", *arguments]
    return subprocess.run(command, input=raw, cwd=ROOT, env=environment, capture_output=True)


def test_a_pipe_hands_a_mail_in_while_nobody_or_somebody_serves(database: Database, tmp_path: Path):
    assert pipe(tmp_path, "--from", "bob@example.com", "r+b@t.example.com").returncode == 0
    assert pipe(tmp_path).returncode == 0
    first, second = waiting(database)
    assert (first["mail"]["source"], first["receipt"]["recipients"]) == ("bob@example.com", ["r+b@t.example.com"])
    assert (second["mail"]["source"], second["receipt"]["recipients"]) == ("", ["r+a@t.example.com"])


def test_a_pipe_that_leads_nowhere_lets_the_server_try_again(tmp_path: Path):
    for folder in (None, tmp_path / "nobody's"):
        done = pipe(folder)
        assert done.returncode == 75 and done.stderr and b"Traceback" not in done.stderr


SERVER = "mx.example.com"


@pytest.mark.parametrize(
    ("fields", "dmarc"),
    [
        (["mx.example.com; dkim=pass header.d=example.com; dmarc=pass header.from=example.com"], "PASS"),
        (["mx.example.com; dmarc=fail (p=reject) header.from=example.com"], "FAIL"),
        (["mx.example.com; dmarc=none"], "GRAY"),
        (["elsewhere.example; dmarc=pass"], "GRAY"),  # anybody may write this
        (["mx.example.com; dmarc=fail", "mx.example.com; dmarc=pass"], "FAIL"),  # the first is ours, the second theirs
        (["mx.example.com.evil.example; dmarc=pass"], "GRAY"),
        ([], "GRAY"),
    ],
)
def test_only_the_word_of_ones_own_mail_server_counts(fields: list[str], dmarc: str):
    raw = "".join(f"Authentication-Results: {field}\r\n" for field in fields).encode() + RAW
    assert incoming.verdicts(raw, SERVER)["dmarc"] == dmarc
    assert incoming.verdicts(raw, "")["dmarc"] == "GRAY"


def test_a_mail_that_cannot_be_dealt_with_is_tried_three_times_and_laid_aside(
    database: Database, tmp_path: Path, caplog
):
    incoming.take(database, tmp_path, RAW, "bob@example.com", ["r+a@t.example.com"], 1000.0, "")
    tries, now = [], 1000.0

    def receive(event: Any, _: Any) -> None:
        tries.append(event)
        raise LookupError("on purpose")

    clock = iter(range(1000, 2000, 31))
    driver = QueueDriver(
        database, incoming.QUEUE, incoming.receiver(database, receive, lambda: now), 1, lambda: next(clock)
    )
    while driver.deliver():
        pass
    assert len(tries) == incoming.MOST_TRIES
    (letter,) = queues.receive(database, queues.DEAD_LETTERS, 10, 1e10)
    assert "requestPayload" in letter.body and "laid aside" in caplog.text
