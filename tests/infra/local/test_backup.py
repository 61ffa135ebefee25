"""A backup is made while the system runs, and another system goes on with it."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from infra.local import backup
from tests.infra.local.test_system import ROOT, run  # noqa: F401 - a fixture


def made(data, folder):
    """How `python -m infra.local.backup` ended."""
    begin = [sys.executable, "-m", "infra.local.backup", str(folder)]
    told = {"PATH": os.environ["PATH"], "DATA_DIR": str(data)}
    return subprocess.run(begin, cwd=ROOT, env=told, capture_output=True, text=True, check=False)


def test_what_was_answered_before_a_backup_is_in_it_whatever_goes_on_meanwhile(run, tmp_path):  # noqa: F811
    first = run()
    message = first.send()
    first.ask("POST", "/_local/clock", {"advance_seconds": 7200})
    assert first.open(message) == 200
    first.wait_for("/_local/outbox", lambda found: found["items"])
    over = threading.Event()

    def go_on():
        while not over.is_set():
            first.send("Later")

    others = threading.Thread(target=go_on)
    others.start()
    done = made(tmp_path / "data", tmp_path / "backup")
    over.set()
    others.join()
    assert done.returncode == 0, done.stderr
    assert first.end(signal.SIGKILL) != 0

    second = run("backup")
    assert second.token == first.token
    assert second.ask("GET", f"/v1/messages/{message['id']}")[1]["status"] == "opened"
    assert [mail["subject"] for mail in second.ask("GET", "/_local/outbox")[1]["items"]] == [
        "bob@example.com opened “Offer”"
    ]
    assert second.open(message) == 200
    assert second.end() == 0, second.errors
    again = made(tmp_path / "backup", tmp_path / "again")  # of one that does not run
    assert again.returncode == 0 and "items" in again.stdout, again.stderr
    assert not {each.name for each in (tmp_path / "again").iterdir()} & {
        "unsealed.sqlite-wal",
        "unsealed.sqlite-shm",
        "lock",
    }


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / backup.FILE) as connection:
        connection.execute("CREATE TABLE items (item)")
    (tmp_path / "data" / "secrets").write_text("a secret")
    (tmp_path / "data" / "secrets").chmod(0o600)
    return tmp_path / "data"


def test_a_backup_keeps_the_secrets_to_its_owner(data, tmp_path):
    assert backup.back_up(data, tmp_path / "backup") == 0
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "backup" / "secrets").stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_and_nothing_half_made_stays(data, tmp_path):
    (tmp_path / "there").mkdir()
    assert made(data, tmp_path / "there").returncode == 1
    refused = made(tmp_path / "nowhere", tmp_path / "backup")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no backup: ") and not (tmp_path / "backup").exists()
