"""The calls on the account itself: who the sender is, what they want to be told, and where."""

import pytest

from chalicelib.domain.accounts import Address
from chalicelib.store.accounts import accounts
from tests.aws.resources import TABLE
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

KINDS = dict.fromkeys(
    ["open", "click", "reply", "bounce", "complaint", "reminder", "hot", "revived", "shared", "away"], "each"
)
DEFAULT = {
    "email": True,
    "address": "ann@sender.example",
    "push": True,
    "keep": "full",
    "footer": False,
    "text_links": False,
    "through": None,
    "language": "en",
    "group": 10,
    "top_people_only": False,
    "own_replies": False,
    "tell": KINDS | {"shared": "never"},
    "tell_push": KINDS | {"shared": "never"},
    "sound": dict.fromkeys(KINDS, True) | dict.fromkeys(["open", "click", "shared", "away", "reminder"], False),
    "quiet": {"from": None, "to": None, "days": [], "replies": False},
    "unusual": {"hot_opens": 3, "hot_hours": 24, "revived_days": 14},
    "remind": {
        "whom": "nobody",
        "not_opened": 2,
        "no_reply": 3,
        "cannot_know": 5,
        "unit": "business_days",
        "country": "",
    },
    "digest": {"when": "never", "hour": 8, "weekday": "monday"},
}


HERS = "ann@home.example"


def told_at(system: System) -> str:
    """Where Ann's next notification goes, a day after the one before it."""
    after = system.now - SENT + 86_400
    message = system.send(recipients=[f"bob{after:.0f}@example.com"])
    system.opened(message, after, THUNDERBIRD, HOME)
    system.follow()
    (destination,) = system.aws.outbox()[-1]["to"]
    return destination


def test_a_name_and_a_time_zone_are_changed_each_by_itself(system: System):
    ann = {
        "email": "ann@sender.example",
        "name": "Ann",
        "time_zone": "Europe/Berlin",
        "created_at": "2026-09-21T14:13:20Z",
        "last_mail": {},
    }
    assert system.call("GET", "/v1/account").json == ann
    assert system.call("PATCH", "/v1/account", {"time_zone": "Asia/Tokyo"}).json == {**ann, "time_zone": "Asia/Tokyo"}
    answer = system.call("PATCH", "/v1/account", {"name": "Ann Other"})
    assert answer.json == system.call("GET", "/v1/account").json
    assert (answer.json["name"], answer.json["time_zone"]) == ("Ann Other", "Asia/Tokyo")
    assert system.call("GET", "/v1/preferences").json == DEFAULT
    system.opened(system.send(), 3600, THUNDERBIRD, HOME)
    system.follow()
    (mail,) = system.aws.outbox()
    assert "00:13 (Asia/Tokyo)" in mail["text"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("PATCH /v1/account", {"time_zone": "Europe/Nowhere"}, "time_zone"),
        ("PATCH /v1/account", {"time_zone": ""}, "time_zone"),
        ("PATCH /v1/account", {"name": "n" * 201}, "name"),
        ("PATCH /v1/account", {"name": None}, "name"),
        ("PATCH /v1/account", {"email": HERS}, "email"),
        ("PUT /v1/preferences", {"address": HERS}, "address"),
        ("PUT /v1/preferences", {"address": "no address"}, "address"),
    ],
)
def test_what_cannot_be_is_told_with_its_field_and_changes_nothing(system: System, path, body, field):
    before = system.kept()
    answer = system.call(*path.split(), body)
    assert 400 <= answer.status < 500 and answer.json["field"] == field
    assert system.kept() == before


def test_an_account_that_is_older_than_a_kind_is_told_of_it(system: System):
    the_account = {"pk": {"S": f"s#{system.sender}"}, "sk": {"S": "sender"}}
    system.aws.client("dynamodb").update_item(
        TableName=TABLE,
        Key=the_account,
        UpdateExpression="REMOVE tell.complaint SET tell.bounce = :never",
        ExpressionAttributeValues={":never": {"S": "never"}},
    )
    told = {**DEFAULT["tell"], "bounce": "never"}
    assert system.call("GET", "/v1/preferences").json["tell"] == told
    assert system.call("PUT", "/v1/preferences", {"tell": {"complaint": "never"}}).json["tell"] == {
        **told,
        "complaint": "never",
    }


