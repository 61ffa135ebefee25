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
from typing import Any

from tests import one_machine
from tests.makers import CHROME
from tests.system import System

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_QUIET = 0.8  # seconds without work: it is idle
_PATIENCE = 600.0


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

    def call(self, connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> Any:
        """What the JSON API answers."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
        assert response.status < 300, content
        return json.loads(content)

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
def running(checkout: Path, data: Path | None = None) -> Iterator[Build]:
    """A build with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        build = Build(checkout, data or Path(folder) / "data")
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


def told(checkout: Path, hits: int) -> dict[str, float]:
    """CPU from a hit to the mail that tells of it, and of a message to one recipient; milliseconds each."""
    with running(checkout) as build:
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
            headers = {"User-Agent": CHROME, "X-Forwarded-For": f"81.2.{number // 250}.{number % 250}"}
            asking.request("GET", pixel(each), headers=headers)
            assert asking.getresponse().read()
        build.idle()
        spent = build.cpu() - before
        mails = build.call(asking, "GET", "/_local/outbox")["items"]
        news = sum(1 for each in made if build.call(asking, "GET", f"/v1/messages/{each['id']}")["status"] == "opened")
        return {
            "hit_to_told_ms": 1000 * spent / hits,
            "message_ms": 1000 * sent / hits,
            "opened": news / hits,
            "mails": len(mails),
        }


def backlog(checkout: Path, hits: int, messages: int = 100) -> dict[str, float]:
    """Seconds until a storm of hits is folded, from the first hit and from the last answer on; and what a reader waits."""
    with running(checkout) as build:
        asking = build.connection()
        made = [build.call(asking, "POST", "/v1/messages", message(number)) for number in range(messages)]
        build.call(asking, "POST", "/_local/clock", {"advance_seconds": 7200})
        build.idle()
        began, before, waits, over = monotonic(), build.cpu(), list[float](), threading.Event()

        def read() -> None:
            reading = build.connection()
            while not over.is_set():
                asked = monotonic()
                build.call(reading, "GET", f"/v1/messages/{made[0]['id']}")
                waits.append(monotonic() - asked)
                sleep(0.02)

        def storm(part: int) -> None:
            opening = build.connection()
            for number in range(part, hits, 4):
                who = f"81.{number % 200}.{number // 200 % 200}.{number % 250}"
                opening.request(
                    "GET", pixel(made[number % messages]), headers={"User-Agent": CHROME, "X-Forwarded-For": who}
                )
                assert opening.getresponse().read()

        threads = [threading.Thread(target=storm, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answered = monotonic()
        reader = threading.Thread(target=read)
        reader.start()
        sleep(3.0)  # a reader while it is folded; then alone, since a reader's own work would look like folding
        over.set()
        reader.join()
        folded = build.idle()
        waits.sort()
        return {
            "backlog_s": max(folded - answered, 0.0),
            "storm_s": folded - began,
            "storm_cpu_s": build.cpu() - before,
            "reader_ms": 1000 * waits[len(waits) // 2] if waits else 0.0,
            "reader_worst_ms": 1000 * waits[-1] if waits else 0.0,
        }


def filled(folder: Path, messages: int, events: int) -> None:
    """A folder of ours with so many messages of one sender, of `events` each: a real one, over and over under other ids."""
    folder.mkdir()
    with one_machine.started(folder) as here:
        system = System(here)  # type: ignore[arg-type] # it answers as AWS does
        made = system.send()
        for number in range(events):
            system.opened(made, 7200 + 60 * number, CHROME, f"81.2.3.{number}")
            system.follow()
        keys = (made["id"], "bob@example.com")
        parts = [json.dumps(item) for item in here.items() if any(each in json.dumps(item) for each in keys)]
        for number in range(1, messages):
            other = made["id"][:-8] + f"{number:08x}"
            copies = (part.replace(keys[0], other).replace(keys[1], f"bob{number}@example.com") for part in parts)
            here.engine.put_as_it_is(map(json.loads, copies), lambda wire: False)


def large(checkout: Path, data: Path) -> dict[str, float]:
    """Start, memory and stop, where much is kept."""
    build = Build(checkout, data)
    connection = build.connection()
    listed = build.call(connection, "GET", "/v1/messages")
    assert "items" in listed
    found = {"start_s": build.started, "memory_mb": build.memory()}
    return found | {"stop_s": build.stop()}


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
            found = told(checkout, said.hits)
            if said.storm:
                found |= backlog(checkout, said.storm)
            rounds[name].append(found)
            print(name, json.dumps(found), file=sys.stderr)
    if said.large:
        with tempfile.TemporaryDirectory() as folder:
            for name, messages in (("empty", 1), ("large", said.large)):
                filled(Path(folder) / name, messages, 5)
                size = sum(each.stat().st_size for each in (Path(folder) / name).iterdir()) / 1e6
                runs = [large(ROOT, Path(folder) / name) for _ in range(3)]
                print(name, f"{messages} messages, {5 * messages} events, {size:.0f} MB:", json.dumps(medians(runs)))
    figures = {name: medians(found) for name, found in rounds.items()}
    for figure in figures["ours"]:
        print(f"{figure:<18}" + "".join(f"{name:>10} {each[figure]:>10.2f}" for name, each in figures.items()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
