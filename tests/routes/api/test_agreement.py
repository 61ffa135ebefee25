"""The API agrees with itself: no response says one thing in one place and another in the next."""

import random

import pytest

from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, GMAIL_PROXY, GOOGLE, HOME, THUNDERBIRD
from tests.system import TOKEN, System

AN_HOUR, DAY = 3_600.0, 86_400.0
OFFICE = "81.2.69.160"
TWO_LINKS = '<p><a href="https://example.com/a">a</a> <a href="https://example.com/b">b</a></p>'
STRONGEST = ["replied", "clicked", "opened", "bounced", "no_evidence", "cannot_know", "not_tracked"]


def agrees(shown: dict) -> None:
    """What the events of a message say its counts say, and its status is what its recipients' are."""
    counted = [each for each in shown["events"] if each["counted"] and each["held_until"] is None]
    for recipient in shown["recipients"]:
        own = [each for each in counted if each["recipient"] == recipient["email"]]
        for kind, number, first in (("open", "opens", "opened_at"), ("click", "clicks", "clicked_at")):
            times = [each["at"] for each in own if each["kind"] == kind]
            assert recipient[number] == len(times), (kind, recipient, shown["events"])
            assert recipient.get(first) == (min(times) if times else None)
        if recipient["clicks"]:
            assert recipient["status"] in ("clicked", "replied")
        elif recipient["opens"]:
            assert recipient["status"] in ("opened", "replied")
    assert shown["status"] == min((each["status"] for each in shown["recipients"]), key=STRONGEST.index)


@pytest.mark.parametrize("seed", range(12))
def test_what_happened_and_what_it_came_to_are_one_story_at_every_moment(system: System, seed):
    chance = random.Random(seed)
    mail = system.send(html=TWO_LINKS)
    after = 0.0
    for _ in range(9):
        after += chance.choice((0.4, 3.0, 40.0, 2_000.0, 30_000.0))
        if chance.random() < 0.5:
            agent, place = chance.choice(((GMAIL_PROXY, GOOGLE), (APPLE_PREFETCH, APPLE_RELAY), (THUNDERBIRD, HOME)))
            system.opened(mail, after, agent, place)
        else:
            system.clicked(mail, after, CHROME, chance.choice((HOME, "198.51.100.70")), link=chance.randrange(2))
        if chance.random() < 0.5:
            system.follow()
        agrees(system.show(mail))
    system.follow()
    system.minute(after + DAY)
    agrees(system.show(mail))
    listed = system.call("GET", "/v1/messages").json["items"][0]
    shown = system.show(mail)
    assert {name: listed[name] for name in ("status", "recipients")} == {
        "status": shown["status"],
        "recipients": [
            {name: value for name, value in each.items() if name not in ("page_url", "reply_to")}
            for each in shown["recipients"]
        ],
    }


def test_a_recipients_state_finds_a_group_mail_and_so_does_a_complaint(system: System):
    people = ["bob@example.com", "carol@example.com", "dave@icloud.com"]
    group = system.send(recipients=people)
    system.opened(group, 2 * AN_HOUR)
    system.follow()
    found = {each["status"] for each in system.show(group)["recipients"]}
    assert found == {"opened", "no_evidence", "cannot_know"}
    for status in found:
        (only,) = system.call("GET", f"/v1/messages?status={status}").json["items"]
        assert only["id"] == group["id"]
    assert system.call("GET", "/v1/messages?status=complained").json["items"] == []


@pytest.mark.parametrize("after", [60.0, 2 * AN_HOUR, 3 * DAY])
@pytest.mark.parametrize("agent", [CHROME, THUNDERBIRD])
def test_an_own_open_from_where_the_api_is_used_is_no_sure_person(system: System, after, agent):
    ours = {"Authorization": f"Bearer {TOKEN}", "User-Agent": "python-httpx/0.28.1"}
    system.ask("GET", "/v1/feed", headers=ours, address=OFFICE)
    mail = system.send()
    system.opened(mail, after, agent, OFFICE)
    system.follow()
    system.minute(after + AN_HOUR)
    (event,) = system.show(mail)["events"]
    assert "own_address" in event["verdict"]["reasons"]
    person = event["verdict"]["kind"] in ("human", "proxy_human")
    assert not person or event["verdict"]["confidence"] < 0.75, event["verdict"]


def test_the_same_hit_from_anywhere_else_is_a_persons(system: System):
    ours = {"Authorization": f"Bearer {TOKEN}", "User-Agent": "python-httpx/0.28.1"}
    system.ask("GET", "/v1/feed", headers=ours, address=OFFICE)
    mail = system.send()
    system.opened(mail, 2 * AN_HOUR, THUNDERBIRD, HOME)
    (event,) = system.show(mail)["events"]
    assert event["verdict"]["kind"] == "human" and event["verdict"]["confidence"] >= 0.75


def test_of_an_apple_reader_who_clicked_something_is_known(system: System):
    mail = system.send(recipients=["carol@icloud.com", "eve@example.com"])
    system.opened(mail, 120, APPLE_PREFETCH, APPLE_RELAY)
    system.clicked(mail, 2 * AN_HOUR, CHROME, HOME)
    system.follow()
    carol = system.show(mail)["recipients"][0]
    assert (carol["status"], carol["opens"], carol["clicks"], carol["inferred_open"]) == ("clicked", 0, 1, True)
    known = system.call("GET", "/v1/contacts/carol@icloud.com").json
    assert known["trackability"]["evidence"] != "Nothing is known yet."
    assert known["clicked"] == 1


def test_the_sender_sees_the_device_that_the_reader_is_shown(system: System):
    mail = system.send()
    system.opened(mail, 2 * AN_HOUR, CHROME, HOME)
    system.follow()
    (event,) = system.show(mail)["events"]
    assert event["device"] == "windows"
    page = system.ask("GET", system.show(mail)["recipients"][0]["page_url"]).body.decode()
    assert "one with Windows" in page
