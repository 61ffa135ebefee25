"""Load on the local system: `python -m tests.bench.load [--messages 2000] [--hits 10000] [--threads 8] [--kill]`.

Starts a local system of its own, prepares messages, then fetches pixels and follows links from several threads, each hit
of its own neighbourhood as a person's mail client makes it. Then every message is asked for: each hit that was answered
must be counted once. With --kill the process is killed in the middle of the hits and started again on the same data.
The last line is JSON.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15"
HTML = '<p>Dear Bob, here is <a href="https://example.com/offer?n={n}">our offer</a>.</p>'


class Local:
    """A local system in a process of its own, with other settings where they are given."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.settings = folder, settings
        self.process: subprocess.Popen[str] | None = None
        self.token = ""

    def start(self) -> None:
        """Start, and wait until it is ready."""
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(self.folder), **self.settings}
        with (self.folder.parent / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "infra.local"], env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        self.token = self.process.stdout.readline().strip().rpartition("token=")[2]

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As Ctrl-C does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


class Client(threading.local):
    """One connection for each thread."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and body; 0 where nobody answered."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.request(
                method, path, body, {name.replace("_", "-"): said for name, said in headers.items()}
            )
            response = self.connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, b""

    def hang_up(self) -> None:
        """Close this thread's connection."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def run(messages: int, hits: int, threads: int, kill: bool) -> dict[str, Any]:
    """Do it all; the figures."""
    with tempfile.TemporaryDirectory() as folder:
        local = Local(Path(folder) / "data")
        local.folder.mkdir()
        local.start()
        client = Client(local.port)
        began = time.monotonic()
        with ThreadPoolExecutor(threads) as pool:
            made = list(pool.map(lambda number: _send(client, local.token, number), range(messages)))
            prepared = time.monotonic() - began
            _post(client, "/_local/clock", {"advance_seconds": 7200})
            plan = [(Random(number).randrange(messages), number) for number in range(hits)]
            if kill:
                threading.Timer(3.0, local.kill).start()
            began = time.monotonic()
            answers = list(pool.map(lambda hit: _hit(client, made[hit[0]], *hit), plan))
            if kill:
                assert local.process is not None
                local.process.wait()
                local.start()
                client.hang_up()
                missed = [hit for hit, status in zip(plan, answers, strict=True) if status == 0]
                answers += list(pool.map(lambda hit: _hit(client, made[hit[0]], *hit), missed))
                plan += missed
            took = time.monotonic() - began
        answered = Counter(hit[0] for hit, status in zip(plan, answers, strict=True) if status in (200, 302))
        began = time.monotonic()
        counted = _wait_for(client, local.token, made, answered)
        settled = time.monotonic() - began
        local.stop()
    missing = sum(max(0, answered[number] - counted[number]) for number in range(messages))
    extra = sum(max(0, counted[number] - answered[number]) for number in range(messages))
    return {
        "messages": messages,
        "hits": sum(answered.values()),
        "unanswered": sum(status == 0 for status in answers),
        "server_errors": sum(status >= 500 for status in answers),
        "missing": missing,
        "extra": extra,
        "seconds_to_prepare": round(prepared, 1),
        "seconds_to_hit": round(took, 1),
        "seconds_until_all_is_folded": round(settled, 1),
        "killed": kill,
    }


def _send(client: Client, token: str, number: int) -> dict[str, Any]:
    body = {"subject": f"Offer {number}", "recipients": [f"bob{number}@example.com"], "html": HTML.format(n=number)}
    status, answer = client.ask("POST", "/v1/messages", json.dumps(body), Authorization=f"Bearer {token}")
    assert status == 201, (status, answer)
    made = json.loads(answer)
    recipient = made["recipients"][0]
    return {"id": made["id"], "pixel": recipient["pixel_url"], "link": recipient["links"][0]["tracked_url"]}


def _hit(client: Client, message: dict[str, Any], _: int, number: int) -> int:
    click = number % 5 == 0
    address = f"{23 + number % 60}.{number // 250 % 250}.{number % 250}.{number % 200 + 1}"
    path = urlsplit(message["link" if click else "pixel"]).path
    return client.ask("GET", path, User_Agent=SAFARI if click else THUNDERBIRD, X_Forwarded_For=address)[0]


def _wait_for(client: Client, token: str, made: list[dict[str, Any]], answered: Counter[int]) -> Counter[int]:
    """How many events each message holds, once its state counts just what its events say, or after five minutes."""
    kept: Counter[int] = Counter()
    deadline = time.monotonic() + 300
    waiting = sorted(answered)
    while waiting and time.monotonic() < deadline:
        time.sleep(1)
        waiting = [number for number in waiting if not _folded(client, token, made[number]["id"], number, kept)]
    for number in waiting:
        kept[number] = 0  # not folded: all of it is missing
    return kept


def _folded(client: Client, token: str, message: str, number: int, kept: Counter[int]) -> bool:
    status, answer = client.ask("GET", f"/v1/messages/{message}", Authorization=f"Bearer {token}")
    assert status == 200, status
    found = json.loads(answer)
    recipient = found["recipients"][0]
    kept[number] = len(found["events"])
    counted = sum(event["counted"] for event in found["events"])
    machines = sum(not event["counted"] and event["verdict"]["kind"] != "unknown" for event in found["events"])
    return (recipient["opens"] + recipient["clicks"], recipient["machine_hits"]) == (counted, machines)


def _post(client: Client, path: str, body: dict[str, Any]) -> None:
    status, answer = client.ask("POST", path, json.dumps(body))
    assert status == 200, (status, answer)


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--messages", type=int, default=2000)
    wanted.add_argument("--hits", type=int, default=10_000)
    wanted.add_argument("--threads", type=int, default=8)
    wanted.add_argument("--kill", action="store_true")
    asked = wanted.parse_args()
    print(json.dumps(run(asked.messages, asked.hits, asked.threads, asked.kill)))


if __name__ == "__main__":
    main()
