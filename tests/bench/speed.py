"""What people wait for, with the zip that ships: `python -m tests.bench.speed [--rounds N] [--beside ZIP]`. Last: JSON.

Each function runs as on Lambda (tests/lambda_runtime.py), the table is the tests' own in this process, and what counts is
the CPU time of the function's process. Rounds are interleaved, the first is dropped, figures are medians of the rounds.

- *cold*: from the start of the process to the answer, over a bare Chalice route that asks nobody, in the same rounds: an
  open, a call of the API (a list of messages), and the fold of one hit.
- *warm*: the fold of one hit, of a batch of 100 hits on 50 messages, a list of messages, a new message.
- *further*: the fold of one more hit of a message that has so many, with the units that its reads cost.

They are measured with the table asked as on Lambda, and by boto3; and, where a zip of an earlier build is given, with that.
"""

import argparse
import json
import statistics
import sys
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import app
from infra.local import gateway
from tests import lambda_runtime, packaging
from tests.aws import resources
from tests.bench.cold_start import BARE, packed
from tests.counting import counting
from tests.embedded import PUBLIC_URL, SECRETS, Embedded, started
from tests.makers import HOME, THUNDERBIRD
from tests.system import SENDERS_DESK, TOKEN, System

SIZES = (2, 100, 250, 1000)
A_BATCH, ITS_MESSAGES = 100, 50


@dataclass(frozen=True)
class Build:
    """What is measured: an unpacked zip, and the settings that are its own."""

    task: Path
    settings: Mapping[str, str]


