"""A sender sees only their own: every operation, every id, every cursor.

Two worlds: in one Victor has an account and something of everything, in the other he never was. In both Ann makes the same
requests at the same times, with Victor's ids, addresses, cursors and words in every place that takes them. Nothing that
she is answered may differ, not a byte: what is Victor's is to her as if it did not exist (noninterference: Goguen and
Meseguer, "Security Policies and Security Models", 1982). The requests are made from the OpenAPI document: a new
operation is tested by standing there, and one that cannot be tested fails.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.routes.api.cursors import cursor
from chalicelib.work.accounts.registering import register
from tests.embedded import Embedded
from tests.hostile.operations import EXAMPLES, OPERATIONS, Operation
from tests.makers import CHROME, SENT, THUNDERBIRD
from tests.system import TOKEN, Answer, System

VICTORS_TOKEN = "victor's token"
MOST_WORDS = 2  # of one name
_ORDER = ("GET", "PATCH", "POST", "PUT", "DELETE")  # what is written to first is a contact of Ann's own afterwards
IN_ORDER = sorted(OPERATIONS, key=lambda each: (_ORDER.index(each.method), not each.in_path))  # an account goes last


@dataclass(frozen=True)
class Request:
    """What Ann asks."""

    operation: Operation
    target: str
    body: bytes


@dataclass
class Person:
    """Somebody who uses the API, and the words that they were answered: by path and name."""

    system: System
    name: str
    token: str
    asked: int = 0
    words: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def ask(self, request: Request) -> Answer:
        """One request, ten seconds after the one before, with an id that is the same in both worlds."""
        self.asked += 1
        self.system.now += 10
        self.system.aws.draw_from(self.asked)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "User-Agent": CHROME}
        name = f"{self.name}-{self.asked:08}"
        operation = request.operation
        with patch("secrets.token_bytes", Random(name).randbytes):  # new tokens too are the same in both worlds
            answer = self.system.ask(operation.method, request.target, request.body, headers, "198.51.100.77", name)
        if str(operation) == "POST /v1/sign-out":
            register(f"{self.name}@sender.example", self.name, "UTC", self.token, self.system.now)
        if answer.status < 300 and answer.body and answer.headers["content-type"] == "application/json":
            self._learn(answer.json, "", self.words.setdefault(operation.path, {}))
        return answer

    def of(self, operation: Operation, **query: str) -> Request:
        """An operation upon something of theirs, or that makes something."""
        return Request(operation, operation.target(next(self.names(operation)), **query), operation.example(self.name))

    def names(self, operation: Operation) -> Iterator[dict[str, str]]:
        """What the parameters in an operation's path may be: from what the path before each of them lists or makes."""
        found = {}
        for name in operation.in_path:
            before = operation.path.partition(f"/{{{name}}}")[0]
            found[name] = self.words.get(before, {}).get(name, [])
            assert found[name], (
                f"{operation} cannot be tested: nothing that {before} lists or makes has a “{name}”. "
                "Let it, or teach tests/hostile/operations.py an example of its body."
            )
        for values in product(*found.values()):
            yield dict(zip(found, values, strict=True))

    def all_words(self) -> dict[str, list[str]]:
        """The words by their names alone."""
        found: dict[str, list[str]] = {}
        for words in self.words.values():
            for name, values in words.items():
                found[name] = list(dict.fromkeys([*found.get(name, ()), *values]))[:MOST_WORDS]
        return found

    def _learn(self, said: Any, name: str, known: dict[str, list[str]]) -> None:
        if isinstance(said, dict):
            for key, inner in said.items():
                self._learn(inner, key, known)
        elif isinstance(said, list):
            for inner in said:
                self._learn(inner, name, known)
        elif isinstance(said, str) and len(seen := known.setdefault(name, [])) < MOST_WORDS and said not in seen:
            seen.append(said)


def furnish(person: Person, since: float) -> None:
    """Something of everything: what can be made is made thrice; mails are opened and clicked; summaries are computed."""
    system = person.system
    system.now = SENT + since
    for operation, n in product([each for each in OPERATIONS if each.method == "POST" and not each.in_path], range(3)):
        answer = person.ask(Request(operation, operation.path, operation.example(person.name, n)))
        if operation.path == "/v1/messages":
            system.opened(answer.json, since + 3_600 + n, THUNDERBIRD, f"93.184.216.{n}")
            system.clicked(answer.json, since + 3_660 + n, CHROME, f"93.184.216.{n}")
    system.follow()
    system.hour(since + 7_200)
    for operation in [each for each in OPERATIONS if each.method == "GET" and not each.in_path]:
        person.ask(Request(operation, operation.path, b""))
        if operation.in_pages:
            person.ask(Request(operation, operation.target({}, limit="1"), b""))
    for operation in [each for each in OPERATIONS if each.method in ("POST", "PUT") and each.in_path]:
        person.ask(person.of(operation))
    system.follow()
    system.hour(since + 10_800)


