"""The wire, byte by byte: what clients send that the standard library's would not."""

import json
import socket

import pytest

from infra.local.httpd import Response, Server


@pytest.fixture(scope="module")
def server():
    def answer(request):
        if request.target == "/raises":
            raise LookupError("on purpose")
        told = {"method": request.method, "target": request.target, "body": request.body.decode()}
        return Response(200, [("Content-Type", "application/json")], json.dumps(told).encode())

    served = Server("127.0.0.1", 0, answer, most_headers=1000, most_body=100)
    served.start()
    yield served
    served.stop()


def say(server, sent):
    """All that is answered to these bytes until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answered = b""
        while part := connection.recv(65536):
            answered += part
    return answered


def first_line(answered):
    return answered.partition(b"\r\n")[0].decode()


def test_requests_on_one_connection_are_answered_in_order(server):
    answered = say(
        server, b"GET /a HTTP/1.1\r\n\r\nHEAD /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\nConnection: close\r\n\r\n"
    )
    assert answered.count(b"HTTP/1.1 200 OK") == 3
    assert (answered.count(b'"/a"'), answered.count(b'"/b"'), answered.count(b'"/c"')) == (1, 0, 1)
    assert b"Connection: close" in answered


def test_a_body_may_come_by_length_or_in_chunks(server):
    sized = say(server, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")
    chunked = say(
        server, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nA: b\r\n\r\n"
    )
    assert b'"hello"' in sized
    assert b'"hello"' in chunked


def test_who_asks_before_sending_is_told_to_go_on(server):
    answered = say(server, b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi")
    assert first_line(answered) == "HTTP/1.1 100 Continue"
    assert b'"hi"' in answered


def test_an_old_client_is_answered_and_left(server):
    assert b"Connection: close" in say(server, b"GET / HTTP/1.0\r\n\r\n")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / SPDY/3\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n folded: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n", 413),
        (b"GET /" + b"a" * 1100 + b" HTTP/1.1\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 600 + b"\r\nB: " + b"b" * 600 + b"\r\n\r\n", 431),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_status(server, sent, status):
    assert first_line(say(server, sent)).split(" ")[1] == str(status)


def test_a_request_cut_short_is_not_answered_and_the_next_connection_is(server):
    assert say(server, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe") == b""
    assert say(server, b"GET / HTTP/1.1\r\nHost: x") == b""
    assert first_line(say(server, b"GET / HTTP/1.1\r\n\r\n")) == "HTTP/1.1 200 OK"


def test_a_failure_ends_its_connection_only(server, caplog):
    assert say(server, b"GET /raises HTTP/1.1\r\n\r\n") == b""
    assert "on purpose" in caplog.text
    assert first_line(say(server, b"GET / HTTP/1.1\r\n\r\n")) == "HTTP/1.1 200 OK"
