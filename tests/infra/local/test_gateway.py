import base64
import http.client
import json
import threading
import uuid

import pytest
from chalice import Chalice, Response

from infra.local.clock import Clock
from infra.local.gateway import MOST_BODY, MOST_HEADERS, Gateway, answer, event
from infra.local.httpd import Request, Server
from infra.local.proxies import proxies, source_ip

ROUTES = {
    "/": {"GET": 1},
    "/o/{token}": {"GET": 1, "HEAD": 1},
    "/v1/messages": {"POST": 1},
    "/v1/{kind}": {"GET": 1},
    "/v1/messages/{id}/replies": {"POST": 1},
}


def an_event(method, path, headers=(), body=b""):
    return event(method, path, headers, body, 1795294800.25, "c0ffee", "203.0.113.7", ROUTES)


def test_an_event_has_what_a_proxy_integration_gets():
    made = an_event(
        "GET",
        "/o/abc?a=1&a=2&b=x%20y&c=",
        [("User-Agent", "Thunderbird"), ("Accept", "image/gif"), ("Accept", "*/*"), ("Host", "track.example")],
    )
    assert (made["resource"], made["path"], made["httpMethod"]) == ("/o/{token}", "/o/abc", "GET")
    assert made["pathParameters"] == {"token": "abc"}
    assert made["headers"]["Accept"] == "*/*"
    assert made["multiValueHeaders"]["Accept"] == ["image/gif", "*/*"]
    assert made["queryStringParameters"] == {"a": "2", "b": "x y", "c": ""}
    assert made["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": ["x y"], "c": [""]}
    assert (made["body"], made["isBase64Encoded"], made["stageVariables"]) == (None, False, None)
    context = made["requestContext"]
    assert (context["resourcePath"], context["httpMethod"], context["requestId"]) == ("/o/{token}", "GET", "c0ffee")
    assert (context["requestTimeEpoch"], context["requestTime"]) == (1795294800250, "21/Nov/2026:21:00:00 +0000")
    assert (context["identity"]["sourceIp"], context["identity"]["userAgent"]) == ("203.0.113.7", "Thunderbird")
    assert context["domainName"] == "track.example"


def test_nothing_asked_is_none_as_at_the_gateway():
    made = an_event("GET", "/")
    assert made["pathParameters"] is made["queryStringParameters"] is made["multiValueQueryStringParameters"] is None


def test_bodies_come_as_base64_since_every_type_is_binary():
    made = an_event("POST", "/v1/messages", body=b'{"a": 1}')
    assert made["isBase64Encoded"] is True
    assert base64.b64decode(made["body"]) == b'{"a": 1}'


@pytest.mark.parametrize(
    ("path", "resource", "parameters"),
    [
        ("/o/a%20b", "/o/{token}", {"token": "a%20b"}),
        ("/o/a%2Fb", "/o/{token}", {"token": "a%2Fb"}),
        ("/o/a+b.gif/", "/o/{token}", {"token": "a+b.gif"}),
        ("/v1/contacts", "/v1/{kind}", {"kind": "contacts"}),
    ],
)
def test_a_parameter_is_exactly_one_part_of_the_path_and_stays_encoded(path, resource, parameters):
    made = an_event("GET", path)
    assert (made["resource"], made["pathParameters"]) == (resource, parameters)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/o"),
        ("GET", "//o/a"),
        ("GET", "//x/o/a"),
        ("GET", "/o/a/b"),
        ("PUT", "/o/a"),
        ("GET", "/v1/messages"),
        ("GET", "/v1/messages/a/replies/b"),
    ],
)
def test_what_no_route_takes_is_refused_by_the_gateway(method, path):
    assert an_event(method, path) is None


def test_an_answer_is_decoded_and_its_headers_kept_in_their_number():
    made = answer(
        {
            "statusCode": 201,
            "headers": {"Content-Type": "image/gif", "WWW-Authenticate": "Bearer"},
            "multiValueHeaders": {"Set-Cookie": ["a", "b"]},
            "body": base64.b64encode(b"GIF89a").decode(),
            "isBase64Encoded": True,
        }
    )
    assert (made.status, made.body) == (201, b"GIF89a")
    assert made.headers == [
        ("Content-Type", "image/gif"),
        ("x-amzn-Remapped-WWW-Authenticate", "Bearer"),
        ("Set-Cookie", "a"),
        ("Set-Cookie", "b"),
    ]


