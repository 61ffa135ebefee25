"""The API as a whole: every call needs a token. That nobody sees what is another's: tests/hostile/test_isolation.py."""

import json

import pytest

from chalicelib.routes.api.calls import NOBODY, ROUTES, Route
from chalicelib.work.accounts.registering import register
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import Answer, System

EVES_TOKEN = "eve's token"
UNKNOWN = "0" * 32
BODIES = {
    "messages.create": {"subject": "x", "recipients": ["x@example.com"]},
    "messages.change": {"muted": True},
    "messages.reply": {"recipient": "bob@example.com"},
    "account.set_preferences": {"email": False},
    "account.add_device": {"platform": "apns", "token": "a device token"},
    "sign_in.ask": {"email": "carol@sender.example"},
    "sign_in.confirm": {"email": "carol@sender.example", "code": "00000000"},
    "access.add_token": {"name": "laptop", "scopes": ["admin"]},
    "access.add_address": {"email": "ann@home.example"},
    "access.confirm_address": {"email": "ann@home.example", "code": "00000000"},
}


def path(route: Route, **named: str) -> str:
    names = {"id": UNKNOWN, "email": "bob@example.com"} | named
    return route.path.format(**names)


def call(system: System, route: Route, token: str, **named: str) -> Answer:
    return system.call(route.method, path(route, **named), BODIES.get(route.answer), token)


def by_name(route: Route) -> str:
    return f"{route.method} {route.path}"


@pytest.fixture
def eve(system: System) -> str:
    """Another sender, who has written to Bob as well."""
    register("eve@sender.example", "Eve", "UTC", EVES_TOKEN, SENT)
    system.call("POST", "/v1/messages", {"subject": "Eve's", "recipients": ["bob@example.com"]}, EVES_TOKEN)
    return EVES_TOKEN


# -- Tokens


NO_TOKEN = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer wrong",
    "Basic YTpi",
    "a test's token",
    "bearer  ",
    "Bearer a test's token2",
]


FOR_SENDERS = [route for route in ROUTES if route.scope != NOBODY]


@pytest.mark.parametrize("route", FOR_SENDERS, ids=by_name)
def test_every_call_needs_a_token_and_says_so_before_it_looks_at_anything(system: System, route):
    before = system.kept()
    for authorization in NO_TOKEN:
        headers = {"Authorization": authorization} if authorization else {}
        answer = system.ask(route.method, f"{path(route)}?unknown=1", b"no JSON at all", headers)
        assert answer.status == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-amzn-remapped-www-authenticate"] == "Bearer"
        assert (answer.json["status"], answer.json["title"]) == (401, "Unauthorized")
        sent = answer.json["detail"].startswith("This token is unknown")
        assert sent == (authorization.lower().startswith("bearer ") and bool(authorization[7:].strip()))
    assert system.kept() == before


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_written_in_any_case(system: System, scheme):
    answer = system.ask("GET", "/v1/preferences", headers={"authorization": f"{scheme} a test's token"})
    assert answer.status == 200


def test_an_answer_needs_no_accept_header_and_is_json_or_nothing(system: System):
    message = system.send()
    for route in sorted(ROUTES, key=lambda route: route.answer == "sign_in.leave"):  # which ends the token
        answer = call(system, route, "a test's token", id=message["id"])
        if answer.status == 204:
            assert answer.body == b""
        elif answer.status < 300:
            assert answer.headers["content-type"] == "application/json"
            assert json.loads(answer.body) is not None


# -- Isolation


def test_a_contact_is_what_it_did_with_ones_own_messages(system: System, eve):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    system.opened(message, 3600, THUNDERBIRD, HOME)
    system.follow()
    ours = system.call("GET", "/v1/contacts/bob@example.com").json
    theirs = system.call("GET", "/v1/contacts/bob@example.com", token=eve).json
    assert (ours["opened"], theirs["opened"]) == (1, 0)
    assert system.call("GET", "/v1/contacts/carol@example.com", token=eve).status == 404
