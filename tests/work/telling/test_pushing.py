"""A push on its way to a browser: taken, tried again, or the end of its device; and no other channel waits for it."""

import time
from threading import Barrier

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.domain.letters import Push
from chalicelib.store.telling import pushes, reminders
from chalicelib.store.telling.pushes import WaitingPush
from chalicelib.work.accounts.registering import register
from chalicelib.work.telling import pushing
from chalicelib.work.telling.trying import TRIALS
from chalicelib.work.turns import turns
from infra.deploy.secret import vapid_key
from tests.makers import SENT
from tests.senders.test_web_push import public, text
from tests.signing_in import code_for
from tests.system import TOKEN, System
from tests.trouble import settings
from tests.webhook_endpoint import Endpoint, receiving

READER, AUTH = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes..."
TWO_HOURS = 2 * 3_600


@pytest.fixture
def service():
    with receiving() as endpoint, settings(VAPID_KEYS=vapid_key(), WEBHOOK_LOOPBACK="on"):
        endpoint.status = 201
        yield endpoint


def subscribed(system: System, service: Endpoint, path: str = "/push/1", by: str = TOKEN, **changes):
    body = {
        "platform": "web",
        "token": f"{service.url}{path}",
        "keys": {"p256dh": text(public(READER)), "auth": text(AUTH)},
        "name": "Firefox",
    }
    return system.call("POST", "/v1/devices", body | changes, token=by)


def devices(system: System) -> list[str]:
    return [each["id"] for each in system.call("GET", "/v1/devices").json["items"]]


def waiting() -> list[WaitingPush]:
    """The pushes that wait, whenever they are due."""
    return pushes.load(key for _, key in pushes.due(SENT + 1e6))


def opened(system: System, *subjects: str) -> None:
    """Each is opened, and the stream followed before the next is."""
    for message in [system.send(subject=each) for each in subjects or ("Offer for June",)]:
        system.opened(message, TWO_HOURS)
        system.follow()


def bodies(service: Endpoint) -> list[bytes]:
    return [http_ece.decrypt(post.body, private_key=READER, auth_secret=AUTH) for post in service.posts]


def test_an_open_reaches_the_browser(system: System, service):
    answer = subscribed(system, service)
    assert answer.status == 201 and answer.json["platform"] == "web"
    opened(system)
    assert [b"opened" in body and b"8030" in body for body in bodies(service)] == [True]
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com opened “Offer for June”"]


def test_the_same_subscription_again_is_the_same_device_and_shows_that_it_lives(system: System, service):
    first = subscribed(system, service).json
    system.now += 86_400
    again = subscribed(system, service, name="").json
    assert (again["id"], again["name"], again["created_at"]) == (first["id"], "Firefox", first["created_at"])
    assert again["seen_at"] > first["seen_at"]


def test_a_browser_that_no_visit_told_of_for_long_goes_when_another_comes(system: System, service):
    subscribed(system, service)
    system.now += 181 * 86_400
    other = subscribed(system, service, "/push/2").json
    assert devices(system) == [other["id"]]


@pytest.mark.parametrize("status", [404, 410, 401, 403])
def test_a_browser_that_is_gone_or_takes_nothing_of_ours_is_removed(system: System, service, status):
    subscribed(system, service)
    service.status = status
    opened(system)
    assert devices(system) == [] and len(service.posts) == 1
    system.minute(TWO_HOURS + 3_600)
    assert len(service.posts) == 1


@pytest.mark.parametrize("status", [400, 413])
def test_one_that_is_refused_for_itself_costs_neither_the_device_nor_a_second_try(system: System, service, status):
    subscribed(system, service)
    service.status = status
    opened(system)
    system.minute(TWO_HOURS + 3_600)
    assert len(devices(system)) == 1 and len(service.posts) == 1


@pytest.mark.parametrize("status", [406, 429, 503])
def test_a_service_in_trouble_is_asked_again_and_holds_up_nothing(system: System, service, status):
    subscribed(system, service)
    service.status = status
    opened(system)
    assert len(service.posts) == 1 and len(system.aws.outbox()) == 1
    system.minute(TWO_HOURS + 30)
    assert len(service.posts) == 1, "not before its time"
    service.status = 201
    system.minute(TWO_HOURS + 90)
    assert len(bodies(service)) == 2 and bodies(service)[0] == bodies(service)[1]
    system.minute(TWO_HOURS + 7_200)
    assert len(service.posts) == 2


def test_browsers_are_asked_side_by_side_since_others_wait_in_the_stream(system: System, service):
    for number in range(5):
        subscribed(system, service, f"/push/{number}")
    service.meet = Barrier(5)  # whoever asks one after another waits for ever
    opened(system)
    assert len(service.posts) == 5 and waiting() == []


def test_a_browser_that_waits_for_a_push_is_not_asked_for_the_next_one_by_the_stream(system: System, service):
    subscribed(system, service)
    service.status = 503
    opened(system, "Offer for June", "Offer for July", "Offer for August")
    assert len(service.posts) == 1 and len(waiting()) == 3
    service.status = 201
    system.minute(TWO_HOURS + 90)
    assert len(service.posts) == 4 and waiting() == []


def test_a_service_in_trouble_costs_one_try_a_turn_however_many_pushes_wait_and_keeps_nobody_waiting(
    system: System, service
):
    subscribed(system, service, "/dead")
    service.at["/dead"] = 503
    (dead,) = devices(system)
    told = Push("Title", "Body", {"message": "", "kind": "open"})
    for number in range(210):  # more than one look at the list used to read
        pushes.put(WaitingPush(system.sender, dead, f"topic{number}", told, 1, SENT + 80_000), SENT + 60)
    carol = register("carol@sender.example", "Carol", "Europe/Berlin", "Carol's token", SENT)
    quiet = subscribed(system, service, "/quiet", by="Carol's token").json["id"]
    pushes.put(WaitingPush(carol, quiet, "topic", told, 1, SENT + 80_000), SENT + 61)
    list(turns(pushing.PUSHES, SENT + 120, SENT + 120, time.monotonic))
    assert sorted(post.path for post in service.posts) == ["/dead", "/quiet"]
    assert len(waiting()) == 210, "none is lost"