@pytest.mark.parametrize(
    "result",
    [
        None,
        "text",
        {},
        {"statusCode": "200"},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": "!", "isBase64Encoded": True},
        {"statusCode": 200, "body": "x" * 6_291_457},
    ],
)
def test_what_is_no_proxy_response_is_a_502(result):
    assert answer(result).status == 502


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (None, "127.0.0.1"),
        ("198.51.100.9", "198.51.100.9"),
        ("2001:db8::1, 10.0.0.1", "2001:db8::1"),
        ("nobody", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_demo_may_say_where_its_people_are(forwarded, address):
    headers = [] if forwarded is None else [("X-Forwarded-For", forwarded)]
    assert source_ip(Request("GET", "/", headers, b"", "127.0.0.1"), None) == address


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),  # the first is what the reader claims
        ("127.0.0.1", ["6.6.6.6", "203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["203.0.113.9, 10.0.0.7"], "203.0.113.9"),  # two proxies in a row
        ("127.0.0.1", ["6.6.6.6, nonsense"], "127.0.0.1"),
        ("198.51.100.9", ["203.0.113.9"], "198.51.100.9"),  # no proxy of ours
        ("10.0.0.7", ["2001:db8::1"], "2001:db8::1"),
    ],
)
def test_where_a_request_comes_from_is_believed_of_the_proxies_named_alone(peer, forwarded, address, monkeypatch):
    monkeypatch.setenv("PROXY", "127.0.0.1, 10.0.0.0/24")
    headers = [("X-Forwarded-For", each) for each in forwarded]
    assert source_ip(Request("GET", "/", headers, b"", peer), proxies()) == address


def an_app():
    app = Chalice("fake")
    app.api.binary_types = ["*/*"]
    together = threading.Barrier(2, timeout=10)

    @app.route("/seen/{token}", methods=["GET", "HEAD", "PUT"], content_types=["text/plain"])
    def seen(token):
        request = app.current_request
        told = {
            "token": token,
            "body": len(request.raw_body),
            "context": request.context,
            "headers": dict(request.headers),
        }
        return Response(json.dumps(told).encode(), headers={"Content-Type": "application/json"})

    @app.route("/together/{name}")
    def meet(name):
        together.wait()
        return Response(app.current_request.uri_params["name"].encode(), headers={"Content-Type": "text/plain"})

    @app.route("/raises")
    def raises():
        raise LookupError("on purpose")

    @app.route("/open", cors=True)
    def opened():
        return {}

    return app


@pytest.fixture(scope="module")
def port():
    gateway = Gateway(an_app(), Clock(), lambda request: None)
    server = Server("127.0.0.1", 0, gateway, MOST_HEADERS, MOST_BODY)
    server.start()
    yield server.port
    server.stop()


def ask(port, method, path, body=None, headers=None, accept="*/*"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, {"Accept": accept, **(headers or {})})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def test_a_request_passes_through_chalice_and_back(port):
    response, content = ask(
        port, "PUT", "/seen/a%2Fb", b"abc", {"Content-Type": "text/plain", "X-Forwarded-For": "192.0.2.1"}
    )
    told = json.loads(content)
    assert (response.status, told["token"], told["body"]) == (200, "a%2Fb", 3)
    assert told["context"]["identity"]["sourceIp"] == "192.0.2.1"
    assert told["headers"]["x-forwarded-for"] == "192.0.2.1, 127.0.0.1"
    assert uuid.UUID(told["context"]["requestId"]) == uuid.UUID(response.headers["x-amzn-RequestId"])


def test_a_head_has_the_length_and_no_body(port):
    response, content = ask(port, "HEAD", "/seen/a", headers={"Content-Type": "text/plain"})
    assert (response.status, content) == (200, b"")
    assert int(response.headers["Content-Length"]) > 100


def test_two_requests_at_once_do_not_see_each_other(port):
    names = {}
    threads = [
        threading.Thread(target=lambda name=name: names.update({name: ask(port, "GET", f"/together/{name}")[1]}))
        for name in ("ann", "bob")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == {"ann": b"ann", "bob": b"bob"}


def test_the_gateway_speaks_for_itself_where_no_function_does(port):
    response, content = ask(port, "GET", "/nothing")
    assert (response.status, json.loads(content)) == (403, {"message": "Missing Authentication Token"})
    assert ask(port, "DELETE", "/seen/a")[0].status == 403
    assert ask(port, "OPTIONS", "/seen/a")[0].status == 403
    preflight, _ = ask(port, "OPTIONS", "/open")
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET,OPTIONS"


def test_what_is_too_long_is_said_to_be(port):
    text = {"Content-Type": "text/plain"}
    fits, too_long = b"x" * 4_700_000, b"x" * 4_720_000
    assert json.loads(ask(port, "PUT", "/seen/a", fits, text)[1])["body"] == len(fits)
    assert ask(port, "PUT", "/seen/a", too_long, text)[0].status == 413
    assert ask(port, "GET", "/seen/a", headers={**text, "X-Long": "x" * 10_240})[0].status == 431


def test_a_view_that_raises_is_a_500_and_the_next_request_is_answered(port, caplog):
    assert ask(port, "GET", "/raises")[0].status == 500
    assert ask(port, "GET", "/open")[0].status == 200
