"""The whole local system in processes of its own, with a tiny application in the place of Unsealed's."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic, sleep

import pytest

ROOT = Path(__file__).parents[2]
FAKE = Path(__file__).parent / "fake"
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
            cwd=FAKE,
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
        found = re.fullmatch(r"READY http://127\.0\.0\.1:(\d+) token=(\S{40,})\n", self.ready)
        self.port, self.token = (int(found[1]), found[2]) if found else (0, "")

    def _read(self):
        self.errors = self.process.stderr.read()

    def ask(self, method, path, body=None):
        """The status and the JSON of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, {"Accept": "*/*", "Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, json.loads(content) if content else None

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
    assert first.ask("POST", "/things/mail") == (201, None)
    (mail,) = first.wait_for("/_local/outbox", lambda found: found["items"])["items"]
    assert (mail["from"], mail["to"], mail["subject"]) == ("unsealed@localhost.example", ["bob@example.com"], "A thing")
    assert first.ask("POST", "/spill/later") == (202, None)
    assert first.wait_for("/items/replayed", len) == ["later"]
    told = first.ask("POST", "/_local/clock", '{"advance_seconds": 259200}')[1]
    assert first.ask("GET", "/items/due")[1][-1] == told["now"]
    assert first.ask("GET", "/_local/pushes") == (200, {"items": []})
    known = first.ask("GET", "/environment")[1]
    assert (known["PUBLIC_URL"], known["AWS_PROFILE"]) == (f"http://127.0.0.1:{first.port}", None)
    assert first.end() == 0, first.errors
    assert "Traceback" not in first.errors

    second = run(port=first.port)
    assert second.ready == first.ready, (second.end(signal.SIGCONT), second.errors)
    assert second.ask("GET", "/environment")[1] == known
    assert second.ask("GET", "/_local/outbox")[1]["items"] == [mail]
    assert second.ask("GET", "/items/seen")[1] == ["mail"]
    assert second.ask("GET", "/_local/clock")[1]["now"] >= told["now"]
    assert second.ask("POST", "/things/more") == (201, None)
    assert second.wait_for("/items/seen", lambda found: len(found) > 1) == ["mail", "more"]
    assert second.end(signal.SIGINT) == 0, second.errors


def test_a_kill_in_the_middle_of_it_loses_nothing_that_was_answered(run):
    first = run()
    answered = []
    enough = threading.Event()

    def write(worker):
        number = 0
        try:
            while True:
                if first.ask("POST", f"/things/{worker}-{number}")[0] == 201:
                    answered.append(f"{worker}-{number}")
                number += 1
                if len(answered) > 120:
                    enough.set()
        except (http.client.HTTPException, ConnectionError):
            return

    workers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    assert enough.wait(PATIENCE)
    first.end(signal.SIGKILL)
    for worker in workers:
        worker.join(PATIENCE)

    second = run()
    assert set(answered) <= set(second.ask("GET", "/items/thing")[1])
    assert set(answered) <= set(second.wait_for("/items/seen", lambda found: set(answered) <= set(found)))


def test_two_live_side_by_side_and_a_third_is_told_why_it_cannot(run, tmp_path):
    one, two = run("one"), run("two")
    assert one.ask("POST", "/things/ours") == (201, None)
    assert two.ask("GET", "/items/thing")[1] == []
    assert one.ask("GET", "/environment")[1]["SECRETS"] != two.ask("GET", "/environment")[1]["SECRETS"]
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
        (
            "WRONG",
            "CONSENT_POLICY must be “full”, “links” or “nothing”.",
            "CONSENT_POLICY must be “full”, “links” or “nothing”.\n",
        ),
    ],
)
def test_a_setting_that_cannot_be_ends_it_with_one_sentence(run, setting, value, why):
    ended = run(**{setting: value})
    assert (ended.ready, ended.end(signal.SIGCONT)) == ("", 2)
    assert ended.errors.endswith(why) and "Traceback" not in ended.errors


def test_who_kills_make_ends_the_system_too(run):
    first = run(begin=("sh", "-c", f"MAKELEVEL=1 {sys.executable} -m infra.local; true"))
    assert first.ask("POST", "/things/ours") == (201, None)
    first.process.kill()
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            first.ask("GET", "/items/thing")
        except OSError:
            break
        sleep(0.02)
    assert run().ask("GET", "/items/thing")[1] == ["ours"]
