"""How good the verdicts are: `python -m tests.bench.verdicts [--cases FILE.jsonl ...] [--part held_out|tuning|all]`.

Without --cases, the project's own corpus (verdict_cases/, see its README) is measured, by default the half of it that
no rule and no weight was chosen on. A case is one message with its hits; they run through the same functions as live
traffic: observe, first guess, then judge with everything known. Prints tables, the mistakes, the same cases judged by
other systems' published rules, and last one line of JSON.
"""

import argparse
import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from chalicelib.domain.events import COUNTED, Event, EventKind, Hit, Verdict, VerdictKind
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.verdicts.first_guess import first_guess
from chalicelib.domain.verdicts.hits import ALTERED, marks, observe
from chalicelib.domain.verdicts.judging import judge
from tests.bench.other_rules import SYSTEMS

CORPUS = Path(__file__).parent / "verdict_cases"
KEY = b"the benchmark's key"
AFTERWARDS = 400 * 86400.0  # beyond every hold

Case = dict[str, Any]


def corpus(part: str = "held_out") -> list[Case]:
    """The project's own cases: `tuning`, `held_out` or `all`. The split follows from a case's id alone."""
    cases = [case for path in sorted(CORPUS.glob("*.jsonl")) for case in read(path)]
    return [case for case in cases if part in ("all", part_of(case["id"]))]


def part_of(name: str) -> str:
    return "held_out" if sha256(name.encode()).digest()[0] & 1 else "tuning"


def read(path: Path) -> list[Case]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip() and not line.startswith("#")]


def message_of(case: Case) -> Message:
    """The case's message. What is known of the sender's devices becomes marks, as the live system makes them."""
    facts = case["message"]
    sender = facts.get("sender") or {}
    own = {
        mark
        for address in sender.get("ips") or []
        for agent in sender.get("user_agents") or [""]
        for mark in marks(address, agent or "", KEY)
        if mark
    }
    recipients = facts.get("recipients") or [facts.get("recipient") or "somebody@example.com"]
    return Message(
        id=case["id"],
        sender="sender",
        subject="",
        recipients=tuple(Recipient(email) for email in recipients),
        links=tuple(f"https://example.com/{number}" for number in range(facts.get("links") or 0)),
        sent_at=float(facts["sent_at"]),
        created_at=float(facts["sent_at"]),
        trap_link=facts.get("honeypot_link"),
        own=frozenset(own),
    )


def events_of(case: Case, message: Message) -> list[Event]:
    """The case's hits as events: each observed and guessed as a request would be."""
    events = []
    for number, raw in enumerate(case["hits"]):
        headers = {str(name).lower(): str(value) for name, value in (raw.get("headers") or {}).items()}
        if raw.get("altered") or raw.get("altered_id") or raw.get("tampered"):
            headers[ALTERED] = "1"
        kind = EventKind(raw["kind"])
        hit = Hit(
            kind,
            float(raw["at"]),
            raw.get("method") or "GET",
            raw.get("user_agent") or "",
            raw.get("ip") or "",
            headers,
        )
        evidence = observe(hit, KEY)
        guess = first_guess(kind, evidence, hit.at - message.sent_at)
        link = raw.get("link")
        events.append(Event(f"{number:06}", message.id, raw.get("recipient") or 0, kind, hit.at, guess, link, evidence))
    return events


def ours(case: Case) -> Verdict:
    message = message_of(case)
    events = events_of(case, message)
    judged = {judgement.event.id: judgement for judgement in judge(message, events, AFTERWARDS + message.sent_at)}
    return judged[f"{case['target']:06}"].verdict


@dataclass(frozen=True)
class Outcome:
    """A case with the verdict that a system gave it."""

    case: Case
    verdict: Verdict

    @property
    def weight(self) -> float:
        return float(self.case.get("weight") or 1.0)

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset([self.case["expected"], *(self.case.get("also_acceptable") or [])])

    @property
    def right(self) -> bool:
        return self.verdict.kind.value in self.accepted

    @property
    def counted(self) -> bool:
        return self.verdict.kind in COUNTED


def run(cases: Iterable[Case]) -> list[Outcome]:
    return [Outcome(case, ours(case)) for case in cases]


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    total = math.fsum(outcome.weight for outcome in outcomes)
    return math.fsum(outcome.weight for outcome in outcomes if holds(outcome)) / total if total else math.nan


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The figures of a run, all weighted by the cases' weights: see the README beside the cases."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.case["expected"]].append(outcome)
    common = [those for those in kinds.values() if len(those) >= 3]
    people = [outcome for outcome in outcomes if outcome.case.get("human") is True]
    machines = [outcome for outcome in outcomes if outcome.case.get("human") is False]
    acceptable = {kind.value for kind in COUNTED}
    total = math.fsum(outcome.weight for outcome in outcomes)
    return {
        "n": len(outcomes),
        "strict": _share(outcomes, lambda o: o.verdict.kind.value == o.case["expected"]),
        "lenient": _share(outcomes, lambda o: o.right),
        "macro": _mean([_share(those, lambda o: o.verdict.kind.value == o.case["expected"]) for those in common]),
        "macro_lenient": _mean([_share(those, lambda o: o.right) for those in common]),
        "human_recall": _share(people, lambda o: o.counted),
        "machine_leak": _share(machines, lambda o: o.counted and not o.accepted & acceptable),
        "brier": math.fsum(o.weight * (o.verdict.confidence - o.right) ** 2 for o in outcomes) / total,
    }


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


