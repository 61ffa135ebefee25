"""Requests that no client sends: every operation answers them with a clear 4xx, or as if nothing was strange; never 5xx,
and in time in proportion to their length. As API Gateway's events, and as bytes at the local front door."""

import json
import socket
from contextlib import suppress
from urllib.parse import quote, urlsplit

import pytest

from tests.hostile.operations import OPERATIONS, Operation
from tests.hostile.pumping import superlinear
from tests.system import TOKEN, Answer, System

RTL = "\u202egnp.exe"  # https://unicode.org/reports/tr36/#Bidirectional_Text_Spoofing

BODIES = {
    "NULs": b"\x00" * 1_000,
    "no UTF-8": b'{"subject": "\xff\xfe"}',
    "lone surrogates as bytes": b'"\xed\xa0\x80"',
    "a lone surrogate, escaped": rb'{"subject": "\udfff", "recipients": ["b@x.example"]}',
    "a NUL, escaped": rb'{"subject": "a\u0000b", "name": "\u0000", "email": "a\u0000@x.example", "token": "a\u0000234567"}',
    "letters from right to left": json.dumps(dict.fromkeys(("subject", "name", "email", "url"), RTL)).encode(),
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "a deep field": b'{"html": ' + b"[" * 100_000,
    "a huge number": b'{"sent_at": 1e99999, "limit": 1e99999}',
    "a long number": b"9" * 1_000_000,
    "a long negative number": b'{"sent_at": -' + b"9" * 100_000 + b"}",
    "a number with a long fraction": b"0." + b"1" * 100_000,
    "the same key twice": b'{"subject": "a", "subject": "b", "recipients": [], "recipients": ["b@x.example"]}',
    "100,000 keys": json.dumps({f"key{n}": n for n in range(100_000)}).encode(),
    "100,000 elements": json.dumps({"recipients": ["b@x.example"] * 100_000}).encode(),
    "a form": b"a=b&c=d",
    "XML with entities": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
}
HEADERS: dict[str, dict[str, str]] = {
    "NULs": {"User-Agent": "a\x00b", "X-Other": "\x00"},
    "letters from right to left": {"User-Agent": RTL, "Accept-Language": RTL},
    "lone surrogates": {"User-Agent": "\ud800", "Accept-Language": "\udfff"},
    "line breaks": {"User-Agent": "a\r\nX-Injected: b", "Referer": "\n\n<script>"},
    "a long one": {"User-Agent": "a" * 100_000, "Accept": "a/b," * 10_000},
    "unknown types": {"Content-Type": "\x00/\x00; charset=\x00", "Accept": "\x00", "Content-Encoding": "gzip"},
    "lies about the length": {"Content-Length": "-1", "Transfer-Encoding": "chunked"},
    "another method": {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "DELETE"},
    "another host": {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
}
WORDS = {
    "NULs": "\x00",
    "letters from right to left": RTL,
    "a way up": "../../etc/passwd",
    "a way up, twice coded": "..%2f..%2f",
    "keys of the table": "s#x",
    "the end of keys": "m$\U0010ffff",
    "operators": "$ne[]={}",
    "very long": "a" * 5_000,
    "spaces": "   ",
    "nothing but dots": "...",
}


MANY = {f"X-Header-{n}": "a" for n in range(100_000)}
LONG = b'{"subject": "' + b"a" * 10_000_000 + b'"}'
TOKENS = ["\x00", "\ud800", RTL, "a" * 1_000_000, "\r\nX: y", "' OR '1'='1", "t#", "\U0010ffff", "b\u0061\u0301"]
THOSE_THAT_TAKE_MOST = [
    operation for operation in OPERATIONS if operation.path.startswith("/v1/messages") and operation.body
]


def asked(
    system: System, operation: Operation, word: str = "none", body: bytes | None = None, **headers: str
) -> Answer:
    """One request of a sender."""
    system.now += 60  # so that no limit to their number answers for what they are
    target = operation.target(dict.fromkeys(operation.in_path, word))
    sent = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", **headers}
    return system.ask(operation.method, target, operation.example("ann") if body is None else body, sent)


def assert_clear(operation: Operation, answer: Answer) -> None:
    """An answer is as the document says, or a refusal with a sentence."""
    said = f"{operation}: {answer.status} {answer.body[:300]!r}"
    assert answer.status < 500 and answer.status != 429, said
    if answer.status < 400:
        assert str(answer.status) in operation.said["responses"], said
    else:
        assert answer.headers["content-type"] == "application/problem+json", said
        assert answer.json["status"] == answer.status and 0 < len(answer.json["detail"]) < 1_000, said


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_strange_body_is_answered_clearly_by_every_operation(system: System, body: bytes):
    for operation in OPERATIONS:
        if operation.body is not None:
            assert_clear(operation, asked(system, operation, body=body))


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_strange_headers_are_answered_clearly_by_every_operation(system: System, headers: dict[str, str]):
    for operation in OPERATIONS:
        assert_clear(operation, asked(system, operation, **headers))


def test_very_many_headers_and_a_very_long_body_are_answered_clearly(system: System):
    for operation in THOSE_THAT_TAKE_MOST:
        assert_clear(operation, asked(system, operation, **MANY))
        assert_clear(operation, asked(system, operation, body=LONG))


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS.keys())
def test_a_strange_word_in_the_path_or_the_query_is_answered_clearly(system: System, word: str):
    for operation in OPERATIONS:
        if operation.in_path:
            assert_clear(operation, asked(system, operation, word))
        for name in operation.in_query:
            target = operation.target(dict.fromkeys(operation.in_path, "none"), **{name: word})
            headers = {"Authorization": f"Bearer {TOKEN}"}
            assert_clear(operation, system.ask(operation.method, target, operation.example("ann"), headers))


