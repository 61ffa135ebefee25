"""How long somebody waits for `make run`: `python -m tests.bench.first_start [--beside CHECKOUT] [--rounds N]`.

The project is copied into an empty folder and started there by `make run`: seconds to READY, and processor seconds of all
that it started. The second start finds everything installed. `--beside` names a checkout of another state of the project
to measure in turn: the figures are then the medians of the rounds' ratios, ours through theirs. Packages come from the
caches of pip and uv where these are warm: the first round warms them, and is dropped. The last line is JSON.
"""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "build", "data", "__pycache__", ".*_cache", ".hypothesis")


class Start(NamedTuple):
    """Seconds to READY by the clock, and processor seconds until then and to stop."""

    seconds: float
    work: float


def start(folder: Path) -> Start:
    """Start what is in a folder, and stop it as soon as it is ready. Raises RuntimeError if it never is."""
    before, began = _work(), perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV" and "MAKE" not in name}
    with subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env=environment | {"PORT": "0", "SMTP_PORT": "0", "DATA_DIR": str(folder / "data")},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        ready = next((line for line in process.stdout if re.match("READY ", line)), None)
        seconds = perf_counter() - began
        os.killpg(process.pid, signal.SIGTERM)
    if ready is None:
        raise RuntimeError(f"It did not start in {folder}.")
    return Start(seconds, _work() - before)


def _work() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(checkout: Path) -> tuple[Start, Start]:
    """The first start of a checkout in an empty folder, and the second."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(checkout, Path(folder) / "unsealed", ignore=_NOT_COPIED)
        return start(copy), start(copy)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a line a round."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    checkouts = [ROOT, *([options.beside] if options.beside else [])]
    rounds = []
    for number in range(options.rounds + 1):
        found = [measured(checkout) for checkout in checkouts]
        for checkout, (first, second) in zip(checkouts, found, strict=True):
            print(
                f"{'warm-up' if number == 0 else number}  {checkout}  first {first.seconds:.1f} s ({first.work:.1f} of work), "
                f"second {second.seconds:.2f} s ({second.work:.2f} of work)",
                flush=True,
            )
        if number:
            rounds.append(found)
    said = {
        "first_seconds": _median([ours[0].seconds for ours, *_ in rounds]),
        "second_seconds": _median([ours[1].seconds for ours, *_ in rounds]),
    }
    if options.beside:
        said["first_ratio"] = _median([ours[0].seconds / theirs[0].seconds for ours, theirs in rounds])
        said["first_ratio_of_work"] = _median([ours[0].work / theirs[0].work for ours, theirs in rounds])
    print(json.dumps(said))


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3)


if __name__ == "__main__":
    main()
