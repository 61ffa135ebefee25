"""The fault sweep on one machine: a call of the table fails, in each way, and the story ends as if none had.

The calls that are made to fail are drawn, the same at every run. Those who call again do it as on AWS: clients of the API, the
stream, the queue.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

import pytest

import app
from chalicelib.store.failures import Unavailable
from chalicelib.store.sqlite import stream
from infra.local import pump
from infra.local.functions import Context
from tests import one_machine
from tests.faults import _lasting
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.one_machine import OneMachine
from tests.system import TOKEN, Answer, System

EACH = 6  # calls for each way to fail


class Killed(BaseException):
    """The process is gone. Nothing may catch it."""


WAYS: dict[str, tuple[str, type[BaseException]]] = {
    "not done": ("asked", Unavailable),
    "done, but unheard": ("answered", Unavailable),
    "killed before": ("asked", Killed),
    "killed after": ("answered", Killed),
}


class Story(System):
    """A mail that is opened and answered, called again wherever a call fails."""

    def __init__(self, here: OneMachine) -> None:
        self.here = here
        self._names = iter(range(10_000))
        super().__init__(here)  # type: ignore[arg-type] # it answers as AWS does

    def ask(self, method: str, path: str, body: bytes = b"", headers: Any = None, *rest: Any, **more: Any) -> Answer:
        more["request_id"] = f"{next(self._names):032x}"
        keyed = {**(headers or {}), "Idempotency-Key": more["request_id"]}
        for _ in range(4):
            with suppress(Killed):
                answer = super().ask(method, path, body, keyed, *rest, **more)
                if answer.status < 500 and answer.status != 409:
                    return answer
        raise AssertionError(f"{method} {path} is never answered")

    def follow(self) -> None:
        self.here.replay(self._again("replay"))
        database = self.here.engine.database
        while batch := stream.records(database, 25):
            passed = lambda number: stream.passed(database, number)  # noqa: E731
            pump.Pump(lambda most: [], "follow", self._again("follow"), 25, passed).deliver(batch)

    def _again(self, function: str) -> Callable[[Any, Any], Any]:
        def call(event: Any, _: Any) -> Any:
            try:
                return getattr(app, function)(event, Context(function, now=lambda: self.now))
            except Killed as killed:
                raise RuntimeError from killed  # what the caller sees of a process that is gone

        return call

    def run_it(self) -> tuple[list[str], Counter[str]]:
        """What stands in the table in the end, and the news that were told."""
        message = self.send(sent_at="2026-09-21T14:13:20Z")
        self.follow()
        self.opened(message, 7200, THUNDERBIRD, HOME)
        self.follow()
        reply = {"recipient": "bob@example.com", "at": "2026-09-21T18:13:20Z"}
        self.now = SENT + 14_400
        self.call("POST", f"/v1/messages/{message['id']}/replies", reply, TOKEN)
        self.follow()
        for later in (15_000, 15_060, 90_000, 90_060, 90_120):  # what a minute leaves, the next one does
            with suppress(Killed, Exception):
                self.minute(later)
        mails = Counter(f"{mail['subject']}" for mail in self.here.outbox())
        return _lasting(self.here.items()), mails


@pytest.fixture(scope="module")
def here() -> Iterator[OneMachine]:
    with one_machine.started() as machine:
        yield machine


def told(here: OneMachine, way: str = "", number: int = 0) -> tuple[list[str], Counter[str], int]:
    """The end of the story in which the call of this number fails in this way, and how many calls it made."""
    here.reset()
    story = Story(here)
    calls = 0

    def listen(name: str) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise WAYS[way][1](name)

    where = WAYS[way][0] if way else "asked"
    getattr(here.engine, where).append(listen)
    items, mails = story.run_it()
    return [_unnamed(each) for each in items], mails, calls


def _unnamed(item: str) -> str:
    """Without what is drawn at random, or says how often or when it was written."""
    kept = json.loads(item)
    drop = {"pk", "sk", "message", "used_at", "tried_at", "expires", "hash", "verdict"}
    return json.dumps({name: value for name, value in kept.items() if name not in drop}, sort_keys=True)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_call_fails_the_end_is_the_same(here: OneMachine, way: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pump, "FIRST_PAUSE", 0.0)
    items, mails, calls = told(here)
    assert calls > 40 and any("opened" in subject for subject in mails) and any("replied" in each for each in mails)
    for number in Random(way).sample(range(1, calls), EACH):
        ended, sent, _ = told(here, way, number)
        assert sent.keys() == mails.keys(), f"call {number}"
        if way in ("not done", "killed before"):
            assert len(ended) == len(items), f"call {number}"
