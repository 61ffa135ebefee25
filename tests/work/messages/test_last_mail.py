"""When the last mail came by each door: told to its sender, right to the hour, for one write in an hour."""

from tests.counting import counting
from tests.mails import a_mail
from tests.system import System

HOUR = 3600


def last(system: System) -> dict[str, str]:
    found: dict[str, str] = system.call("GET", "/v1/account").json["last_mail"]
    return found


def send(system: System, **more: object) -> dict[str, object]:
    made: dict[str, object] = system.call(
        "POST", "/v1/messages", {"subject": "x", "recipients": ["bob@example.com"], "html": "<p>x</p>", **more}
    ).json
    return made


def test_a_door_by_which_no_mail_came_is_not_named(system: System):
    assert last(system) == {}
    system.call("GET", "/v1/messages")
    assert last(system) == {}, "to be used is no mail"


def test_each_door_has_a_time_of_its_own_to_the_hour(system: System):
    first = send(system, door="thunderbird")
    assert last(system) == {"thunderbird": first["created_at"]}
    system.now += HOUR - 1
    send(system, door="thunderbird")
    assert last(system) == {"thunderbird": first["created_at"]}
    system.now += 1
    third, other = send(system, door="thunderbird"), send(system, door="compose")
    assert last(system) == {"thunderbird": third["created_at"], "compose": other["created_at"]}


def test_what_is_only_prepared_came_when_it_was_sent(system: System):
    message = send(system, door="thunderbird", prepared=True)
    assert last(system) == {}
    system.now += 60
    system.call("PATCH", f"/v1/messages/{message['id']}", {"sent": True})
    assert list(last(system)) == ["thunderbird"] and last(system)["thunderbird"] > str(message["created_at"])


def test_what_is_withdrawn_never_came(system: System):
    message = send(system, door="outlook", prepared=True)
    system.call("PATCH", f"/v1/messages/{message['id']}", {"sent": False})
    assert last(system) == {}


def test_the_gateway_is_a_door(system: System):
    raw = a_mail(From="Ann <ann@sender.example>")
    system.receive(raw, "bob=example.com@localhost.example", sender="ann@sender.example")
    assert list(last(system)) == ["gateway"]


def test_a_program_cannot_claim_to_be_a_door_that_is_ours(system: System):
    refused = system.call(
        "POST",
        "/v1/messages",
        {"subject": "x", "recipients": ["bob@example.com"], "html": "<p>x</p>", "door": "gateway"},
    )
    assert refused.status in (400, 422) and last(system) == {}


def test_it_costs_one_write_in_an_hour_and_nothing_between(system: System):
    send(system)
    with counting(system.aws) as within:
        send(system)
    system.now += HOUR
    system.call("GET", "/v1/messages")  # the use of the token is noted once an hour too
    with counting(system.aws) as later:
        send(system)
    assert len(later) == len(within) + 1
