"""The calls on what the sender wants to be told, and where."""

import pytest

from tests.makers import HOME, THUNDERBIRD
from tests.system import System

DEFAULT = {
    "email": True,
    "push": True,
    "keep": "full",
    "footer": False,
    "text_links": False,
    "tell": {"open": "first", "click": "first", "reply": "each", "bounce": "each"},
}


def test_what_is_left_out_of_a_wish_stays_as_it_was(system: System):
    assert system.call("GET", "/v1/preferences").json == DEFAULT
    system.call("PUT", "/v1/preferences", {"tell": {"open": "each"}})
    answer = system.call("PUT", "/v1/preferences", {"push": False})
    assert answer.json == {**DEFAULT, "push": False, "tell": {**DEFAULT["tell"], "open": "each"}}
    assert system.call("GET", "/v1/preferences").json == answer.json


@pytest.mark.parametrize(("wish", "mails"), [("first", 1), ("each", 2), ("never", 0)])
def test_a_wish_is_heeded_from_then_on(system: System, wish, mails):
    system.call("PUT", "/v1/preferences", {"tell": {"open": wish}})
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    for number in range(2):
        system.opened(message, 3600 + number, THUNDERBIRD, f"93.184.216.{number + 1}", recipient=number)
        system.follow()
    assert len(system.aws.outbox()) == mails


@pytest.mark.parametrize("platform", ["apns", "fcm"])
def test_a_device_is_registered_told_and_removed(system: System, platform):
    body = {"platform": platform, "token": "a device token", "name": "Ann's phone"}
    made = system.call("POST", "/v1/devices", body)
    assert made.status == 201
    assert (made.json["platform"], made.json["name"]) == (platform, "Ann's phone")
    assert made.json["created_at"] == "2026-09-21T14:13:20Z"
    assert "a device token" not in made.body.decode()
    assert system.call("GET", "/v1/devices").json == {"items": [made.json], "next": None}
    message = system.send()
    system.opened(message, 3600, THUNDERBIRD, HOME)
    system.follow()
    assert [push["token"] for push in system.aws.pushes()] == ["a device token"]
    path = f"/v1/devices/{made.json['id']}"
    assert system.call("DELETE", path).status == 204
    assert system.call("DELETE", path).status == 404
    assert system.call("GET", "/v1/devices").json["items"] == []


def test_the_same_device_twice_is_one(system: System):
    body = {"platform": "apns", "token": "a device token"}
    first, second = (system.call("POST", "/v1/devices", body).json for _ in range(2))
    assert first["id"] == second["id"]
    assert len(system.call("GET", "/v1/devices").json["items"]) == 1
