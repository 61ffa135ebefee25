"""The fault sweep: `python -m tests.bench.faults [--every N] [--processes N]`.

A fixed story, and each of its calls of AWS fails in turn.
For each call, each fault (tests/faults.py): once, as a passing trouble that boto3's own retries may see through; and
lasting, until the function that met it ends. The end must be that of a story without faults: the table, the mails that
went out and the pushes. Two ends are right beside it, and are told apart:

- *again*: a mail or push went out twice, where its service's yes, or the note of it, got lost (README.md, *What can go
  wrong*)
- *never*: the process died before it had written a hit, so nobody was answered: the end is that of a story without it

The last line is JSON.
"""

import argparse
import copy
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TextIO

from chalicelib.log import logger
from tests.embedded import Embedded, started
from tests.faults import LASTING, Ending, Fault, Shaken, Wire, shaking
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, GMAIL_PROXY, GOOGLE, HOME, SENT, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.snapshots import Snapshot

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SAFE_LINKS = "40.94.89.70"
LINKS = "".join(f'<p><a href="https://example.com/{n}">part {n}</a></p>' for n in range(4))
BOUNCE = Path(__file__).parent.parent / "events" / "ses_bounce.json"


@dataclass
class Story:
    """One play of the story: `made` is what its steps leave to those after them."""

    system: Shaken
    made: dict[str, Any] = field(default_factory=dict)

    def step(self, number: int) -> None:
        """One step of it. The names that AWS draws in it are its own, however many were drawn before."""
        self.system.aws.draw_from(number + 1)
        list(STEPS.values())[number](self)
        self.system.follow()


def _send(story: Story) -> None:
    recipients = [{"email": "bob@example.com", "name": "Bob"}, {"email": "carol@gmail.com", "name": "Carol"}]
    story.made["offer"] = story.system.send(recipients=recipients, html=LINKS)
    story.made["terms"] = story.system.send(subject="Terms", recipients=["dave@example.com"], html=LINKS)
    story.made["note"] = story.system.send(subject="Note", recipients=["eve@example.com"])


def _held(story: Story) -> None:
    story.system.clicked(story.made["terms"], 600, CHROME, HOME)
    story.system.follow()
    story.system.minute(7200)


def _burst(story: Story) -> None:
    for link in range(4):
        story.system.clicked(story.made["offer"], 9000 + link / 12, CHROME, SAFE_LINKS, link=link)


def _open(story: Story) -> None:
    offer = story.made["offer"]
    story.system.opened(offer, 12_000, APPLE_PREFETCH, APPLE_RELAY, recipient=1)
    story.system.opened(offer, 12_600, THUNDERBIRD, HOME)
    story.system.follow()
    story.system.opened(offer, 13_000, THUNDERBIRD, HOME)
    story.system.opened(offer, 13_200, GMAIL_PROXY, GOOGLE, recipient=1)


def _click(story: Story) -> None:
    story.system.clicked(story.made["offer"], 16_000, CHROME, HOME, link=2)
    story.system.follow()
    story.system.minute(18_000)
    story.system.minute(18_300)  # what the first of them told kept the click waiting, or did not: now both were mailed


def _reply(story: Story) -> None:
    story.system.receive(an_answer(), reply_to(story.made["offer"]), after=20_000)


def _bounce(story: Story) -> None:
    story.system.now = SENT + 21_000
    said = json.loads(BOUNCE.read_text())
    said["bounce"]["bouncedRecipients"] = [{"emailAddress": "eve@example.com"}]
    said["mail"]["headers"].append({"name": "X-Unsealed", "value": story.made["note"]["id"]})
    story.system.told_by_ses(said)


def _summary(story: Story) -> None:
    story.system.hour(30_000)


def _withdrawal(story: Story) -> None:
    story.system.now = SENT + 36_000
    page = story.made["offer"]["recipients"][0]["page_url"]
    assert story.system.ask("POST", page, b"sure=yes&answer=refuse", FORM).status in (200, 303)
    story.system.follow()
    story.system.opened(story.made["offer"], 37_000, THUNDERBIRD, HOME)
    story.system.follow()
    story.system.minute(38_000)


def _removal(story: Story) -> None:
    story.system.now = SENT + 40_000
    assert story.system.call("DELETE", f"/v1/messages/{story.made['terms']['id']}").status in (204, 404)
    story.system.minute(41_000)


