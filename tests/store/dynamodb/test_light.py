"""DynamoDB without boto3, judged by boto3: the same requests for the same questions, the same of the same answers."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.store import failures, table
from chalicelib.store.dynamodb import sdk, wire
from chalicelib.store.keys import Key
from chalicelib.store.writes import NEW, PRESENT, THERE, absent_or, at_most, equal
from infra.local.httpd import Request, Response, Server
from tests.embedded import Embedded

KEY, OTHER = Key("s#1", "m#1"), Key("s#1", "m#2")
ITEM = {
    "pk": "s#1",
    "sk": "m#1",
    "subject": "Grüße 🎈",
    "at": 1.5,
    "count": 7,
    "muted": True,
    "raw": b"\x00\xff",
    "tell": {"open": "now"},
    "links": ["a", "b"],
    "none": None,
    "empty": (),
}
JSON = (("Content-Type", "application/x-amz-json-1.0"),)


@dataclass(frozen=True)
class Question:
    """One thing that is asked at the door, and what DynamoDB answers each of its calls."""

    ask: Callable[[], Any]
    answers: tuple[tuple[int, Any], ...] = ((200, {}),)


def wire_item(**more: Any) -> dict[str, Any]:
    return {"pk": {"S": "s#1"}, "sk": {"S": "m#1"}, **more}


WORN = {
    "raw": {"B": "AP8="},
    "n": {"N": "12"},
    "x": {"N": "1.25"},
    "l": {"L": [{"S": "a"}, {"M": {"b": {"BOOL": True}}}]},
}
FIRST_PAGE = {"Items": [wire_item()], "LastEvaluatedKey": wire_item()}
SECOND_PAGE = {"Items": [wire_item(**WORN)]}
DUE = {"Items": [wire_item(due_at={"N": "5"}, due_shard={"S": "held#1"})]}

QUESTIONS = {
    "an item": Question(lambda: table.get(KEY), ((200, {"Item": wire_item(**WORN)}),)),
    "an item that is not there": Question(lambda: table.get(KEY)),
    "many": Question(
        lambda: table.get_many([KEY, OTHER]),
        (
            (
                200,
                {
                    "Responses": {"t": [wire_item()]},
                    "UnprocessedKeys": {
                        "t": {"Keys": [{"pk": {"S": "s#1"}, "sk": {"S": "m#2"}}], "ConsistentRead": True}
                    },
                },
            ),
            (200, {"Responses": {"t": [wire_item(**WORN)]}, "UnprocessedKeys": {}}),
        ),
    ),
    "more than a batch takes": Question(
        lambda: table.get_many(Key("p", str(n)) for n in range(101)), ((200, {"Responses": {}}),) * 2
    ),
    "a partition": Question(lambda: list(table.query("s#1", "m#", "m$")), ((200, FIRST_PAGE), (200, SECOND_PAGE))),
    "its newest": Question(
        lambda: list(table.query("s#1", "m#", "m$", newest_first=True, page=3)), ((200, SECOND_PAGE),)
    ),
    "a page": Question(lambda: table.page("s#1", "m#", "m$", limit=2), ((200, SECOND_PAGE),)),
    "what is due": Question(lambda: list(table.due("held#1", 7.5)), ((200, DUE),)),
    "a new item": Question(lambda: table.write([table.put(ITEM, was=None)])),
    "a changed item": Question(lambda: table.write([table.put(ITEM, was=3)])),
    "an item whatever was there": Question(lambda: table.write([table.put_always(ITEM)])),
    "several writes": Question(
        lambda: table.write(
            [table.put(ITEM, was=1), table.take_away(OTHER, version=2, kind="x"), table.take_away_always(OTHER)]
        )
    ),
    "one deletion": Question(lambda: table.write([table.take_away_always(OTHER)])),
    "a change": Question(
        lambda: table.change(KEY, {"name": "Ann", "tell.open": "now", "gone": None, "list": []}),
        ((200, {"Attributes": wire_item(**WORN)}),),
    ),
    "a count": Question(
        lambda: table.update(
            KEY, {"expires": 9}, add={"used": 2}, only_if={"used": at_most(10), "who": absent_or("x")}
        ),
        ((200, {"Attributes": wire_item()}),),
    ),
    "a change under conditions": Question(
        lambda: table.update(KEY, {"a": 1}, only_if={**THERE, "b": equal("c"), "d": PRESENT}),
        ((200, {"Attributes": wire_item()}),),
    ),
    "a new item by a change": Question(
        lambda: table.update(KEY, {"a": b"\xff"}, only_if=NEW), ((200, {"Attributes": wire_item()}),)
    ),
    "many deletions": Question(
        lambda: table.delete(Key("p", str(n)) for n in range(26)),
        (
            (200, {"UnprocessedItems": {"t": [{"DeleteRequest": {"Key": {"pk": {"S": "p"}, "sk": {"S": "3"}}}}]}}),
            (200, {"UnprocessedItems": {}}),
            (200, {}),
        ),
    ),
}

WRITE, CHANGE, READ = (
    lambda: table.write([table.put(ITEM, was=1), table.put_always(ITEM)]),
    lambda: table.update(KEY, {"a": 1}, only_if=THERE),
    lambda: table.get(KEY),
)
DECLINED = {
    "a check": "ConditionalCheckFailedException",
    "another's transaction": "TransactionConflictException",
    "a request that cannot be": "ValidationException",
    "a right that is missing": "AccessDeniedException",
    "a table that is missing": "ResourceNotFoundException",
    "an item too large": "ItemCollectionSizeLimitExceededException",
    "credentials too old": "ExpiredTokenException",
    "credentials not known yet": "UnrecognizedClientException",
    "throttled": "ThrottlingException",
    "too much for the table": "ProvisionedThroughputExceededException",
    "too much for the account": "RequestLimitExceeded",
    "a transaction of the same token": "TransactionInProgressException",
    "AWS's own": "InternalServerError",
    "a code of tomorrow": "CodeOfTomorrow",
}
CANCELLED = {
    "a check": ("None", "ConditionalCheckFailed"),
    "another's transaction": ("TransactionConflict", "None"),
    "both": ("ConditionalCheckFailed", "TransactionConflict"),
    "throttled": ("None", "ThrottlingError"),
    "too much for the table": ("ProvisionedThroughputExceeded", "None"),
    "a write that cannot be": ("ValidationError", "None"),
    "a write that cannot be, and a check": ("ValidationError", "ConditionalCheckFailed"),
    "no reason": (),
}


class Judge:
    """A table's endpoint that gives prepared answers, the last one for ever, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.answers: list[Response | None] = []
        self.server = Server("127.0.0.1", 0, self.answer)
        self.server.start()

    def answer(self, request: Request) -> Response:
        self.asked.append((request.header("x-amz-target") or "", json.loads(request.body)))
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if said is None:
            raise ConnectionError("It hangs up.")
        return said

    def prepare(self, *answers: Response | None) -> None:
        self.asked, self.answers = [], list(answers)