def test_a_sender_is_told_at_the_address_of_theirs_that_they_name_as_long_as_it_is_theirs(system: System):
    accounts.add_address(system.sender, Address(HERS, SENT))
    assert told_at(system) == "ann@sender.example"
    assert system.call("PUT", "/v1/preferences", {"address": "Ann@Home.Example"}).json["address"] == HERS
    assert told_at(system) == HERS
    assert system.call("DELETE", f"/v1/addresses/{HERS}").status == 204
    accounts.add_address("another", Address(HERS, SENT))
    assert told_at(system) == "ann@sender.example"
    assert system.call("GET", "/v1/preferences").json == DEFAULT


def test_what_is_left_out_of_a_wish_stays_as_it_was(system: System):
    assert system.call("GET", "/v1/preferences").json == DEFAULT
    system.call("PUT", "/v1/preferences", {"tell": {"open": "first"}})
    answer = system.call("PUT", "/v1/preferences", {"push": False})
    opens = {each: {**DEFAULT[each], "open": "first"} for each in ("tell", "tell_push")}
    assert answer.json == {**DEFAULT, "push": False, **opens}
    assert system.call("GET", "/v1/preferences").json == answer.json


@pytest.mark.parametrize(("wish", "mails"), [("first", 1), ("each", 2), ("never", 0)])
def test_a_wish_is_heeded_from_then_on(system: System, wish, mails):
    system.call("PUT", "/v1/preferences", {"tell": {"open": wish}})
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    for number in range(2):
        system.opened(message, 3600 * (1 + number), THUNDERBIRD, f"93.184.216.{number + 1}", recipient=number)
        system.follow()
        system.minute(3600 * (1 + number) + 120)
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


# What to be told, and when


def put(system: System, **wishes) -> dict:
    answer = system.call("PUT", "/v1/preferences", wishes)
    assert answer.status == 200, answer.body
    return answer.json


def test_a_kind_is_told_by_each_channel_as_was_said(system: System):
    answer = put(system, tell={"open": "never"}, tell_push={"open": "every"}, sound={"open": True})
    assert (answer["tell"]["open"], answer["tell_push"]["open"], answer["sound"]["open"]) == ("never", "every", True)
    assert put(system, tell={"open": "first"})["tell_push"]["open"] == "first", "a wish alone holds for both"
    assert put(system, tell_push={"open": "each"})["tell"]["open"] == "first"


def test_of_what_has_parts_the_others_stay(system: System):
    put(system, quiet={"from": "22:00", "to": "07:00", "days": ["sunday", "saturday"]})
    assert put(system, quiet={"replies": True})["quiet"] == {
        "from": "22:00",
        "to": "07:00",
        "days": ["saturday", "sunday"],
        "replies": True,
    }
    assert put(system, quiet={"from": None, "to": None})["quiet"]["days"] == ["saturday", "sunday"]
    put(system, remind={"whom": "all", "country": "IN"})
    assert put(system, remind={"no_reply": 1})["remind"] | {"whom": "all"} == {
        "whom": "all",
        "not_opened": 2,
        "no_reply": 1,
        "cannot_know": 5,
        "unit": "business_days",
        "country": "IN",
    }
    assert put(system, unusual={"hot_opens": 5})["unusual"]["hot_hours"] == 24
    assert put(system, digest={"when": "weekly", "weekday": "friday"})["digest"]["hour"] == 8


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"quiet": {"from": "22:00"}}, "quiet"),
        ({"quiet": {"from": "25:00", "to": "07:00"}}, "quiet.from"),
        ({"quiet": {"days": ["someday"]}}, "quiet.days[0]"),
        ({"remind": {"country": "XX"}}, "remind.country"),
        ({"remind": {"no_reply": -1}}, "remind.no_reply"),
        ({"digest": {"hour": 24}}, "digest.hour"),
        ({"language": "xx"}, "language"),
        ({"tell": {"open": "sometimes"}}, "tell.open"),
        ({"group": 0}, "group"),
    ],
)
def test_what_cannot_be_wished_is_told_with_its_field(system: System, wish, field):
    answer = system.call("PUT", "/v1/preferences", wish)
    assert 400 <= answer.status < 500 and answer.json["field"] == field
    assert system.call("GET", "/v1/preferences").json == DEFAULT