@pytest.mark.parametrize("status", [404, 403])
def test_what_waits_for_a_browser_that_is_gone_goes_with_it(system: System, service, status):
    subscribed(system, service)
    service.status = 503
    opened(system, "Offer for June", "Offer for July")
    assert len(waiting()) == 2
    service.status = status
    system.minute(TWO_HOURS + 90)
    assert (devices(system), waiting(), len(service.posts)) == ([], [], 2)


def test_the_service_says_when(system: System, service):
    subscribed(system, service)
    service.status, service.headers = 429, {"Retry-After": "1800"}
    opened(system)
    service.status = 201
    system.minute(TWO_HOURS + 1_700)
    assert len(service.posts) == 1
    system.minute(TWO_HOURS + 1_900)
    assert len(service.posts) == 2


def test_news_that_is_worth_nothing_any_more_is_not_sent(system: System, service):
    subscribed(system, service)
    service.status = 503
    opened(system)
    for hours in range(1, 9):
        system.minute(TWO_HOURS + hours * 3_600)
    tries = len(service.posts)
    service.status = 201
    system.minute(TWO_HOURS + 24 * 3_600)
    assert len(service.posts) == tries and 2 <= tries <= 6
    assert not [item for item in system.aws.items() if item["sk"]["S"].startswith("o#")], "nothing waits for ever"


def test_a_push_that_waits_is_no_reminder(system: System, service):
    subscribed(system, service)
    service.status = 503
    opened(system)
    assert any(item["sk"]["S"].startswith("o#") for item in system.aws.items())
    assert system.call("GET", "/v1/today").status == 200
    assert not reminders.coming(system.sender, 10)


def test_a_key_that_we_have_no_more_ends_its_subscriptions(system: System, service):
    subscribed(system, service)
    with settings(VAPID_KEYS=vapid_key(), WEBHOOK_LOOPBACK="on"):
        opened(system)
    assert service.posts == [] and devices(system) == []


def test_a_browser_is_told_what_concerns_its_last_sender_only(system: System, service):
    from chalicelib.work.accounts.registering import register

    subscribed(system, service)
    register("eve@sender.example", "Eve", "UTC", "another token", system.now)
    body = {
        "platform": "web",
        "token": f"{service.url}/push/1",
        "keys": {"p256dh": text(public(READER)), "auth": text(AUTH)},
    }
    assert system.call("POST", "/v1/devices", body, token="another token").status == 201
    assert devices(system) == []
    opened(system)
    assert service.posts == []


def test_the_device_is_tried_and_the_answer_told(system: System, service):
    device = subscribed(system, service).json
    told = system.call("POST", f"/v1/devices/{device['id']}/test").json
    assert told["taken"] is True and "(201)" in told["detail"]
    service.status = 410
    told = system.call("POST", f"/v1/devices/{device['id']}/test").json
    assert told["taken"] is False and "410" in told["detail"] and devices(system) == []
    assert system.call("POST", f"/v1/devices/{device['id']}/test").status == 404


def test_mail_and_webhook_are_tried_as_well(system: System, service):
    told = system.call("POST", "/v1/preferences/test").json
    assert told["taken"] is True and "ann@sender.example" in told["detail"]
    assert [mail["to"] for mail in system.aws.outbox()] == [["ann@sender.example"]]
    hook = system.call("POST", "/v1/webhooks", {"url": service.url}).json
    service.status = 503
    told = system.call("POST", f"/v1/webhooks/{hook['id']}/test").json
    assert (told["taken"], told["detail"]) == (False, "The endpoint answered 503.")
    assert service.posts[-1].json["subject"] == "A test from Unsealed"


def test_channels_are_tried_so_many_times_an_hour_since_each_try_is_a_mail_or_waits_for_a_stranger(
    system: System, service
):
    hook = system.call("POST", "/v1/webhooks", {"url": service.url}).json
    asked = ["/v1/preferences/test", f"/v1/webhooks/{hook['id']}/test", "/v1/devices/none/test"]
    answers = [system.call("POST", asked[number % 3]).status for number in range(TRIALS.most + 6)]
    assert answers == [200, 200, 404] * (TRIALS.most // 3) + [429] * 6
    assert len(system.aws.outbox()) == len(service.posts) == TRIALS.most // 3
    system.now += TRIALS.window
    assert system.call("POST", asked[0]).status == 200


def test_an_account_that_goes_takes_its_browsers_along(system: System, service):
    subscribed(system, service)
    assert any(item["pk"]["S"].startswith("v#") for item in system.aws.items())
    body = {"email": "ann@sender.example"}
    assert system.call("DELETE", "/v1/account", body).json["field"] == "code"
    system.follow()
    assert system.call("DELETE", "/v1/account", body | {"code": code_for(system, body["email"])}).status == 202
    for minute in range(3):
        system.minute(60 * (minute + 1))
    assert not any(item["pk"]["S"].startswith("v#") for item in system.aws.items())


def test_the_key_is_there_for_whoever_is_signed_in(system: System, service):
    answer = system.call("GET", "/v1/devices/key")
    assert answer.status == 200 and len(answer.json["key"]) == 87
    assert subscribed(system, service, keys=None).json["field"] == "keys"
