"""One machine measured: `python -m tests.bench.one_machine [--beside CHECKOUT]`.

Each build runs as its owner runs it (`python -m infra.local`), in turn with the other, the same requests, several rounds; the
figures are medians. CPU is the process' own (/proc), which other work on the machine does not change as it does time.
`--beside` is a checkout of another build. The last line is the figures as JSON.
"""

import argparse
import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NoReturn

from chalicelib.work.accounts.registering import register
from tests import one_machine
from tests.makers import CHROME, SENT
from tests.system import System

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_QUIET = 0.8  # seconds without work: it is idle
_PATIENCE = 600.0
_STORMING = 4  # at a time
_MOST_SENDERS = 80  # who sign in on one day
_DEMO_TOKEN = "unsealed_" + "a" * 52


class Build:
    """One run of a build, from its READY line on."""

    def __init__(self, checkout: Path, data: Path, **settings: str) -> None:
        environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        began = monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.local"],
            cwd=checkout,
            env={**environment, "DATA_DIR": str(data), "PORT": "0", "SMTP_PORT": "off", **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        found = re.match(r"READY http://127\.0\.0\.1:(\d+)(?: token=(\S+))?", self.process.stdout.readline())
        assert found is not None, "it did not start"
        self.started = monotonic() - began
        self.port, self.token = int(found[1]), found[2]

    def connection(self) -> http.client.HTTPConnection:
        """A connection of one's own."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)

    def call(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, token: str = ""
    ) -> Any:
        """What the JSON API answers, the demo sender or one with a token of their own."""
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
        assert response.status < 300, content
        return json.loads(content)

    def signed_in(self, connection: http.client.HTTPConnection, number: int) -> str:
        """The token of another sender, who comes from an address of their own."""
        email = f"ann@sender{number}.example"
        headers = {"Content-Type": "application/json", "X-Forwarded-For": f"82.3.{number // 250}.{number % 250}"}
        connection.request("POST", "/v1/sign-in", json.dumps({"email": email}), headers)
        connection.getresponse().read()
        mails, until = list[Any](), monotonic() + _PATIENCE
        while not mails and monotonic() < until:
            sleep(0.01)
            mails = [each for each in self.call(connection, "GET", "/_local/outbox")["items"] if email in each["to"]]
        code = re.search(r"\b\d{4} \d{4}\b", mails[-1]["text"])
        assert code is not None
        connection.request("POST", "/v1/sign-in/confirm", json.dumps({"email": email, "code": code[0]}), headers)
        return str(json.loads(connection.getresponse().read())["token"])

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> float:
        """MB that are resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def idle(self) -> float:
        """Wait until it works no more; the time at which it ended, by `monotonic`."""
        last, since = self.cpu(), monotonic()
        while monotonic() - since < _QUIET:
            sleep(0.05)
            now = self.cpu()
            if now - last > 0.02:
                last, since = now, monotonic()
        return since

    def stop(self) -> float:
        """Seconds that stopping took."""
        began = monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return monotonic() - began


@contextmanager
def running(checkout: Path, data: Path | None = None, **settings: str) -> Iterator[Build]:
    """A build with a folder of its own, or this one."""
    with tempfile.TemporaryDirectory() as folder:
        build = Build(checkout, data or Path(folder) / "data", **settings)
        try:
            yield build
        finally:
            build.process.kill()
            build.process.wait()


def message(number: int) -> dict[str, Any]:
    """A mail to one recipient, as a program sends it."""
    links = "".join(f'<p>Line <a href="https://example.com/{number}/{each}">{each}</a></p>' for each in range(3))
    return {
        "subject": f"No. {number}",
        "recipients": [f"bob{number}@example.com"],
        "html": f"<html><body>{links}</body></html>",
    }


def pixel(made: dict[str, Any]) -> str:
    """The path of a message's pixel."""
    return "/o/" + str(made["recipients"][0]["pixel_url"]).partition("/o/")[2]


def opened(connection: http.client.HTTPConnection, made: dict[str, Any], number: int) -> None:
    """Somebody opens a message."""
    who = f"81.{number % 200}.{number // 200 % 200}.{number % 250}"
    connection.request("GET", pixel(made), headers={"User-Agent": CHROME, "X-Forwarded-For": who})
    assert connection.getresponse().read()


def told(checkout: Path, hits: int, data: Path | None = None) -> dict[str, float]:
    """CPU from a hit to the mail that tells of it, and of a message to one recipient; milliseconds each."""
    with running(checkout, data) as build:
        asking = build.connection()
        for number in range(5):
            build.call(asking, "POST", "/v1/messages", message(1_000_000 + number))
        build.idle()
        before = build.cpu()
        made = [build.call(asking, "POST", "/v1/messages", message(number)) for number in range(hits)]
        build.idle()
        sent = build.cpu() - before
        build.call(asking, "POST", "/_local/clock", {"advance_seconds": 7200})
        build.idle()
        before = build.cpu()
        for number, each in enumerate(made):
            opened(asking, each, number)
        build.idle()
        spent = build.cpu() - before
        mails = build.call(asking, "GET", "/_local/outbox")["items"]
        for each in made:
            assert build.call(asking, "GET", f"/v1/messages/{each['id']}")["status"] == "opened"
        return {"hit_to_told_ms": 1000 * spent / hits, "message_ms": 1000 * sent / hits, "mails": len(mails)}


def told_alone(checkout: Path, hits: int) -> dict[str, float]:
    """The same where each hit is told in a mail of its own: each is to a mail of another sender. Milliseconds a mail."""
    domains = ",".join(f"sender{number}.example" for number in range(hits))
    with running(checkout, ALLOWED_SENDERS=domains) as build:
        asking = build.connection()
        tokens = [build.signed_in(asking, number) for number in range(hits)]
        made = [build.call(asking, "POST", "/v1/messages", message(0), token) for token in tokens]
        build.call(asking, "POST", "/_local/clock", {"advance_seconds": 7200})
        build.idle()
        mails, before = len(build.call(asking, "GET", "/_local/outbox")["items"]), build.cpu()
        for number, each in enumerate(made):
            opened(asking, each, number)
        build.idle()
        spent = build.cpu() - before
        assert len(build.call(asking, "GET", "/_local/outbox")["items"]) - mails == hits
        return {"hit_to_its_mail_ms": 1000 * spent / hits}


def backlog(checkout: Path, hits: int, data: Path | None = None, messages: int = 100) -> dict[str, float]:
    """Seconds until a storm of hits is folded, from its first hit and from its last answer on; and the waits of one who reads
    meanwhile, beside those at an instance of ours that has nothing to do: what they have in common is the machine's.
    """
    with running(checkout, data) as build, running(ROOT) as quiet:
        asking, aside = build.connection(), quiet.connection()
        made = [build.call(asking, "POST", "/v1/messages", message(number)) for number in range(messages)]
        other = quiet.call(aside, "POST", "/v1/messages", message(0))
        _waited(build, asking, made[0])  # what loads at first
        _waited(quiet, aside, other)
        build.call(asking, "POST", "/_local/clock", {"advance_seconds": 7200})
        build.idle()
        began, before = monotonic(), build.cpu()
        storm = os.fork()  # a process of its own: it shall not hold up the reader
        if not storm:
            _storm(build, made, hits)
        waits, nothing = list[float](), list[float]()
        while not os.waitpid(storm, os.WNOHANG)[0]:
            waits.append(_waited(build, asking, made[0]))
            nothing.append(_waited(quiet, aside, other))
            sleep(0.01)
        answered = monotonic()
        folded = build.idle()
        return {
            "backlog_s": max(folded - answered, 0.0),
            "storm_s": folded - began,
            "storm_cpu_s": build.cpu() - before,
            "reader_ms": 1000 * statistics.median(waits),
            "reader_worst_ms": 1000 * max(waits),
            "quiet_ms": 1000 * statistics.median(nothing),
            "quiet_worst_ms": 1000 * max(nothing),
        }


def _storm(build: Build, made: list[dict[str, Any]], hits: int) -> NoReturn:
    def part(first: int) -> None:
        opening = build.connection()
        for number in range(first, hits, _STORMING):
            opened(opening, made[number % len(made)], number)

    threads = [threading.Thread(target=part, args=(first,)) for first in range(_STORMING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


def _waited(build: Build, connection: http.client.HTTPConnection, made: dict[str, Any]) -> float:
    asked = monotonic()
    build.call(connection, "GET", f"/v1/messages/{made['id']}")
    return monotonic() - asked


def filled(folder: Path, messages: int, events: int) -> None:
    """A folder of ours with so many messages of the demo sender, of `events` each: a real one again and again, by other ids."""
    folder.mkdir()
    with one_machine.started(folder) as here:
        system = System(here)  # type: ignore[arg-type] # it answers as AWS does
        demo = register("demo@localhost.example", "Demo", "Europe/Berlin", _DEMO_TOKEN, SENT)
        (folder / "token").write_text(_DEMO_TOKEN)
        made = system.send()
        for number in range(events):
            system.opened(made, 7200 + 60 * number, CHROME, f"81.2.3.{number}")
            system.follow()
        keys = (made["id"], "bob@example.com", system.sender)
        parts = [json.dumps(item) for item in here.items() if any(each in json.dumps(item) for each in keys[:2])]
        for number in range(messages):
            others = (made["id"][:-8] + f"{number:08x}", f"bob{number}@example.com", demo)
            copies = parts
            for key, other in zip(keys, others, strict=True):
                copies = [part.replace(key, other) for part in copies]
            here.engine.put_as_it_is(map(json.loads, copies), lambda wire: False)


def large(checkout: Path, data: Path) -> dict[str, float]:
    """Start, memory and stop, where much is kept."""
    build = Build(checkout, data)
    connection = build.connection()
    assert build.call(connection, "GET", "/v1/messages")["items"]
    found = {"start_s": build.started, "memory_mb": build.memory()}
    return found | {"stop_s": build.stop()}


def among_many(messages: int, hits: int, storm: int) -> None:
    """The same where much is kept, and where nothing is; printed."""
    with tempfile.TemporaryDirectory() as name:
        for kept, number in (("empty", 1), ("large", messages)):
            folder = Path(name) / kept
            filled(folder, number, 5)
            size = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
            found = medians([large(ROOT, folder) for _ in range(3)]) | told(ROOT, hits, folder)
            if storm:
                found |= backlog(ROOT, storm, folder)
            print(kept, f"{number} messages, {5 * number} events, {size:.0f} MB:", json.dumps(found))


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: round(statistics.median(each[name] for each in rounds), 2) for name in rounds[0]}


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--beside", type=Path, help="a checkout of another build")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--hits", type=int, default=200, help="of each round, each told")
    asked.add_argument("--storm", type=int, default=10_000, help="hits of the storm; 0 for none")
    asked.add_argument(
        "--large", type=int, default=20_000, help="messages of five events each, for start and stop; 0 for none"
    )
    said = asked.parse_args()
    builds = {"ours": ROOT} | ({"beside": said.beside.resolve()} if said.beside else {})
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in builds}
    for _ in range(said.rounds):
        for name, checkout in builds.items():
            found = told(checkout, said.hits) | told_alone(checkout, min(said.hits, _MOST_SENDERS))
            if said.storm:
                found |= backlog(checkout, said.storm)
            rounds[name].append(found)
            print(name, json.dumps(found), file=sys.stderr)
    if said.large:
        among_many(said.large, said.hits, said.storm)
    figures = {name: medians(found) for name, found in rounds.items()}
    for figure in figures["ours"]:
        print(f"{figure:<18}" + "".join(f"{name:>10} {each[figure]:>10.2f}" for name, each in figures.items()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