class Bench:
    """The builds upon one table, and what was found."""

    def __init__(self, aws: Embedded, builds: Mapping[str, Build], home: Path) -> None:
        self.aws, self.builds, self.system = aws, builds, System(aws)
        self.python = lambda_runtime.bare_python(home / "python")
        self.runtime = lambda_runtime.runtime(home / "runtime", *lambda_runtime.IN_THE_RUNTIME)
        self.told = dict(resources.environment(aws.made, aws.aws.url, PUBLIC_URL, SECRETS))
        self.rounds = 0
        self.found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def function(self, name: str, handler: str) -> lambda_runtime.Process:
        build = self.builds[name]
        return lambda_runtime.Process(build.task, handler, self.told | dict(build.settings), self.python, self.runtime)

    def note(self, figure: str, name: str, value: float) -> None:
        self.found[figure][name].append(value)

    def api(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """API Gateway's event for a call."""
        headers = [("Authorization", f"Bearer {TOKEN}"), ("Content-Type", "application/json"), ("Accept", "*/*")]
        sent = b"" if body is None else json.dumps(body).encode()
        made = gateway.event(
            method, path, headers, sent, self.system.now, str(uuid.uuid4()), SENDERS_DESK, app.app.routes
        )
        assert made is not None
        return made

    def hits(self, message: dict[str, Any], count: int, after: float = 7200.0) -> list[dict[str, Any]]:
        """The stream's records of new hits of a message, by a person at leisure."""
        self.passed()
        for number in range(count):
            self.system.opened(message, after + 60 * number, THUNDERBIRD, HOME)
        return self.aws.records(1000)

    def passed(self) -> None:
        """What the stream holds is followed as far as the functions measured do: no further."""
        if batch := self.aws.records(10_000):
            self.aws.passed = batch[-1]["dynamodb"]["SequenceNumber"]

    def turns(self, names: Iterable[str]) -> list[str]:
        """These builds, another one first in each round: who is first finds a colder machine."""
        self.rounds += 1
        there = list(names)
        return there[self.rounds % len(there) :] + there[: self.rounds % len(there)]

    def cold(self) -> None:
        """One round of fresh processes."""
        message = self.system.send()
        pixel = self.api("GET", message["recipients"][0]["pixel_url"].removeprefix(PUBLIC_URL))
        for name in self.turns(self.builds):
            cases = {"an open": ("app.app", pixel)}
            if name != "bare":
                cases["a call of the API"] = ("app.app", self.api("GET", "/v1/messages"))
                cases["the fold of a hit"] = ("app.follow", {"Records": self.hits(self.system.send(), 1)})
            for case, (handler, event) in cases.items():
                began = perf_counter()
                with self.function(name, handler) as process:
                    said = process.invoke(event)
                    self.note(f"cold: {case}, seconds", name, perf_counter() - began)
                    self.note(f"cold: {case}", name, process.cpu_seconds())
                    self.note(f"cold: {case}, MB", name, process.peak_bytes() / 1e6)
                assert said.get("statusCode", 200) == 200 and not said.get("batchItemFailures"), (
                    name,
                    case,
                    said,
                    process.stop(),
                )

    def warm(self, kept: Mapping[str, Mapping[str, lambda_runtime.Process]]) -> None:
        """One round of processes that are kept."""
        new = {"subject": "Offer", "recipients": ["bob@example.com"], "html": '<p><a href="https://example.com/">x</a>'}
        for name in self.turns(kept):
            functions = kept[name]
            one = {"Records": self.hits(self.system.send(), 1)}
            messages = [self.system.send(recipients=[f"p{n}@example.com"]) for n in range(ITS_MESSAGES)]
            batch = {"Records": [hit for each in messages for hit in self.hits(each, A_BATCH // ITS_MESSAGES)]}
            cases = [("the fold of a hit", "follow", one), ("the fold of 100 hits on 50 messages", "follow", batch)]
            if name != "before":  # an earlier build may not read the account of a later one
                cases.append(("a list of messages", "app", self.api("GET", "/v1/messages?limit=10")))
                cases.append(("a new message", "app", self.api("POST", "/v1/messages", new)))
            for case, function, event in cases:
                self.note(f"warm: {case}", name, cpu(functions[function], event))

    def further(self, kept: Mapping[str, Mapping[str, lambda_runtime.Process]]) -> None:
        """One round of messages that have so many hits."""
        for size in SIZES:
            for name in self.turns(kept):
                functions = kept[name]
                message = self.system.send()
                records = self.hits(message, size - 1)
                for n in range(0, len(records), 100):
                    functions["follow"].invoke({"Records": records[n : n + 100]})
                one = {"Records": self.hits(message, 1, 7200.0 + 60 * size)}
                with counting(self.aws) as calls:
                    took = cpu(functions["follow"], one)
                self.note(f"further: event {size}", name, took)
                self.note(f"further: event {size}, read units", name, sum(call.read_units for call in calls))
                self.note(f"further: event {size}, write units", name, sum(call.write_units for call in calls))


def cpu(function: lambda_runtime.Process, event: Any) -> float:
    """CPU seconds of the function's process for one call."""
    before = function.cpu_seconds()
    said = function.invoke(event)
    assert said.get("statusCode", 200) < 300 and not said.get("batchItemFailures"), (said, function.stop())
    return function.cpu_seconds() - before


def kept(bench: Bench, stack: ExitStack) -> dict[str, dict[str, lambda_runtime.Process]]:
    """Warm processes of each build's functions."""
    return {
        name: {function: stack.enter_context(bench.function(name, f"app.{function}")) for function in ("app", "follow")}
        for name in bench.builds
        if name != "bare"
    }


def rounds_of(count: int, act: Callable[[], None], found: Mapping[str, Mapping[str, list[float]]]) -> None:
    """So many rounds, after one that is dropped."""
    act()
    for figures in found.values():
        for values in figures.values():
            if len(values) == 1:
                values.clear()
    for _ in range(count):
        act()


def lines(found: Mapping[str, Mapping[str, list[float]]]) -> Iterator[tuple[str, dict[str, float]]]:
    """Each figure's medians by build, beside the median of the rounds' ratios to the first build's."""
    for figure, by_name in found.items():
        yield figure, {name: statistics.median(values) for name, values in by_name.items()}


def report(found: Mapping[str, Mapping[str, list[float]]]) -> None:
    """The table, and the ratios as JSON."""
    ratios: dict[str, float] = {}
    for figure, by_name in lines(found):
        plain = figure.endswith(("units", "MB"))
        said = "  ".join(
            f"{name} {value:.1f}" if plain else f"{name} {value * 1e3:.2f} ms" for name, value in by_name.items()
        )
        print(f"{figure:<52} {said}")
        for other in by_name:
            if other not in ("now", "bare") and not plain:
                pairs = zip(found[figure]["now"], found[figure][other], strict=True)
                ratios[f"{figure}: now / {other}"] = round(statistics.median(one / two for one, two in pairs), 3)
    for case in ("an open", "a call of the API", "the fold of a hit"):
        bare = found.get("cold: an open", {}).get("bare")
        for name, values in found.get(f"cold: {case}", {}).items() if bare else ():
            if name != "bare" and bare:
                pairs = zip(values, bare, strict=True)
                ratios[f"cold: {case}: {name} / bare"] = round(statistics.median(one / two for one, two in pairs), 3)
    for name in found.get("further: event 250", {}):
        one, two = found["further: event 250"][name], found["further: event 2"][name]
        pairs = zip(one, two, strict=True)
        ratios[f"further: event 250 / event 2: {name}"] = round(statistics.median(x / y for x, y in pairs), 3)
    print(json.dumps(ratios))


def main(arguments: list[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="the zip of an earlier build")
    parser.add_argument("--only", choices=("cold", "warm", "further"))
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary, started() as aws, ExitStack() as stack:
        home = Path(temporary)
        shipped = lambda_runtime.unpack(packaging.shipped(), home / "now")
        builds = {
            "now": Build(shipped, {}),
            "boto3": Build(shipped, {"TABLE_CLIENT": "boto3"}),
            **({"before": Build(lambda_runtime.unpack(asked.beside, home / "before"), {})} if asked.beside else {}),
            "bare": Build(lambda_runtime.unpack(packed("bare", BARE, "", compiled=True), home / "bare"), {}),
        }
        bench = Bench(aws, builds, home)
        if asked.only in (None, "cold"):
            rounds_of(asked.rounds, bench.cold, bench.found)
        processes = kept(bench, stack) if asked.only != "cold" else {}
        if asked.only in (None, "warm"):
            rounds_of(asked.rounds, lambda: bench.warm(processes), bench.found)
        if asked.only in (None, "further"):
            rounds_of(max(1, asked.rounds // 2), lambda: bench.further(processes), bench.found)
        report(bench.found)


if __name__ == "__main__":
    main(sys.argv[1:])
