"""The API as a whole: every call needs a token, and nobody sees, changes or guesses what is another's."""

import json

import pytest

from chalicelib.routes.api import NOBODY, ROUTES, Route
from chalicelib.store.api_tokens import id_of
from chalicelib.work.registering import register
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
        assert (answer.json["status"], answer.json["title"]) == (401, "Not signed in")
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


@pytest.mark.parametrize("route", [route for route in ROUTES if "{id}" in route.path], ids=by_name)
def test_what_is_anothers_is_answered_as_what_does_not_exist(system: System, eve, route):
    message = system.send()
    device = system.call("POST", "/v1/devices", {"platform": "fcm", "token": "a device token"}).json
    names = {"devices": device["id"], "tokens": id_of("a test's token")}
    name = names.get(route.path.split("/")[2], message["id"])
    before = system.kept()
    theirs, nobodys = call(system, route, eve, id=name), call(system, route, eve, id=UNKNOWN)
    assert theirs.status == nobodys.status == 404
    assert theirs.body == nobodys.body
    left = "ratelimit"  # one less at each call
    assert {**theirs.headers, left: ""} == {**nobodys.headers, left: ""}
    assert system.kept() == before


def test_a_contact_is_what_it_did_with_ones_own_messages(system: System, eve):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    system.opened(message, 3600, THUNDERBIRD, HOME)
    system.follow()
    ours = system.call("GET", "/v1/contacts/bob@example.com").json
    theirs = system.call("GET", "/v1/contacts/bob@example.com", token=eve).json
    assert (ours["opened"], theirs["opened"]) == (1, 0)
    assert system.call("GET", "/v1/contacts/carol@example.com", token=eve).status == 404


LISTS = ["/v1/messages", "/v1/contacts", "/v1/send-times", "/v1/feed", "/v1/devices"]


def filled(system: System) -> None:
    """Something of Ann's in every list."""
    for number in range(3):
        message = system.send(subject="Ann's", recipients=[f"friend{number}@ann.example"])
        system.opened(message, 3600 + number, THUNDERBIRD, f"93.184.216.{number + 1}")
        system.follow()
    system.now = SENT + 7200
    system.hour(7200)
    system.call("POST", "/v1/devices", {"platform": "apns", "token": "ann's device token", "name": "Ann's"})


def test_no_list_and_no_cursor_shows_what_is_anothers(system: System, eve):
    filled(system)
    for path in LISTS:
        ours = system.call("GET", f"{path}?limit=1" if path != "/v1/devices" else path).json
        assert ours["items"], path
        shown = [system.call("GET", path, token=eve)]
        if ours["next"]:
            shown.append(system.call("GET", f"{path}?after={ours['next']}", token=eve))
        for answer in shown:
            assert answer.status == 200, path
            assert "ann" not in answer.body.decode().lower(), path


def test_what_one_wishes_changes_nothing_for_the_other(system: System, eve):
    system.call("PUT", "/v1/preferences", {"email": False, "tell": {"open": "never"}}, eve)
    assert system.call("GET", "/v1/preferences").json == {
        "email": True,
        "push": True,
        "keep": "full",
        "footer": False,
        "text_links": False,
        "tell": {"open": "first", "click": "first", "reply": "each", "bounce": "each"},
    }
