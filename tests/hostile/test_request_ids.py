"""A client may choose the id of its request: it learns nobody's secret by it, and loses nobody an event."""

import re

import pytest

from chalicelib.domain.sign_in import GOOD_FOR
from chalicelib.work.accounts.registering import register
from tests.makers import GMAIL_PROXY, GOOGLE, SENT
from tests.privacy import events_in_the_table
from tests.system import System

DAY = 86_400.0


def chosen(name: str) -> dict[str, str]:
    return {"x-amzn-RequestId": name}


def code_for(system: System, email: str, name: str) -> str:
    before = len(system.aws.outbox())
    asked = system.ask("POST", "/v1/sign-in", f'{{"email": "{email}"}}'.encode(), chosen(name))
    assert asked.status == 202
    system.follow()
    texts = [mail["text"] for mail in system.aws.outbox()[before:]]  # among them that somebody signed in
    (found,) = filter(None, (re.search(r"\b(\d{4} \d{4})\b", text) for text in texts))
    return found[1]


def test_a_code_that_was_used_does_not_come_back_with_its_requests_id(system: System):
    used = code_for(system, "ann@sender.example", "c0ffee")
    wanted = f'{{"email": "ann@sender.example", "code": "{used}"}}'.encode()
    assert system.ask("POST", "/v1/sign-in/confirm", wanted).status == 200
    for later in (GOOD_FOR + 1.0, 30 * DAY):
        system.now = SENT + later
        assert code_for(system, "ann@sender.example", "c0ffee") != used
        assert system.ask("POST", "/v1/sign-in/confirm", wanted).status == 422


def test_two_codes_asked_for_at_one_moment_with_one_id_are_two(system: System):
    assert code_for(system, "ann@sender.example", "c0ffee") != code_for(system, "ann@sender.example", "c0ffee")


def test_two_webhooks_made_with_one_id_have_two_secrets_and_are_two(system: System):
    register("eve@other.example", "Eve", "UTC", "eve's token", SENT)
    made = [
        system.ask(
            "POST",
            "/v1/webhooks",
            b'{"url": "https://hooks.example.com/"}',
            {"Authorization": f"Bearer {token}", **chosen("c0ffee")},
        ).json
        for token in ("eve's token", "eve's token", "a test's token")
    ]
    assert len({each["secret"] for each in made}) == len({each["id"] for each in made}) == 3


def test_two_mails_made_with_one_id_are_two(system: System):
    body = b'{"subject": "Hi", "recipients": ["bob@example.com"]}'
    headers = {"Authorization": "Bearer a test's token", **chosen("c0ffee")}
    first, second = (system.ask("POST", "/v1/messages", body, headers) for _ in range(2))
    assert (first.status, second.status) == (201, 201) and first.json["id"] != second.json["id"]


@pytest.mark.parametrize("name", ["c0ffee", "x" * 2_000, "e#../\N{SNOWMAN}", ""])
def test_every_hit_is_an_event_whatever_its_request_is_called(system: System, name):
    message = system.send()
    for after in (7_200, 7_200, 7_260):
        system.now = SENT + after
        url = message["recipients"][0]["pixel_url"]
        assert system.ask("GET", url, headers={"User-Agent": GMAIL_PROXY, **chosen(name)}, address=GOOGLE).status == 200
    found = events_in_the_table(system.aws)
    assert len(found) == 3 and max(map(len, found)) < 64