def _quiet_hours(story: Story) -> None:
    """At night an open waits for the morning; the digest comes an hour later."""
    story.system.now = SENT + 42_000  # Tuesday, 3:53 in Berlin
    wishes = {"quiet": {"from": "00:00", "to": "07:00"}, "digest": {"when": "daily", "hour": 8}}
    assert story.system.call("PUT", "/v1/preferences", wishes).status == 200
    story.made["plan"] = story.system.send(
        subject="Plan", recipients=["fay@example.com"], thread="<plan@x>", remind="tomorrow"
    )
    story.system.opened(story.made["plan"], 44_000, THUNDERBIRD, HOME)
    story.system.follow()
    story.system.minute(53_300)
    story.system.minute(56_900)


def _reminder(story: Story) -> None:
    """The next day's digest, and the reminder of the mail that was read and not answered."""
    story.system.minute(143_300)
    story.system.minute(146_900)


STEPS: dict[str, Callable[[Story], None]] = {
    "three messages are sent": _send,
    "a held click, and the minute that tells it": _held,
    "a scanner's burst": _burst,
    "opens by people and a prefetch": _open,
    "a click": _click,
    "an answer by mail": _reply,
    "a bounce": _bounce,
    "the summaries": _summary,
    "a withdrawal, and an open after it": _withdrawal,
    "a message is deleted": _removal,
    "an open in quiet hours, and a digest": _quiet_hours,
    "another digest, and a reminder": _reminder,
}


def begun(aws: Embedded, wire: Wire) -> Story:
    """The story before its first step."""
    aws.reset()
    wire.fail(0, Fault.BROKEN)
    story = Story(Shaken(aws, wire))
    for number in range(2):
        phone = {"platform": "apns", "token": f"a device token, {number}", "name": "phone"}
        assert story.system.call("POST", "/v1/devices", phone).status == 201
    assert story.system.call("PUT", "/v1/preferences", {"push": True}).status == 200
    wire.fail(0, Fault.BROKEN)  # counts anew
    return story


@dataclass(frozen=True)
class Point:
    """The story as it should be, where a step of it begins or where it ends: `calls` had been made by then."""

    calls: int
    aws: Snapshot
    made: dict[str, Any]
    sender: str
    now: float
    asked: int

    @classmethod
    def of(cls, story: Story) -> "Point":
        """Where a story is."""
        system = story.system
        here = Snapshot.of(system.aws), copy.deepcopy(story.made), system.sender, system.now, system.asked
        return cls(len(system.wire.made), *here)

    def again(self, aws: Embedded, wire: Wire, unasked: frozenset[str] = frozenset()) -> Story:
        """The story, to be gone on with from here. What was played before is not played again."""
        self.aws.restore(aws)
        system = Shaken(aws, wire, unasked, self.sender)
        system.now, system.asked = self.now, self.asked
        return Story(system, copy.deepcopy(self.made))

    def same(self, other: "Point") -> bool:
        """Whether all that comes after is the same, since all is that it depends on."""
        mine, others = ((each.aws, each.made, each.sender, each.now, each.asked) for each in (self, other))
        return mine == others


@dataclass(frozen=True)
class Trial:
    """One call and how it fails."""

    number: int
    fault: Fault
    lasting: bool

    @property
    def column(self) -> str:
        return f"{self.fault}, lasting" if self.lasting else str(self.fault)


ENDS = ("equal", "again", "never", "wrong")
COLUMNS = [*((fault, False) for fault in Fault), *((fault, True) for fault in LASTING)]