def curious(ann: Person, victor: Person) -> Iterator[Request]:
    """All that Ann can ask about Victor's."""
    asked_by = {name for each in OPERATIONS for name in [*each.in_path, *each.in_query]} | set(EXAMPLES)
    words = {name: values for name, values in victor.all_words().items() if name in asked_by}
    for operation in IN_ORDER:
        body = operation.example(ann.name)
        targets = list(victor.names(operation))
        for names in targets:
            yield Request(operation, operation.target(names), body)
        for name in operation.in_query:
            cursors = victor.words.get(operation.path, {}).get("next", [])
            if (
                operation.method == "POST"
            ):  # of copies that one answer could not hold: of a mail as large as no test sends
                cursors = [str(cursor("copies", f"{message}.1")) for message in victor.words["/v1/messages"]["id"]]
            assert cursors or name != "after", f"{operation} cannot be tested: none of its answers had a “next”."
            for value in cursors if name == "after" else [each for some in words.values() for each in some]:
                yield Request(operation, operation.target(targets[0], **{name: value}), body)
        for other in operation.bodies_with(words, ann.name):
            yield Request(operation, operation.target(targets[0]), other)


@dataclass(frozen=True)
class World:
    """What Ann asked and was answered; what Victor was shown before and after it; how his own requests went at the end."""

    answers: list[tuple[Request, Answer]]
    before: dict[str, bytes]
    after: dict[str, bytes]
    reached: dict[str, int]


def shown(person: Person) -> dict[str, bytes]:
    """All that a sender can see of their own, as at one time."""
    found = {}
    for operation in [each for each in OPERATIONS if each.method == "GET"]:
        person.system.now = SENT + 100_000
        found[str(operation)] = person.ask(person.of(operation)).body
    return found


def with_victor(embedded: Embedded) -> World:
    """The world in which Victor has something of everything."""
    embedded.reset()
    system = System(embedded)
    register("victor@sender.example", "Victor", "UTC", VICTORS_TOKEN, SENT)
    victor, ann = Person(system, "victor", VICTORS_TOKEN), Person(system, "ann", TOKEN)
    furnish(victor, 0)
    before = shown(victor)
    system.follow()  # so that Ann's first batch of the stream begins with what is hers, as it does without him
    furnish(ann, 20_000)
    answers = [(request, ann.ask(request)) for request in list(curious(ann, victor))]
    system.follow()
    after = shown(victor)
    return World(answers, before, after, {str(each): victor.ask(victor.of(each)).status for each in IN_ORDER})


def without_victor(embedded: Embedded, requests: list[Request]) -> list[Answer]:
    """What Ann is answered in the world in which he never was."""
    embedded.reset()
    ann = Person(System(embedded), "ann", TOKEN)
    furnish(ann, 20_000)
    return [ann.ask(request) for request in requests]


@pytest.fixture(scope="module")
def world(embedded: Embedded) -> World:
    return with_victor(embedded)


@pytest.fixture(scope="module")
def alone(embedded: Embedded, world: World) -> list[Answer]:
    return without_victor(embedded, [request for request, _ in world.answers])


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_what_is_anothers_is_answered_as_what_does_not_exist(world: World, alone: list[Answer], operation: Operation):
    asked = 0
    for (request, theirs), nobodys in zip(world.answers, alone, strict=True):
        if request.operation is operation:
            asked += 1
            assert theirs == nobodys, f"{request.target} {request.body!r}"
            assert theirs.status not in (401, 429), "this tests nothing"
            assert theirs.status < 500
    assert asked


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.in_path], ids=str)
def test_an_id_of_anothers_is_not_found(world: World, operation: Operation):
    statuses = {answer.status for request, answer in world.answers if request.operation is operation}
    # A PUT makes what is not there (RFC 9110, section 9.3.4): then it made something of Ann's own, and she may delete that.
    makes = any(each.method == "PUT" and each.path.startswith(operation.path) for each in OPERATIONS)
    own = makes and operation.method in ("PUT", "DELETE")
    assert statuses <= ({404, 200, 201, 202, 204} if own else {404})


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_whose_it_is_finds_it(world: World, operation: Operation):
    assert world.reached[str(operation)] not in (401, 403, 404), "then it proves nothing that another does not find it"


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.method == "GET"], ids=str)
def test_whatever_another_asked_nothing_of_ones_own_has_changed(world: World, operation: Operation):
    assert world.after[str(operation)] == world.before[str(operation)]
    said = json.loads(world.before[str(operation)])
    assert said.get("items", True), (
        f"{operation} showed Victor nothing: then it proves nothing that it shows Ann nothing"
    )
