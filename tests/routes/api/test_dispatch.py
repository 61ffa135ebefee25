"""Bad input: each is answered by a problem that names the field, changes nothing, and is never our fault."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.routes.api.calls import ROUTES
from tests.system import System
from tests.trouble import logged, refusing, the_table

BOB = {"subject": "Offer", "recipients": ["bob@example.com"]}


def but(**changes) -> dict:
    return {**BOB, **changes}


def raw(text: str) -> bytes:
    return text.encode()


DEEP = 100_000
BAD_MESSAGES = {
    # the body itself
    "no body": (b"", 400, "body"),
    "no JSON": (b"subject=Offer", 400, "body"),
    "half of it": (b'{"subject": "Offer", "recipients": ["bo', 400, "body"),
    "two of them": (json.dumps(BOB).encode() * 2, 400, "body"),
    "no UTF-8": (b"\xff\xfe\x00", 400, "body"),
    "no UTF-8 in a string": (b'{"subject": "\xff", "recipients": ["bob@example.com"]}', 400, "body"),
    "half a surrogate pair": (rb'{"subject": "\ud800", "recipients": ["bob@example.com"]}', 400, "body"),
    "half a pair as bytes": (b'{"subject": "\xed\xa0\x80", "recipients": ["bob@example.com"]}', 400, "body"),
    "not a number": (b'{"subject": NaN}', 400, "body"),
    "a list": (b"[]", 422, "body"),
    "null": (b"null", 422, "body"),
    "a number": (b"1" * 4_000, 422, "body"),
    "deep lists": (b"[" * DEEP, 422, "body"),
    "deep lists within": (raw('{"subject": "x", "recipients": ' + "[" * DEEP), 422, "recipients[0]"),
    "deep objects": (raw('{"recipients":[' + '{"email":' * DEEP), 422, "recipients[0].email"),
    # fields
    "an unknown field": (but(bcc="eve@example.com"), 422, "bcc"),
    "an unknown field of a recipient": (
        but(recipients=[{"email": "b@x.example", "nme": "B"}]),
        422,
        "recipients[0].nme",
    ),
    "no subject": ({"recipients": ["bob@example.com"]}, 422, "subject"),
    "no recipients field": ({"subject": "Offer"}, 422, "recipients"),
    "a subject that is none": (but(subject=5), 422, "subject"),
    "a subject without end": (but(subject="x" * 999), 422, "subject"),
    "a thread without end": (but(thread="x" * 999), 422, "thread"),
    "HTML that is a list": (but(html=["<p>"]), 422, "html"),
    "links that are text": (but(links="https://example.com"), 422, "links"),
    "a link that is a number": (but(links=["https://example.com", 1]), 422, "links[1]"),
    # recipients
    "no recipients": (but(recipients=[]), 422, "recipients"),
    "too many": (but(recipients=[f"b{n}@example.com" for n in range(51)]), 422, "recipients"),
    "far too many": (but(recipients=["b@example.com"] * 20_000), 422, "recipients"),
    "an address that is none": (but(recipients=["bob@example.com", "bob"]), 422, "recipients[1].email"),
    "an address with a header in it": (but(recipients=["b@x.example\r\nBcc: e@x.example"]), 422, "recipients[0].email"),
    "an address with a NUL": (but(recipients=["b\x00@x.example"]), 422, "recipients[0].email"),
    "somebody twice": (but(recipients=["bob@example.com", "BOB@example.com"]), 422, "recipients[1]"),
    "nobody": (but(recipients=[None]), 422, "recipients[0]"),
    "a name without end": (but(recipients=[{"email": "b@x.example", "name": "x" * 201}]), 422, "recipients[0].name"),
    "a consent that is none": (
        but(recipients=[{"email": "b@x.example", "consent": "maybe"}]),
        422,
        "recipients[0].consent",
    ),
    # what is sent, where it leads, and when
    "HTML beyond the limit": (but(html="x" * 1_000_001), 413, "html"),
    "links beyond the limit": (but(links=["https://example.com/" + "x" * 4_000] * 51), 413, "links"),
    "a link that is a script": (but(links=["https://example.com", "javascript:alert(1)"]), 422, "links[1]"),
    "a link that is data": (but(links=["data:text/html,x"]), 422, "links[0]"),
    "a link with a line break": (but(links=["https://example.com/\r\nSet-Cookie: a=b"]), 422, "links[0]"),
    "a link with a backslash": (but(links=["https:\\\\example.com"]), 422, "links[0]"),
    "a link with a user": (but(links=["https://example.com@evil.example/"]), 422, "links[0]"),
    "a link without a host": (but(links=["https:///x"]), 422, "links[0]"),
    "a link without end": (but(links=["https://example.com/" + "x" * 5_000]), 422, "links[0]"),
    "a date in the future": (but(sent_at="2027-01-01T00:00:00Z"), 422, "sent_at"),
    "a date before there was mail": (but(sent_at="1969-12-31T23:59:59Z"), 422, "sent_at"),
    "the first date of all": (but(sent_at="0001-01-01T00:00:00+14:00"), 422, "sent_at"),
    "the last date of all": (but(sent_at="9999-12-31T23:59:59-14:00"), 422, "sent_at"),
    "a date without a zone": (but(sent_at="2026-09-21T14:00:00"), 422, "sent_at"),
    "a date in words": (but(sent_at="yesterday"), 422, "sent_at"),
    "a date as a number": (but(sent_at=1_790_000_000), 422, "sent_at"),
    "a huge number": (raw('{"subject": "x", "recipients": [], "sent_at": 1e999}'), 422, "sent_at"),
}


def is_a_problem(answer, status: int, field: str | None) -> bool:
    problem = answer.json
    return (
        answer.status == problem["status"] == status
        and answer.headers["content-type"] == "application/problem+json"
        and problem.get("field") == field
        and problem["detail"].endswith(".")
        and len(problem["detail"]) < 400
        and problem["title"].split()[0] in ("Bad", "Not", "Content", "Unprocessable", "Internal")
    )


@pytest.mark.parametrize(("body", "status", "field"), BAD_MESSAGES.values(), ids=BAD_MESSAGES.keys())
def test_a_message_that_cannot_be_is_refused_by_its_field_and_nothing_is_written(system: System, body, status, field):
    system.send()
    before = system.kept()
    answer = system.call("POST", "/v1/messages", body)
    assert is_a_problem(answer, status, field), answer.body
    assert system.kept() == before


OTHERS = {
    "a cursor of another list": ("GET", "/v1/messages?after=Y29udGFjdHM6eA", None, 422, "after"),
    "no cursor at all": ("GET", "/v1/feed?after=%ED%A0%80", None, 422, "after"),
    "a limit of nothing": ("GET", "/v1/messages?limit=0", None, 422, "limit"),
    "a limit beyond the limit": ("GET", "/v1/contacts?limit=101", None, 422, "limit"),
    "a limit in words": ("GET", "/v1/send-times?limit=all", None, 422, "limit"),
    "a huge limit": ("GET", "/v1/feed?limit=1e999", None, 422, "limit"),
    "a limit of many digits": ("GET", f"/v1/feed?limit={'9' * 5_000}", None, 422, "limit"),
    "a status that is none": ("GET", "/v1/messages?status=dead", None, 422, "status"),
    "an unknown question": ("GET", "/v1/messages?sort=up", None, 422, "sort"),
    "a question where none is": ("GET", "/v1/preferences?a=1", None, 422, "a"),
    "a wish that is none": ("PUT", "/v1/preferences", {"tell": {"open": "always"}}, 422, "tell.open"),
    "a wish of an unknown kind": ("PUT", "/v1/preferences", {"tell": {"auto_reply": "each"}}, 422, "tell.auto_reply"),
    "a wish that is a word": ("PUT", "/v1/preferences", {"email": "yes"}, 422, "email"),
    "a platform that is none": ("POST", "/v1/devices", {"platform": "sms", "token": "12345678"}, 422, "platform"),
    "a token too short": ("POST", "/v1/devices", {"platform": "fcm", "token": "1"}, 422, "token"),
    "a token without end": ("POST", "/v1/devices", {"platform": "fcm", "token": "x" * 5_000}, 422, "token"),
    "no such device": ("DELETE", "/v1/devices/none", None, 404, None),
    "no such message": ("GET", "/v1/messages/none", None, 404, None),
    "a message of any name": ("PATCH", "/v1/messages/%00%FF..%2F", {"muted": True}, 404, None),
    "a message of a very long name": ("GET", f"/v1/messages/{'x' * 3_000}", None, 404, None),
}


@pytest.mark.parametrize(("method", "path", "body", "status", "field"), OTHERS.values(), ids=OTHERS.keys())
def test_whatever_else_cannot_be_is_refused_by_its_field_and_nothing_is_written(
    system: System, method, path, body, status, field
):
    system.send()
    before = system.kept()
    answer = system.call(method, path, body)
    assert is_a_problem(answer, status, field), answer.body
    assert system.kept() == before


CHANGES = {
    "a change that is none": ({"muted": "yes"}, "muted"),
    "a change of what does not change": ({"subject": "Another"}, "subject"),
    "no date": ({"sent_at": None}, "sent_at"),
    "a date before there was mail": ({"sent_at": "1960-01-01T00:00:00Z"}, "sent_at"),
    "a date in the future": ({"sent_at": "2027-01-01T00:00:00Z"}, "sent_at"),
}


@pytest.mark.parametrize(("body", "field"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_that_cannot_be_leaves_the_message_as_it_was(system: System, body, field):
    message = system.send()
    before = system.kept()
    assert is_a_problem(system.call("PATCH", f"/v1/messages/{message['id']}", body), 422, field)
    assert system.kept() == before


REPLIES = {
    "of nobody": ({}, "recipient"),
    "of somebody else": ({"recipient": "carol@example.com"}, "recipient"),
    "of no address": ({"recipient": "bob"}, "recipient"),
    "in the future": ({"recipient": "bob@example.com", "at": "2027-01-01T00:00:00Z"}, "at"),
    "before the mail": ({"recipient": "bob@example.com", "at": "2020-01-01T00:00:00Z"}, "at"),
    "at no time": ({"recipient": "bob@example.com", "at": "noon"}, "at"),
}


@pytest.mark.parametrize(("body", "field"), REPLIES.values(), ids=REPLIES.keys())
def test_a_reply_that_cannot_be_is_not_noted(system: System, body, field):
    message = system.send()
    before = system.kept()
    assert is_a_problem(system.call("POST", f"/v1/messages/{message['id']}/replies", body), 422, field)
    assert system.kept() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png", "", "nonsense", None])
def test_a_body_is_read_as_json_whatever_it_is_called(system: System, kind):
    headers = {"Authorization": "Bearer a test's token"} | ({} if kind is None else {"Content-Type": kind})
    assert system.ask("POST", "/v1/messages", json.dumps(BOB).encode(), headers).status == 201
    answer = system.ask("POST", "/v1/messages", b"subject=Offer", headers)
    assert is_a_problem(answer, 400, "body")


def test_what_a_message_may_hold_is_given_back_as_it_came(system: System):
    subject = "a\x00b\u2028c\r\nBcc: d 😀 \u202e"
    message = system.send(subject=subject, html="\x00<p>\u2028😀</p>", thread="")
    assert system.show(message)["subject"] == subject


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_fields = st.sampled_from(
    ["subject", "recipients", "html", "links", "sent_at", "thread", "muted", "recipient", "at", "email"]
)
_WITH_BODY = [route for route in ROUTES if route.method in ("POST", "PUT", "PATCH")]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_WITH_BODY), st.dictionaries(_fields, _json, max_size=4) | _json | st.binary(max_size=30))
def test_no_body_at_all_is_our_fault(system: System, route, body):
    with logged() as lines:
        answer = system.call(route.method, route.path.replace("{id}", "0199"), body)
    assert answer.status < 500
    assert lines == []
    assert "`" not in answer.body.decode() and "Expected" not in answer.body.decode(), "the words of a library"


# -- Our own faults


def test_what_is_our_fault_says_so_and_no_more_and_stands_in_the_log(system: System):
    with refusing(the_table(), "TransactWriteItems", "ValidationException"), logged() as lines:
        answer = system.call("POST", "/v1/messages", BOB)
    assert is_a_problem(answer, 500, None)
    assert "Validation" not in answer.body.decode()
    (line,) = lines
    assert (line["level"], line["call"], line["exception_name"]) == ("ERROR", "POST /v1/messages", "ClientError")
    assert "bob@" not in str(line)