@pytest.fixture(scope="module")
def judge(embedded: Embedded) -> Iterator[Judge]:
    """Within it DynamoDB is the judge, and nobody pauses."""
    made, pause = Judge(), time.sleep
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{made.server.port}")
        patch.setenv("TABLE_NAME", "t")
        patch.setattr(time, "sleep", lambda _: None)
        yield made
    assert time.sleep is pause
    made.server.stop()
    _anew()


def _anew() -> None:
    config.cache_clear()
    sdk.client.cache_clear()
    wire.hang_up()
    wire._budget.left = wire._BUDGET


def by(client: str, ask: Callable[[], Any], patch: pytest.MonkeyPatch) -> Any:
    """What comes of a question, asked by this client: the answer, or the exception."""
    patch.setenv("TABLE_CLIENT", client)
    _anew()
    try:
        return ask()
    except (Conflict, failures.Refused, failures.Unavailable, ClientError, BotoCoreError) as failure:
        return failure


def said(status: int, answer: Any) -> Response:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return Response(status, JSON, body)


def declined(code: str, status: int = 400, **more: Any) -> Response:
    return said(status, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "No.", **more})


def without_token(asked: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [
        (target, {name: value for name, value in body.items() if name != "ClientRequestToken"})
        for target, body in asked
    ]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_it_asks_what_boto3_asks_and_reads_what_boto3_reads(judge: Judge, monkeypatch, question: Question):
    found = {}
    for client in ("boto3", "light"):
        judge.prepare(*(said(*answer) for answer in question.answers))
        found[client] = (by(client, question.ask, monkeypatch), without_token(judge.asked))
    assert found["light"] == found["boto3"]
    assert len(found["light"][1]) == len(question.answers)


def alike(light: Any, boto3: Any) -> bool:
    """Whether two exceptions mean the same to whoever asked."""
    if isinstance(boto3, Conflict):
        return type(light) is type(boto3)
    return (
        isinstance(boto3, ClientError | BotoCoreError)
        and isinstance(light, failures.Refused | failures.Unavailable)
        and failures.may_pass(light) == failures.may_pass(boto3)
        and (not isinstance(boto3, ClientError) or str(light).startswith(boto3.response["Error"]["Code"] + ":"))
    )


def outcomes(judge: Judge, ask: Callable[[], Any], patch: pytest.MonkeyPatch, *answers: Response | None) -> list[Any]:
    """What came of it by the light client and by boto3, each with how often it asked."""
    found = []
    for client in ("light", "boto3"):
        judge.prepare(*answers)
        found.append((by(client, ask, patch), len(judge.asked)))
    return found


@pytest.mark.parametrize("ask", [WRITE, CHANGE, READ], ids=["write", "change", "read"])
@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("code", DECLINED.values(), ids=DECLINED)
def test_a_refusal_means_what_it_means_to_boto3_and_is_tried_as_often(judge: Judge, monkeypatch, code, status, ask):
    (light, tries), (boto3, its_tries) = outcomes(judge, ask, monkeypatch, declined(code, status))
    assert tries == its_tries
    assert light == boto3 if light is None or boto3 is None else alike(light, boto3), (light, boto3)


def test_a_write_that_met_one_of_another_region_is_tried_again(judge: Judge, monkeypatch):
    (light, tries), (boto3, its_tries) = outcomes(
        judge, CHANGE, monkeypatch, declined("ReplicatedWriteConflictException")
    )
    assert tries == its_tries == wire.TRIES and alike(light, boto3)


@pytest.mark.parametrize("reasons", CANCELLED.values(), ids=CANCELLED)
def test_a_cancelled_transaction_means_what_it_means_to_boto3(judge: Judge, monkeypatch, reasons):
    answer = declined("TransactionCanceledException", CancellationReasons=[{"Code": each} for each in reasons])
    (light, tries), (boto3, its_tries) = outcomes(judge, WRITE, monkeypatch, answer)
    assert (tries, its_tries) == (1, 1) and alike(light, boto3)


STRANGE = {
    "503 in HTML": (503, b"<html><h1>503 Service Unavailable</h1></html>"),
    "502 and nothing": (502, b""),
    "504 in HTML": (504, b"<html></html>"),
    "429 and nothing": (429, b""),
    "403 in HTML": (403, b"<html><h1>Forbidden</h1></html>"),
    "413 and nothing": (413, b""),
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
def test_what_stands_in_front_of_dynamodb_is_taken_as_boto3_takes_it(judge: Judge, monkeypatch, answer):
    (light, tries), (boto3, its_tries) = outcomes(judge, READ, monkeypatch, said(*answer))
    assert tries == its_tries
    assert isinstance(light, failures.Refused | failures.Unavailable)
    assert failures.may_pass(light) == failures.may_pass(boto3)


def test_who_hangs_up_is_asked_as_often_as_boto3_does(judge: Judge, monkeypatch):
    (light, tries), (boto3, its_tries) = outcomes(judge, READ, monkeypatch, None)
    assert tries == its_tries == wire.TRIES
    assert isinstance(light, failures.Unavailable) and isinstance(boto3, BotoCoreError)


@pytest.mark.parametrize(
    "trouble",
    [None, declined("ThrottlingException"), declined("InternalServerError", 500), said(503, b"<html></html>")],
    ids=["hung up", "throttled", "broken", "503 in HTML"],
)
def test_what_passes_is_seen_through(judge: Judge, monkeypatch, trouble):
    there = said(200, {"Item": wire_item()})
    assert outcomes(judge, READ, monkeypatch, trouble, trouble, there) == [({"pk": "s#1", "sk": "m#1"}, 3)] * 2


def test_an_answer_that_is_none_is_never_an_item_that_is_not_there(judge: Judge, monkeypatch):
    """boto3 takes a page in HTML with the status 200 for an empty answer: of an item, that there is none."""
    judge.prepare(said(200, b"<html>Sign in to this network</html>"))
    assert isinstance(by("light", READ, monkeypatch), failures.Unavailable)


def test_an_answer_that_was_changed_on_its_way_is_asked_for_again(judge: Judge, monkeypatch):
    changed = Response(200, (*JSON, ("x-amz-crc32", "1")), b"{}")
    assert (
        outcomes(judge, READ, monkeypatch, changed, said(200, {"Item": wire_item()}))
        == [({"pk": "s#1", "sk": "m#1"}, 2)] * 2
    )


def test_a_transaction_has_one_token_for_all_its_tries_and_the_next_another(judge: Judge, monkeypatch):
    judge.prepare(None, declined("InternalServerError", 500), said(200, {}))
    by("light", WRITE, monkeypatch)
    tokens = [body["ClientRequestToken"] for _, body in judge.asked]
    judge.prepare(said(200, {}))
    by("light", WRITE, monkeypatch)
    assert len(tokens) == 3 and len(set(tokens)) == 1 and judge.asked[0][1]["ClientRequestToken"] not in tokens
    assert all(1 <= len(token) <= 36 for token in tokens)


def test_where_nothing_succeeds_the_tries_of_a_process_end_as_boto3s_do(judge: Judge, monkeypatch):
    counts = {}
    for client in ("light", "boto3"):
        judge.prepare(declined("InternalServerError", 500))
        by(client, READ, monkeypatch)
        for _ in range(19):
            with suppress(failures.Unavailable, ClientError):
                READ()
        counts[client] = len(judge.asked)
    assert counts["light"] == counts["boto3"] < 20 * wire.TRIES


def test_the_credentials_are_the_environments_at_each_call(judge: Judge, monkeypatch):
    """Lambda's are good for some hours; a process that is thawed may find others."""
    found: list[str] = []
    judge.prepare(said(200, {}))
    answer = judge.server.answer
    monkeypatch.setattr(
        judge.server, "answer", lambda request: found.append(request.header("authorization")) or answer(request)
    )
    for name in ("AKIDONE", "AKIDTWO"):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", name)
        by("light", READ, monkeypatch)
    assert ["AKIDONE" in found[0], "AKIDTWO" in found[1]] == [True, True]


_values = st.recursive(
    st.text(max_size=9) | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(-1e9, 1e9) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text("xyz", min_size=1), _values, max_size=4))
def test_every_item_is_written_as_boto3_writes_it(judge: Judge, item):
    asked = []
    for client in ("light", "boto3"):
        judge.prepare(said(200, {}))
        with pytest.MonkeyPatch.context() as patch:
            by(client, lambda: table.write([table.put_always({"pk": "p", "sk": "s", **item})]), patch)
        asked.append(judge.asked)
    assert asked[0] == asked[1]
