"""`kill -9` at any moment: `python -m tests.bench.kills [--times 300]`.

A process takes hits and follows them, and is killed somewhere: between two calls, within a commit, between a mail and its mark.
Another goes on with the same folder. Counted are hits that were answered and are not there, mails that nobody got, and mails
that somebody got twice: the one exception that docs/one-machine.md names, a kill between handing a mail over and noting it.
"""

import argparse
import json
import os
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

from tests import one_machine
from tests.makers import CHROME
from tests.system import System

MESSAGES = 4
_ANSWERED = b"."


def once(seed: int) -> dict[str, int]:
    """One life and its end."""
    drawn = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        process = _forked(lambda: _live(Path(folder), writing))
        os.close(writing)
        answered, wanted = 0, drawn.randrange(1, 60)
        while answered < wanted:
            answered += len(os.read(reading, wanted - answered))
        sleep(drawn.random() * 0.004)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        while rest := os.read(reading, 4096):
            answered += len(rest)
        os.close(reading)
        found = Path(folder) / "found.json"
        _, status = os.waitpid(_forked(lambda: found.write_text(json.dumps(_ending(Path(folder))))), 0)
        assert status == 0, "the one that went on failed"
        ending = json.loads(found.read_text())
    return {
        "answered": answered,
        "lost": max(answered - ending["events"], 0),
        "broken": int(ending["check"] != "ok"),
        "untold": ending["untold"],
        "twice": ending["twice"],
    }


def _forked(do: Callable[[], object]) -> int:
    """Do it in another process, which loads nothing anew; its id."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        do()
        status = 0
    finally:
        os._exit(status)


def _live(folder: Path, answered: int) -> None:
    with one_machine.started(folder) as here:
        system = System(here)  # type: ignore[arg-type] # it answers as AWS does
        sent = [_send(system, number) for number in range(MESSAGES)]
        os.write(answered, _ANSWERED) if system.opened(sent[0], 7200, CHROME, "81.2.0.1").status == 200 else None
        number = 1
        while True:
            opened = system.opened(
                sent[number % MESSAGES], 7200 + number, CHROME, f"81.2.{number // 250}.{number % 250}"
            )
            if opened.status == 200:
                os.write(answered, _ANSWERED)
            number += 1
            if number % 3 == 0:
                system.follow()


def _send(system: System, number: int) -> dict[str, Any]:
    return system.send(subject=f"No. {number}", recipients=[f"bob{number}@example.com"])


def _ending(folder: Path) -> dict[str, Any]:
    """What stands there once all is followed that was left, and a day is over."""
    with one_machine.started(folder) as here:
        system = System(here)  # type: ignore[arg-type]
        system.follow()
        for hours in (30, 31, 32):
            system.minute(hours * 3600)
        with sqlite3.connect(folder / "unsealed.sqlite") as connection:
            (check,) = connection.execute("PRAGMA integrity_check").fetchone()
            (events,) = connection.execute("SELECT count(*) FROM items WHERE sk LIKE 'e#%'").fetchone()
            hit = {pk for (pk,) in connection.execute("SELECT pk FROM items WHERE sk LIKE 'e#%'")}
            sent = connection.execute("SELECT sk, item FROM items WHERE pk LIKE 's#%' AND sk LIKE 'm#%'").fetchall()
        subjects = [json.loads(item)["subject"]["S"] for sk, item in sent if sk in hit]
        news = Counter(line for mail in here.outbox() for line in mail["text"].splitlines() if "“No. " in line)
        opened = sum(f"opened “{subject}”" in line for subject in subjects for line in news)
        twice = sum(times - 1 for times in news.values())
        return {"check": check, "events": events, "untold": len(subjects) - opened, "twice": twice}


def main() -> None:
    """Kill, and count."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=300)
    total: dict[str, int] = {}
    times = asked.parse_args().times
    for seed in range(times):
        for name, number in once(seed).items():
            total[name] = total.get(name, 0) + number
        print(f"\r{seed + 1} of {times}", end="", file=sys.stderr)
    print(json.dumps({"kills": times, **total}))


if __name__ == "__main__":
    main()