def test_bytes_that_are_no_text_in_the_path_or_the_query_are_answered_clearly(system: System):
    for operation in OPERATIONS:
        target = operation.target(dict.fromkeys(operation.in_path, "none")).replace("none", "%FF%C0%80")
        query = "&".join(f"{name}=%FF%ED%A0%80" for name in operation.in_query)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert_clear(operation, system.ask(operation.method, f"{target}?{query}", operation.example("ann"), headers))


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: ascii(token[:20]))
def test_a_strange_token_is_nobodys(system: System, token: str):
    for operation in THOSE_THAT_TAKE_MOST:
        answer = asked(system, operation, Authorization=f"Bearer {token}")
        assert answer.status == 401
        assert_clear(operation, answer)


@pytest.mark.parametrize("headers", [*HEADERS.values(), MANY], ids=[*HEADERS.keys(), "100,000 of them"])
def test_pixel_and_link_answer_whatever_the_headers_and_the_open_is_kept(system: System, headers: dict[str, str]):
    (bob,) = system.send()["recipients"]
    assert system.ask("GET", bob["pixel_url"], headers=headers).status == 200
    assert system.ask("GET", bob["links"][0]["tracked_url"], headers=headers).status == 302
    assert sorted(item["kind"]["S"] for item in system.aws.items() if item["sk"]["S"].startswith("e#")) == [
        "click",
        "open",
    ]


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS.keys())
def test_pixel_and_link_answer_a_strange_token(system: System, word: str):
    for method in ("GET", "HEAD"):
        assert system.ask(method, f"/o/{quote(word, safe='')}").status == 200
        assert system.ask(method, f"/c/{quote(word, safe='')}?{quote(word)}={quote(word)}").status == 404


def test_the_time_of_a_request_is_in_proportion_to_its_length(system: System):
    create = next(each for each in OPERATIONS if str(each) == "POST /v1/messages")
    lengths = (500, 5_000, 10_000)
    assert not superlinear(lambda n: asked(system, create, **{f"X-{i}": "a" for i in range(n)}), lambda n: n, lengths)
    assert not superlinear(lambda n: asked(system, create, body=b'{"a":' * n), lambda n: n, lengths)


# -- As bytes, at the local front door

GOOD = b"GET /healthz HTTP/1.1\r\nHost: t.example\r\n"
NOT_HTTP = {
    "nothing": (b"\r\n\r\n", {400}),
    "NULs": (b"\x00" * 1_000 + b"\r\n\r\n", {400}),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", {400}),
    "a long target": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", {431}),
    "100,000 headers": (GOOD + b"A: b\r\n" * 100_000 + b"\r\n", {431}),
    "a long header": (GOOD + b"A: " + b"b" * 100_000 + b"\r\n\r\n", {431}),
    "a NUL in a header": (GOOD + b"A: b\x00c\r\n\r\n", {200, 400}),
    "a header without a name": (GOOD + b": b\r\n\r\n", {400}),
    "a space before the colon": (GOOD + b"A : b\r\n\r\n", {400}),  # RFC 9112, 5.1
    "a folded header": (GOOD + b"A: b\r\n c: d\r\n\r\n", {400}),  # RFC 9112, 5.2
    "10 MB and more": (GOOD + b"Content-Length: 11000000\r\n\r\n", {413}),
    "a length that is none": (GOOD + b"Content-Length: 0x10\r\n\r\n", {400}),
    "a negative length": (GOOD + b"Content-Length: -1\r\n\r\n", {400}),
    "two lengths": (GOOD + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n", {400}),  # RFC 9112, 6.3: smuggling
    "a length and chunks": (GOOD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "chunks in an unknown coding": (GOOD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "a chunk without a size": (GOOD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", {400}),
    "an endless chunk": (GOOD + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", {413}),
}


@pytest.mark.parametrize(("sent", "statuses"), NOT_HTTP.values(), ids=NOT_HTTP.keys())
def test_what_is_hardly_http_is_refused_and_the_next_is_answered(url: str, sent: bytes, statuses: set[int]):
    assert exchanged(url, sent) in statuses
    assert exchanged(url, GOOD + b"Connection: close\r\n\r\n") == 200


def test_ten_megabytes_are_refused_at_the_door(url: str):
    head = f"POST /v1/messages HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 10000000\r\n\r\n"
    assert exchanged(url, head.encode() + b"a" * 10_000_000) == 413


def exchanged(url: str, sent: bytes) -> int:
    """The status of the answer to these bytes."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        with suppress(ConnectionError):  # it may say no before it has read all
            connection.sendall(sent)
        answer = connection.makefile("rb").readline()
    return int(answer.split(b" ")[1])
