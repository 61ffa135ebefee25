"""The export: all that is kept, once."""

from typing import Any

import pytest

from chalicelib.work.accounts.registering import register
from tests.counting import counting
from tests.makers import HOME, THUNDERBIRD
from tests.privacy import BOB, a_full_story, events_in_the_table, refuse
from tests.system import System


def exported(system: System, limit: int = 100) -> list[dict[str, Any]]:
    found, after = [], ""
    while True:
        page = system.call("GET", f"/v1/export?limit={limit}{after}").json
        found += page["items"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


KINDS = {  # what in the table an export's kinds stand for
    "m#": "message", "e#": "event", "fa": "message", "i#": "message", "c#": "contact", "t#": "send_time", "n#": "feed",
    "d#": "device", "w#": "webhook", "k#": "token", "a#": "address", "x#": "refusal", "ow": "own_device", "se": "account",
    "fo": "forwarding", "r#": "send_time", "ev": "send_time",
    "g#": "message", "b#": "message",
}  # fmt: skip


@pytest.mark.parametrize("limit", [1, 100])
def test_an_export_holds_everything_once(system: System, limit):
    a_full_story(system, BOB["email"], BOB["name"])
    refuse(system, system.send(recipients=["dave@example.com"]))
    items = exported(system, limit)
    for prefix, kind in (("m#", "message"), ("c#", "contact"), ("n#", "feed"), ("t#", "send_time"), ("x#", "refusal")):
        there = [item for item in system.aws.items() if item["pk"]["S"] == f"s#{system.sender}"]
        wanted = [item for item in there if item["sk"]["S"].startswith(prefix)]
        assert wanted and len([each for each in items if each["kind"] == kind]) == len(wanted), kind
    events = [each["content"]["id"] for each in items if each["kind"] == "event"]
    assert sorted(events) == sorted(name.split("#", 2)[2] for name in events_in_the_table(system.aws))
    assert {item["sk"]["S"][:2] for item in system.aws.items() if item["pk"]["S"][:2] in ("s#", "m#")} <= set(KINDS)
    subject = f"Offer for {BOB['name']}"
    first = next(each["content"] for each in items if each["content"].get("subject") == subject)
    assert first["links"] and first["ids"]
    contact = next(each["content"] for each in items if each["kind"] == "contact" and each["content"]["opened"])
    assert contact["exchanges"]


def test_an_export_of_many_messages_takes_few_calls(system: System):
    """One call more for each message to which something happened, or whose mails went out with Message-IDs."""
    for number in range(30):
        system.send(subject=f"No. {number}")
    read = system.send(subject="Read")
    system.opened(read, 7200, THUNDERBIRD, HOME)
    system.follow()
    with counting(system.aws) as calls:
        assert len([each for each in exported(system) if each["kind"] == "message"]) == 31
    assert len(calls) <= 7 * 2 + 16, "a page for each kind of thing, and the few things of an account"


def test_an_export_shows_nothing_of_another_sender(system: System):
    a_full_story(system, BOB["email"], BOB["name"])
    register("eve@other.example", "Eve", "UTC", "eve's token", system.now)
    page = system.call("GET", "/v1/export?limit=100", token="eve's token")
    assert "ann@sender" not in page.body.decode()
    assert {each["kind"] for each in page.json["items"]} == {
        "account", "preferences", "address", "token", "own_device", "forwarding",
    }  # fmt: skip
    assert system.call("GET", "/v1/export?after=x").status == 422


def test_an_event_that_cannot_be_read_keeps_nobody_from_the_rest(system: System):
    message = system.send()
    for after in (7200, 7300):
        system.opened(message, after, THUNDERBIRD, HOME)
    system.follow()
    damaged = {"pk": {"S": f"m#{message['id']}"}, "sk": {"S": events_in_the_table(system.aws)[0]}}
    system.aws.client("dynamodb").update_item(TableName="unsealed", Key=damaged, UpdateExpression="REMOVE guess")
    assert len([each for each in exported(system) if each["kind"] == "event"]) == 1
