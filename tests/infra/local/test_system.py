"""The whole system of one machine, in processes of its own."""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.makers import GMAIL_PROXY, GOOGLE, THUNDERBIRD

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0


class Running:
    """One run of `python -m infra.local`, from its READY line on."""

    def __init__(self, data, port=0, begin=(sys.executable, "-m", "infra.local"), **settings) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(data),
            "PORT": str(port),
            "SMTP_PORT": "off",
            **settings,
        }
        self.process = subprocess.Popen(
            begin,
            cwd=ROOT,
            env={
                **environment,
                "AWS_PROFILE": "nobody",
                "HTTP_PROXY": "http://127.0.0.1:9",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.errors = ""
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self.ready = self.process.stdout.readline()
        found = re.fullmatch(r"READY http://127\.0\.0\.1:(\d+)(?: token=(\S{40,}))?\n", self.ready)
        self.port, self.token = (int(found[1]), found[2] or "") if found else (0, "")

    def _read(self):
        self.errors = self.process.stderr.read()

    def ask(self, method, path, body=None, **headers):
        """The status and the JSON of an answer, None where it is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = json.dumps(body) if isinstance(body, dict) else body
        known = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        connection.request(method, path, sent, known | {name.replace("_", "-"): said for name, said in headers.items()})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, json.loads(content) if content[:1] in (b"{", b"[") else None

    def send(self, subject="Offer"):
        """A message to Bob."""
        status, made = self.ask(
            "POST", "/v1/messages", {"subject": subject, "recipients": ["bob@example.com"], "html": "Hi"}
        )
        assert status == 201, made
        return made

    def open(self, message, **headers):
        """Fetch the pixel of a message; the status."""
        path = message["recipients"][0]["pixel_url"].partition("/o/")[2]
        return self.ask("GET", f"/o/{path}", **{"User_Agent": GMAIL_PROXY, "X_Forwarded_For": GOOGLE, **headers})[0]

    def wait_for(self, path, enough):
        """What is at a path once it is enough, at last."""
        until = monotonic() + PATIENCE
        while not enough(found := self.ask("GET", path)[1]) and monotonic() < until:
            sleep(0.02)
        return found

    def end(self, how=signal.SIGTERM):
        """The exit status."""
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


@pytest.fixture
def run(tmp_path):
    runs = []

    def begin(name="data", port=0, **more):
        runs.append(Running(tmp_path / name, port, **more))
        return runs[-1]

    yield begin
    for each in runs:
        if each.process.returncode is None:
            each.end(signal.SIGKILL)


def test_a_day_in_its_life(run):
    first = run()
    assert first.port, first.errors
    message = first.send()
    first.ask("POST", "/_local/clock", {"advance_seconds": 7200})
    assert first.open(message) == 200
    (mail,) = first.wait_for("/_local/outbox", lambda found: found["items"])["items"]
    assert (mail["from"], mail["to"]) == ("Unsealed <unsealed@localhost.example>", ["demo@localhost.example"])
    assert mail["subject"] == "bob@example.com opened “Offer”"
    told = first.ask("POST", "/_local/clock", {"advance_seconds": 259200})[1]
    assert first.ask("GET", "/_local/pushes") == (200, {"items": []})
    answer = b"From: bob@example.com\r\nTo: nobody@localhost.example\r\nSubject: Re\r\n\r\nYes.\r\n"
    assert first.ask("POST", "/_local/receive", answer)[0] == 202
    assert first.end() == 0, first.errors
    assert "Traceback" not in first.errors

    second = run(port=first.port)
    assert second.ready == first.ready, (second.end(signal.SIGCONT), second.errors)
    assert second.ask("GET", "/_local/outbox")[1]["items"] == [mail]
    assert second.ask("GET", f"/v1/messages/{message['id']}")[1]["status"] == "opened"
    assert second.ask("GET", "/_local/clock")[1]["now"] >= told["now"]
    assert second.end(signal.SIGINT) == 0, second.errors


def events(data):
    """How many events stand in the file."""
    with sqlite3.connect(data / "unsealed.sqlite") as connection:
        return connection.execute("SELECT count(*) FROM items WHERE sk LIKE 'e#%'").fetchone()[0]


def test_a_kill_in_the_middle_of_it_loses_nothing_that_was_answered_and_tells_nothing_twice(run, tmp_path):
    first = run()
    messages = [first.send(f"No. {number}") for number in range(4)]
    first.ask("POST", "/_local/clock", {"advance_seconds": 7200})
    answered = []
    enough = threading.Event()

    def read(worker):
        number = 0
        try:
            while True:
                address = f"93.184.{worker}.{number % 250}"
                if first.open(messages[worker], User_Agent=f"{THUNDERBIRD} {number}", X_Forwarded_For=address) == 200:
                    answered.append((worker, number))
                number += 1
                if len(answered) > 120:
                    enough.set()
        except (http.client.HTTPException, ConnectionError):
            return

    workers = [threading.Thread(target=read, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    assert enough.wait(PATIENCE)
    first.end(signal.SIGKILL)
    for worker in workers:
        worker.join(PATIENCE)
    assert events(tmp_path / "data") >= len(answered)

    second = run()
    for message in messages:
        second.wait_for(f"/v1/messages/{message['id']}", lambda found: found["status"] == "opened")
    second.ask("POST", "/_local/clock", {"advance_seconds": 86_400})  # whatever waited for company is told
    told = [mail["subject"] + mail["text"] for mail in second.ask("GET", "/_local/outbox")[1]["items"]]
    assert [sum(f"“No. {number}”" in mail for mail in told) for number in range(4)] == [1, 1, 1, 1]


def test_two_live_side_by_side_and_a_third_is_told_why_it_cannot(run, tmp_path):
    one, two = run("one"), run("two")
    one.send()
    assert two.ask("GET", "/v1/messages")[1]["items"] == []
    assert (tmp_path / "one" / "secrets").read_text() != (tmp_path / "two" / "secrets").read_text()
    for data, port, why in (("one", 0, "in use by another local system"), ("three", one.port, "choose another PORT")):
        third = run(data, port)
        assert third.ready == ""
        assert third.end(signal.SIGCONT) == 1
        assert why in third.errors
        assert "Traceback" not in third.errors


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("PORT", "abc", "PORT is a number from 0 to 65535, which “abc” is not.\n"),
        ("PUBLIC_URL", "nonsense", "PUBLIC_URL is an address like https://t.example.com, which “nonsense” is not.\n"),
        ("CONSENT_POLICY", "WRONG", "CONSENT_POLICY must be “full”, “links” or “nothing”.\n"),
        (
            "PUBLIC_URL",
            "https://t.example.com",
            "With a PUBLIC_URL, say which address mail is from: MAIL_FROM=unsealed@example.com.\n",
        ),
        ("SETTINGS", "/nowhere", "SETTINGS names /nowhere, which cannot be read (FileNotFoundError).\n"),
        ("PUBLIC_URL", "https://t.example.com/?a", "PUBLIC_URL is an address like https://t.example.com, which"),
        ("MAIL_FROM", "nobody", "MAIL_FROM is an address like unsealed@example.com, which “nobody” is not.\n"),
        ("SMTP_PORT", "here", "SMTP_PORT is a number from 0 to 65535, which “here” is not.\n"),
        ("PROXY", "here", "PROXY is the address of the proxy before this machine, such as 127.0.0.1: "),
    ],
)
def test_a_setting_that_cannot_be_ends_it_with_one_sentence(run, setting, value, why):
    ended = run(**{setting: value})
    assert (ended.ready, ended.end(signal.SIGCONT)) == ("", 2)
    assert why in ended.errors and "Traceback" not in ended.errors


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"RELAY_CERTIFICATE": "/nowhere"}, "RELAY_CERTIFICATE and RELAY_KEY go together"),
        ({"RELAY_CERTIFICATE": "/nowhere", "RELAY_KEY": "/nowhere"}, "cannot be used (No such file or directory).\n"),
    ],
)
def test_a_certificate_that_cannot_be_read_ends_it_with_one_sentence(run, settings, why):
    ended = run(SMTP_PORT="0", **settings)
    assert (ended.ready, ended.end(signal.SIGCONT)) == ("", 2)
    assert why in ended.errors and "Traceback" not in ended.errors


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        (
            "unsealed.sqlite",
            b"no database" * 1000,
            "unsealed.sqlite cannot be used (file is not a database): make room",
        ),
        ("clock", b"", "clock is no number of seconds: remove it"),
    ],
)
def test_a_file_that_is_broken_ends_it_with_one_sentence_and_stays_as_it_is(run, tmp_path, file, content, why):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / file).write_bytes(content)
    ended = run()
    assert (ended.ready, ended.end(signal.SIGCONT)) == ("", 1)
    assert why in ended.errors and "Traceback" not in ended.errors
    assert (tmp_path / "data" / file).read_bytes() == content


def test_who_kills_make_ends_the_system_too(run):
    first = run(begin=("sh", "-c", f"MAKELEVEL=1 {sys.executable} -m infra.local; true"))
    first.send()
    first.process.kill()
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            first.ask("GET", "/v1/messages")
        except OSError:
            break
        sleep(0.02)
    assert len(run().ask("GET", "/v1/messages")[1]["items"]) == 1


def test_where_strangers_reach_it_nothing_of_the_demo_is_there(run, tmp_path):
    (tmp_path / "settings").write_text(
        "# the owner's\nPUBLIC_URL=https://t.example.com\nMAIL_FROM='unsealed@example.com'\n"
    )
    served = run(SETTINGS=str(tmp_path / "settings"))
    assert served.ready == f"READY http://127.0.0.1:{served.port}\n", served.errors
    for method, path in (
        ("GET", "outbox"),
        ("GET", "pushes"),
        ("GET", "clock"),
        ("POST", "clock"),
        ("POST", "receive"),
    ):
        assert served.ask(method, f"/_local/{path}", {"advance_seconds": 60})[0] == 404
    with sqlite3.connect(tmp_path / "data" / "unsealed.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM items").fetchone() == (0,), "there is no demo sender"
    assert served.end() == 0


def test_a_folder_of_the_format_before_is_told_apart(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "moto-version").write_text("5.2.5")
    refused = run()
    assert (refused.ready, refused.end(signal.SIGCONT)) == ("", 1)
    assert "is of the format before the SQLite file" in refused.errors and "Traceback" not in refused.errors
