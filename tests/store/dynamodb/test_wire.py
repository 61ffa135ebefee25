"""The one call of the request path: signed as AWS signs, harmless twice, patient for a while, and never endless."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.config import Credentials, config
from chalicelib.store.dynamodb import wire

ITEM = {"pk": {"S": "m#1"}, "sk": {"S": "e#1"}}


Answer = tuple[int, dict[str, str] | bytes]
"""A status, and what DynamoDB says with it; or the bytes of whoever answers in its place."""


class Table:
    """A table's endpoint that gives prepared answers and remembers what it was asked. A None hangs up instead."""

    def __init__(self, answers: list[Answer | None]) -> None:
        self.answers, self.asked = answers, []
        table = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                table.asked.append((dict(self.headers), json.loads(body)))
                answer = table.answers.pop(0)
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                said = answer[1] if isinstance(answer[1], bytes) else json.dumps(answer[1]).encode()
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def table(embedded, monkeypatch) -> Iterator[type[Table]]:
    """A maker of such tables, which the settings then point at."""
    made: list[Table] = []

    def make(*answers: Answer | None) -> Table:
        made.append(Table(list(answers)))
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", made[-1].url)
        _start_anew()
        return made[-1]

    yield make
    wire.hang_up()
    for each in made:
        each.server.shutdown()
        each.server.server_close()
    monkeypatch.undo()
    _start_anew()


def _start_anew() -> None:
    config.cache_clear()
    wire.hang_up()


OK = (200, {})
THROTTLED = (400, {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"})
THERE_ALREADY = (400, {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"})
REFUSED = (400, {"__type": "com.amazon.coral.validate#ValidationException"})
BROKEN = (500, {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"})
HUNG_UP = None
NOT_JSON = (503, b"<html><h1>503 Service Unavailable</h1></html>")
NO_OBJECT = (200, b'"OK"')
TOO_DEEP = (400, b"[" * 100_000)
PASSING = {
    "throttled": THROTTLED,
    "broken": BROKEN,
    "hung up": HUNG_UP,
    "not JSON": NOT_JSON,
    "no object": NO_OBJECT,
    "too deep": TOO_DEEP,
}


@given(st.text(max_size=200), st.sampled_from(["", "a session token"]), st.integers(0, 2**31 - 1))
def test_it_is_signed_as_botocore_signs(text, session, at):
    body = json.dumps({"Item": {"pk": {"S": text}}}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    moment = wire.time.gmtime(at)
    headers = wire.sign(
        "dynamodb.eu-west-1.amazonaws.com", body, "eu-west-1", Credentials("AKID", "secret", session), moment
    )
    theirs = AWSRequest("POST", "https://dynamodb.eu-west-1.amazonaws.com/", data=body)
    for name in ("content-type", "x-amz-target"):
        theirs.headers[name] = headers[name]
    theirs.context["timestamp"] = headers["x-amz-date"]
    theirs.headers["x-amz-date"] = headers["x-amz-date"]
    if session:
        theirs.headers["x-amz-security-token"] = session
    auth = SigV4Auth(BotoCredentials("AKID", "secret", session or None), "dynamodb", "eu-west-1")
    signature = auth.signature(auth.string_to_sign(theirs, auth.canonical_request(theirs)), theirs)
    assert headers["authorization"].endswith(f"Signature={signature}")


def test_an_item_is_put_once_if_it_is_not_there(table):
    there = table(OK)
    wire.put_once("unsealed", ITEM)
    ((headers, body),) = there.asked
    assert body == {"TableName": "unsealed", "Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}
    assert headers["x-amz-target"] == "DynamoDB_20120810.PutItem"


def test_that_it_is_there_already_is_a_quiet_success(table):
    there = table(THERE_ALREADY)
    wire.put_once("unsealed", ITEM)
    assert len(there.asked) == 1


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_passing_failure_is_tried_again(table, failure):
    there = table(failure, failure, OK)
    wire.put_once("unsealed", ITEM)
    assert len(there.asked) == 3


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_patience_ends_after_three_tries(table, failure):
    there = table(failure, failure, failure)
    with pytest.raises(wire.TableUnavailable):
        wire.put_once("unsealed", ITEM)
    assert len(there.asked) == 3


def test_a_refusal_is_not_tried_again(table):
    there = table(REFUSED)
    with pytest.raises(wire.TableUnavailable, match="ValidationException"):
        wire.put_once("unsealed", ITEM)
    assert len(there.asked) == 1


def test_one_connection_serves_many_puts(table):
    there = table(OK, OK, OK)
    for _ in range(3):
        wire.put_once("unsealed", ITEM)
    assert len(there.asked) == 3


def test_nobody_there_is_a_failure_and_no_endless_wait(table):
    there = table()
    there.server.shutdown()
    there.server.server_close()
    with pytest.raises(wire.TableUnavailable, match="ConnectionRefusedError"):
        wire.put_once("unsealed", ITEM)


def test_a_table_that_says_nothing_is_asked_three_times_and_keeps_nobody_waiting_longer_than_is_told(
    embedded, monkeypatch
):
    listening = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{listening.getsockname()[1]}")
    _start_anew()
    passed: list[float] = []

    def wait_as_long_as_is_told() -> None:
        time.sleep(1.5)  # docs/failures.md
        passed.append(time.monotonic())

    meanwhile = threading.Thread(target=wait_as_long_as_is_told)  # and as late as this machine is at the same time
    began = time.monotonic()
    meanwhile.start()
    with listening, pytest.raises(wire.TableUnavailable, match="TimeoutError"):
        wire.put_once("unsealed", ITEM)
    took = time.monotonic() - began
    meanwhile.join()
    monkeypatch.undo()
    _start_anew()
    assert took / (passed[0] - began) < 1.3