def microseconds_per_hit(cases: Sequence[Case], rounds: int = 5) -> float:
    """What one hit costs from the request to its verdict in the timeline, in the fastest of some rounds."""
    prepared = [(case, message_of(case)) for case in cases]
    hits = sum(len(case["hits"]) for case in cases)
    fastest = math.inf
    for _ in range(rounds):
        start = time.perf_counter()
        for case, message in prepared:
            judge(message, events_of(case, message), AFTERWARDS + message.sent_at)
        fastest = min(fastest, time.perf_counter() - start)
    return 1e6 * fastest / max(1, hits)


def _calibration(outcomes: Sequence[Outcome]) -> str:
    rows = ["\nconfidence   cases   mean   right"]
    for low in (0.0, 0.6, 0.7, 0.8, 0.9, 0.95):
        high = {0.0: 0.6, 0.6: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
        those = [outcome for outcome in outcomes if low <= outcome.verdict.confidence < high]
        if those:
            mean = _mean([outcome.verdict.confidence for outcome in those])
            rows.append(
                f"{low:.2f}-{min(high, 1):.2f} {len(those):9}  {mean:5.3f}   {_share(those, lambda o: o.right):5.3f}"
            )
    return "\n".join(rows)


def _confusion(outcomes: Sequence[Outcome]) -> str:
    kinds = [kind.value for kind in VerdictKind]
    rows = ["\nexpected \\ given " + "".join(f"{kind:>12}" for kind in kinds)]
    for expected in kinds:
        those = [outcome for outcome in outcomes if outcome.case["expected"] == expected]
        counts = "".join(f"{sum(o.verdict.kind.value == kind for o in those) or '.':>12}" for kind in kinds)
        rows.append(f"{expected:<17}{counts}")
    return "\n".join(rows)


def people_and_machines(outcomes: Iterable[tuple[Case, bool]]) -> dict[str, float]:
    """For (case, counted as a person's) where it is known who it was: the shares right, people found, machines counted."""
    known = [(case, counted, float(case.get("weight") or 1.0)) for case, counted in outcomes]
    people = [(counted, weight) for case, counted, weight in known if case.get("human") is True]
    machines = [(counted, weight) for case, counted, weight in known if case.get("human") is False]
    found, missed = _sum(people, True), _sum(people, False)
    leaked, caught = _sum(machines, True), _sum(machines, False)
    return {
        "right": (found + caught) / (found + missed + leaked + caught),
        "people found": found / (found + missed),
        "machines counted": leaked / (leaked + caught),
    }


def _sum(those: Iterable[tuple[bool, float]], counted: bool) -> float:
    return math.fsum(weight for was_counted, weight in those if was_counted is counted)


def _comparison(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> str:
    named = {"Unsealed": people_and_machines((outcome.case, outcome.counted) for outcome in outcomes)}
    for name, counts in SYSTEMS.items():
        named[name] = people_and_machines((case, counts(case)) for case in cases)
    columns = list(named["Unsealed"])
    rows = [f"{'':<26}" + "".join(f"{column:>18}" for column in columns)]
    rows += [f"{name:<26}" + "".join(f"{row[column]:>18.3f}" for column in columns) for name, row in named.items()]
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.verdicts", description="Measure the verdicts.")
    parser.add_argument("--cases", type=Path, nargs="*", help="files of cases; by default the project's own corpus")
    parser.add_argument("--part", choices=("held_out", "tuning", "all"), default="held_out", help="of the own corpus")
    options = parser.parse_args(arguments)
    cases = [case for path in options.cases for case in read(path)] if options.cases else corpus(options.part)
    outcomes = run(cases)
    found = figures(outcomes)
    print(_confusion(outcomes))
    print(_calibration(outcomes))
    print("\nmistakes:")
    for outcome in outcomes:
        if not outcome.right:
            verdict = outcome.verdict
            print(
                f"  {outcome.case['id']}: {verdict.kind.value} {verdict.confidence:.2f} ({', '.join(verdict.reasons)}), "
                f"expected {' or '.join(sorted(outcome.accepted))}"
            )
    print("\nthe same cases by other systems' published rules:")
    print(_comparison(cases, outcomes))
    found["microseconds_per_hit"] = microseconds_per_hit(cases)
    print(json.dumps({name: None if math.isnan(value) else round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
