"""The OpenAPI document: valid, whole, and true of what the system really answers."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chalicelib.domain.accounts import Scope
from chalicelib.domain.habits.follow_ups import Step
from chalicelib.routes.api import glossary, openapi
from chalicelib.routes.api.calls import ANY, NOBODY, ROUTES, Route
from tests.mails import a_mail
from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.system import Answer, System

AN_HOUR = 3600.0
API = Path(__file__).parents[3] / "docs" / "api.md"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(openapi.answer(ROUTES).body)


def operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    return document["paths"][path][method.lower()]


def strictly(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of a schema of the document, which takes no property that the document does not name."""
    components = copy.deepcopy(document["components"])
    for each in components["schemas"].values():
        if "properties" in each:
            each["additionalProperties"] = False
    return Draft202012Validator(
        {**schema, "components": components}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def faults(document: dict[str, Any], route: tuple[str, str], answer: Answer) -> list[str]:
    """What is wrong with an answer, by the document."""
    responses = operation(document, *route)["responses"]
    described = responses.get(str(answer.status)) or responses[f"{answer.status // 100}XX"]
    if "content" not in described:
        return ["a body that is not described"] if answer.body else []
    ((kind, content),) = described["content"].items()
    if answer.headers["content-type"] != kind:
        return [f"{answer.headers['content-type']} is not {kind}"]
    return [error.message for error in strictly(document, content["schema"]).iter_errors(answer.json)]


# -- The document


def test_it_stands_at_an_address_of_its_own_for_everybody(system: System, document):
    answer = system.ask("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json == document


def test_it_is_valid_openapi_3_1(document):
    from openapi_spec_validator import OpenAPIV31SpecValidator  # which each process would load to find its tests

    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_every_call_stands_in_it_and_nothing_else_does(document):
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert described == {(route.method, route.path) for route in ROUTES}


TRIALS = ("trials.mail", "trials.device", "trials.webhook")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_call_says_what_it_does_takes_and_gives(document, route: Route):
    found = operation(document, route.method, route.path)
    assert found["summary"].endswith(".")
    assert {each["name"] for each in found["parameters"] if each["in"] == "path"} == set(
        re.findall(r"{(\w+)}", route.path)
    )
    assert all(each["required"] for each in found["parameters"] if each["in"] == "path")
    assert set(found["responses"]) == {str(route.status), "429", "4XX"}
    takes = route.method in ("POST", "PUT", "PATCH") or route.answer == "export.leave"
    assert ("requestBody" in found) == (
        takes and route.answer not in ("sign_in.leave", "access.ask_for_proof", *TRIALS)
    )
    assert ("content" in found["responses"][str(route.status)]) == (route.status != 204)


def test_each_call_has_a_name_of_its_own(document):
    names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(set(names)) == len(names) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_call_says_which_scope_it_needs(document, route: Route):
    needed = {NOBODY: [], ANY: [{"token": []}, {"session": []}]}
    scoped = [{"token": [route.scope]}, {"session": [route.scope]}]
    assert operation(document, route.method, route.path)["security"] == needed.get(route.scope, scoped)
    assert route.scope in {NOBODY, ANY, *Scope}


def test_a_token_is_a_bearer_and_a_session_is_a_cookie(document):
    schemes = document["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    assert (schemes["session"]["type"], schemes["session"]["in"]) == ("apiKey", "cookie")


def test_only_signing_in_needs_nobody():
    assert {route.path for route in ROUTES if route.scope == NOBODY} == {"/v1/sign-in", "/v1/sign-in/confirm"}


def test_every_shape_says_what_it_is_and_every_input_refuses_what_it_does_not_know(document):
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        assert schema.get("description") or "enum" in schema, name
    for name in ("NewMessage", "NewRecipient", "MessageChange", "NewReply", "PreferencesChange", "NewDevice"):
        assert schemas[name]["additionalProperties"] is False


def test_every_field_and_every_parameter_says_what_it_is(document):
    shapes = {name: each.get("properties", {}) for name, each in document["components"]["schemas"].items()}
    calls = [each for methods in document["paths"].values() for each in methods.values()]
    shapes |= {each["operationId"]: {one["name"]: one for one in each["parameters"]} for each in calls}
    told = {
        (name, field): each.get("description", "") for name, fields in shapes.items() for field, each in fields.items()
    }
    assert [place for place, said in told.items() if not said.endswith((".", ".)"))] == []
    assert set(glossary.FIELDS.values()) - set(told.values()) == set(), "a word that no field needs"


def test_every_time_is_a_date_time_to_whoever_makes_a_client_of_it(document):
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            if field.endswith("_at") and name != "FeedEntry":  # a plain dataclass of the domain
                assert "date-time" in str(told), (name, field)


def test_every_reason_why_a_copy_is_not_tracked_is_named_and_explained(document):
    told = document["components"]["schemas"]["RecipientShape"]["properties"]["not_tracked"]
    assert set(told["anyOf"][0]["enum"]) >= {"plain", "signed", "consent_denied", "consent_withdrawn", "erased"}
    for reason in told["anyOf"][0]["enum"]:
        assert f"`{reason}`" in told["description"]


def test_the_steps_of_a_follow_up_are_all_explained(document):
    told = document["components"]["schemas"]["FollowUpShape"]["properties"]["step"]["description"]
    assert all(f"`{step}`" in told and f"`{step.value}`" in API.read_text() for step in Step)


def test_what_counts_for_now_and_what_counts_for_good_are_told_apart(document):
    told = document["components"]["schemas"]["EventShape"]["properties"]
    assert "`held_until`" in told["counted"]["description"] and "final" in told["held_until"]["description"]


def test_every_shape_is_used(document):
    text = str(document)
    for name in document["components"]["schemas"]:
        assert f"#/components/schemas/{name}'" in text, name


def test_the_limits_that_are_checked_are_described(document):
    (limit,) = [each for each in operation(document, "GET", "/v1/messages")["parameters"] if each["name"] == "limit"]
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"], limit["schema"]["default"]) == (1, 100, 50)
    assert document["components"]["schemas"]["NewMessage"]["properties"]["subject"]["maxLength"] == 998


# -- Real answers


@pytest.fixture
def story(system: System) -> dict[str, Any]:
    """A message that was opened, clicked and answered, by one of two recipients; the other was not tracked."""
    recipients = ["bob@example.com", {"email": "carol@example.com", "name": "Carol", "consent": "denied"}]
    message = system.send(recipients=recipients, thread="t", links=["https://example.com/terms"])
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    system.clicked(message, 2 * AN_HOUR, CHROME)
    system.follow()
    system.minute(3 * AN_HOUR)
    system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": "bob@example.com"})
    system.clicked(message, 4 * AN_HOUR, CHROME)
    system.follow()
    system.hour(4 * AN_HOUR)
    return message


GETS = [route for route in ROUTES if route.method == "GET"]


def test_what_is_there_is_shown_as_described(system: System, document, story):
    system.call("POST", "/v1/devices", {"platform": "apns", "token": "a device token"})
    system.call("POST", "/v1/webhooks", {"url": "https://hooks.example.com"})
    for route in GETS:
        answer = system.call("GET", route.path.format(id=story["id"], email="bob@example.com"))
        assert answer.status == 200, route
        assert faults(document, route[:2], answer) == [], route
        assert answer.json.get("items", True), f"nothing is shown at {route.path}"


def test_what_is_empty_is_shown_as_described(system: System, document):
    for route in GETS:
        answer = system.call("GET", route.path.format(id="none", email="none"))
        assert faults(document, route[:2], answer) == [], route


CHANGES = {
    ("POST", "/v1/messages"): [
        {"subject": "x", "recipients": ["b@x.example"]},
        {"subject": "x", "recipients": [{"email": "b@x.example", "consent": "denied"}], "links": ["https://x.example"]},
        {"subject": "x", "recipients": []},
        {},
    ],
    ("POST", "/v1/messages/mime"): [a_mail(), b""],
    ("POST", "/v1/preferences/test"): [None],
    ("POST", "/v1/devices/{id}/test"): [None],
    ("POST", "/v1/webhooks/{id}/test"): [None],
    ("PATCH", "/v1/contacts/{email}"): [{"time_zone": "Asia/Tokyo"}, {"time_zone": None}, {}, {"time_zone": "x"}],
    ("PATCH", "/v1/messages/{id}"): [{"muted": True}, {"sent_at": "2026-09-21T14:00:00Z"}, {}, {"muted": 1}],
    ("POST", "/v1/messages/{id}/replies"): [{"recipient": "bob@example.com"}, {"recipient": "x"}],
    ("PUT", "/v1/preferences"): [{"tell": {"open": "each"}}, {}, {"tell": None}, {"address": "x@y.example"}],
    ("POST", "/v1/devices"): [{"platform": "apns", "token": "a device token"}, {"platform": "x", "token": "12345678"}],
    ("PUT", "/v1/contacts/{email}/consent"): [{"consent": "granted"}, {"consent": "perhaps"}, {}],
    ("DELETE", "/v1/contacts/{email}"): [None],
    ("DELETE", "/v1/devices/{id}"): [None],
    ("POST", "/v1/webhooks"): [
        {"url": "https://hooks.example.com", "kinds": ["open"]},
        {"url": "https://10.0.0.1"},
        {},
    ],
    ("DELETE", "/v1/webhooks/{id}"): [None],
    ("DELETE", "/v1/forwarding"): [None],
    ("DELETE", "/v1/messages/{id}"): [None],
    ("POST", "/v1/sign-in"): [{"email": "ann@sender.example"}, {"email": "ann"}, {}],
    ("POST", "/v1/sign-in/confirm"): [{"email": "ann@sender.example", "code": "0000 0000"}, {"code": 1}],
    ("POST", "/v1/tokens"): [{"name": "laptop", "scopes": ["read"]}, {"name": "", "scopes": []}],
    ("DELETE", "/v1/tokens/{id}"): [None],
    ("POST", "/v1/addresses"): [{"email": "ann@home.example"}, {"email": "ann@sender.example"}],
    ("POST", "/v1/addresses/confirm"): [{"email": "ann@home.example", "code": "0"}],
    ("PATCH", "/v1/addresses/{email}"): [{"sign_in": True}, {}],
    ("DELETE", "/v1/addresses/{email}"): [None],
    ("PATCH", "/v1/account"): [{"name": "Ann Other", "time_zone": "Asia/Tokyo"}, {}, {"time_zone": "x"}],
    ("POST", "/v1/account/code"): [None],
    ("DELETE", "/v1/account"): [{"email": "somebody@else.example"}, {}, {"email": "ann@sender.example"}],
    ("POST", "/v1/sign-out"): [None, None],
}


def test_every_call_that_changes_something_is_tried_below():
    assert set(CHANGES) == {route[:2] for route in ROUTES if route.method != "GET"}


def test_what_was_changed_or_refused_is_answered_as_described(system: System, document, story):
    for route, bodies in CHANGES.items():
        method, path = route
        taken = operation(document, method, path).get("requestBody")
        for body in bodies:
            email = "bob@example.com" if "contacts" in path else "ann@home.example"
            answer = system.call(method, path.format(id=story["id"], email=email), body)
            assert faults(document, route, answer) == [], (route, body, answer.body)
            if taken is not None and "application/json" in taken["content"] and answer.status < 300:
                described = strictly(document, taken["content"]["application/json"]["schema"])
                assert list(described.iter_errors(body)) == [], (route, body)


def test_a_caller_without_a_token_is_refused_as_described(system: System, document):
    answer = system.ask("GET", "/v1/messages")
    assert answer.status == 401
    assert faults(document, ("GET", "/v1/messages"), answer) == []


def test_a_program_is_made_of_it_easily(document):
    for path, calls in document["paths"].items():
        for method, call in calls.items():
            assert call["tags"] and all(isinstance(each, str) for each in call["tags"]), (method, path)
            for kind, body in call.get("requestBody", {"content": {}})["content"].items():
                assert body["schema"], (method, path, kind)
    raw = document["paths"]["/v1/messages/mime"]["post"]["requestBody"]
    assert {each["schema"].get("type") for each in raw["content"].values()} == {"string"}
    for name, shape in document["components"]["schemas"].items():
        if name.startswith("New") or name.endswith(("Change", "Query")):
            defaulted = {field for field, told in shape["properties"].items() if "default" in told}
            assert defaulted.isdisjoint(shape.get("required", ())), "what has a default is not asked of the caller"