class Sweep:
    """All trials upon one AWS. Raises AssertionError for an end that is none of those that are right.

    A trial begins where the step begins in which its call fails, and ends as soon as all is as it should be after a step.
    """

    def __init__(self, aws: Embedded, wire: Wire) -> None:
        self.aws, self.wire = aws, wire
        story = begun(aws, wire)
        self.points = [Point.of(story)]
        for number in range(len(STEPS)):
            story.step(number)
            self.points.append(Point.of(story))
        self.calls, self.right = list(wire.made), story.system.ending()
        self.steps = [(name, point.calls) for name, point in zip(STEPS, self.points, strict=False)]
        self._without: dict[frozenset[str], Ending] = {}

    @property
    def first_hit(self) -> int:
        """The number of the call by which the first hit is put."""
        return self.steps[1][1] + 1

    def trials(self) -> Iterator[Trial]:
        """Every call and every fault."""
        for number in range(1, len(self.calls) + 1):
            for fault, lasting in COLUMNS:
                yield Trial(number, fault, lasting)

    def step(self, trial: Trial) -> int:
        """The number of the step that a trial is in."""
        return max(number for number, (_, before) in enumerate(self.steps) if before < trial.number)

    def run(self, trial: Trial) -> str:
        """How it ended: `equal`, `again`, `never`. Raises AssertionError, saying what differs."""
        first = self.step(trial)
        story = self.points[first].again(self.aws, self.wire)
        self.wire.fail(trial.number - self.points[first].calls, trial.fault, lasting=trial.lasting)
        where = f"{self.steps[first][0]}, call {trial.number} ({self.calls[trial.number - 1]}), {trial.column}"
        for number in range(first, len(STEPS)):
            story.step(number)
            assert self.wire.at == self.calls[trial.number - 1], f"{where}: the story is not the same each time"
            if not story.system.lost and Point.of(story).same(self.points[number + 1]):
                return "equal"
        found, again = story.system.ending(), self.wire.sent_unmarked
        if found == self.right:
            return "equal"
        if again and found.repeats(self.right):
            return "again"
        lost = frozenset(story.system.lost)
        if lost and trial.fault is Fault.KILLED and found == self.without(lost, first):
            return "never"
        raise AssertionError(f"{where}:\n{found.beside(self.right)}")

    def without(self, hits: frozenset[str], first: int) -> Ending:
        """The end of a story in which these hits, of its step of this number, never came."""
        if hits not in self._without:
            story = self.points[first].again(self.aws, self.wire, hits)
            self.wire.fail(0, Fault.BROKEN)
            for number in range(first, len(STEPS)):
                story.step(number)
            self._without[hits] = story.system.ending()
        return self._without[hits]


def table(sweep: Sweep, ends: Mapping[Trial, str]) -> str:
    """The trials by step and fault: how many of them ended in each way."""
    columns = list(dict.fromkeys(trial.column for trial in sweep.trials()))
    lines = ["| step | calls | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    for number, (name, _) in enumerate(sweep.steps):
        mine = [trial for trial in ends if sweep.step(trial) == number]
        cells = []
        for column in columns:
            found = Counter(ends[trial] for trial in mine if trial.column == column)
            cells.append(", ".join(f"{found[end]} {end}" for end in ENDS if found[end]))
        calls = len({trial.number for trial in mine})
        lines.append(f"| {name} | {calls} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def quiet(nowhere: TextIO) -> None:
    """Let nothing of what goes wrong on purpose be printed; what is logged is still seen by who listens."""
    logging.getLogger("infra").setLevel(logging.CRITICAL + 1)
    for handler in logger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(nowhere)


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--every", type=int, default=1, help="only every n-th trial")
    wanted.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = wanted.parse_args()
    with _sweeping() as sweep:
        shares = [(number, asked.processes, asked.every) for number in range(asked.processes)]
        with ProcessPoolExecutor(asked.processes, get_context("spawn")) as pool:
            ends = {trial: end for share in pool.map(_share, shares) for trial, end in share.items()}
        print(table(sweep, ends))
    found = Counter(ends.values())
    print(json.dumps({"calls": len(sweep.calls), "trials": len(ends), **{end: found[end] for end in ENDS}}))


@contextmanager
def _sweeping() -> Iterator[Sweep]:
    with Path(os.devnull).open("w") as nowhere, started() as aws, shaking(aws) as wire:
        quiet(nowhere)
        yield Sweep(aws, wire)


def _share(share: tuple[int, int, int]) -> dict[Trial, str]:
    """One process's part of the trials."""
    number, of, every = share
    ends = {}
    with _sweeping() as sweep:
        for trial in list(sweep.trials())[::every][number::of]:
            try:
                ends[trial] = sweep.run(trial)
            except AssertionError as wrong:
                ends[trial] = "wrong"
                print(wrong, file=sys.stderr, flush=True)
    return ends


if __name__ == "__main__":
    main()
