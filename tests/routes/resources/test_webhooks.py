"""The calls on webhooks, and what a webhook gets of a story."""

import base64
import hashlib
import hmac

import pytest

from chalicelib.domain.webhooks import WAITS
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, HOME, THUNDERBIRD
from tests.system import System
from tests.trouble import settings
from tests.webhook_endpoint import receiving

URL = "https://hooks.example.com/unsealed"


def test_a_webhook_is_made_listed_and_removed_and_its_secret_is_shown_once(system: System):
    answer = system.call("POST", "/v1/webhooks", {"url": URL, "kinds": ["reply", "open", "reply"]})
    assert answer.status == 201
    made = answer.json
    secret = made.pop("secret")
    assert secret.startswith("whsec_") and len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert made == {
        "id": made["id"],
        "url": URL,
        "kinds": ["open", "reply"],
        "created_at": "2026-09-21T14:13:20Z",
        **dict.fromkeys(("last_tried_at", "last_status", "last_failure", "failing_since", "disabled_at")),
    }
    listed = system.call("GET", "/v1/webhooks")
    assert listed.json == {"items": [made], "next": None} and secret not in listed.body.decode()
    path = f"/v1/webhooks/{made['id']}"
    assert system.call("DELETE", path).status == 204
    assert system.call("DELETE", path).status == 404
    assert system.call("GET", "/v1/webhooks").json["items"] == []


def test_each_has_a_secret_and_a_name_of_its_own(system: System):
    first, second = (system.call("POST", "/v1/webhooks", {"url": URL}).json for _ in range(2))
    assert first["secret"] != second["secret"] and first["id"] != second["id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "http://hooks.example.com/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://169.254.169.254/latest/meta-data/"}, "url"),
        ({"url": "http://127.0.0.1:8000/"}, "url"),
        ({"url": "https://localhost/"}, "url"),
        ({"url": "https://ann@hooks.example.com/"}, "url"),
        ({"url": URL, "kinds": ["auto_reply"]}, "kinds[0]"),
        ({"url": URL, "kinds": ["opened"]}, "kinds[0]"),
        ({"kinds": []}, "url"),
        ({"url": URL, "secret": "mine"}, "secret"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_with_the_field(system: System, body, field):
    answer = system.call("POST", "/v1/webhooks", body)
    assert (answer.status, answer.json["field"]) == (422, field), answer.json
    assert system.call("GET", "/v1/webhooks").json["items"] == []


def test_there_are_ten_at_most(system: System):
    for _ in range(10):
        assert system.call("POST", "/v1/webhooks", {"url": URL}).status == 201
    answer = system.call("POST", "/v1/webhooks", {"url": URL})
    assert answer.status == 422 and answer.json["detail"] == "10 webhooks are registered already: remove one first."


# -- The story


def test_a_webhook_is_posted_what_the_feed_shows_and_can_prove_by_whom(system: System):
    system.call("PUT", "/v1/preferences", {"tell": {"open": "never"}})
    with receiving() as endpoint, settings(WEBHOOK_LOOPBACK="on"):
        made = system.call("POST", "/v1/webhooks", {"url": endpoint.url}).json
        message = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}])
        system.opened(message, 240, APPLE_PREFETCH, APPLE_RELAY)
        system.opened(message, 7200, THUNDERBIRD, HOME)
        system.clicked(message, 9000, CHROME)
        system.follow()
        system.minute(9060)
    assert [post.json for post in endpoint.posts] == system.call("GET", "/v1/feed").json["items"]
    assert [post.json["kind"] for post in endpoint.posts] == ["open", "click"]
    for post in endpoint.posts:
        key = base64.b64decode(made["secret"].removeprefix("whsec_"))
        said = f"{post.headers['webhook-id']}.{post.headers['webhook-timestamp']}.".encode() + post.body
        proof = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert post.headers["webhook-signature"] == f"v1,{proof}"
    (shown,) = system.call("GET", "/v1/webhooks").json["items"]
    assert (shown["last_status"], shown["last_failure"], shown["failing_since"]) == (204, None, None)


def test_a_webhook_that_fails_is_seen_to_and_tried_again_and_the_mail_goes_out_all_the_same(system: System):
    with receiving() as endpoint, settings(WEBHOOK_LOOPBACK="on"):
        endpoint.status = 503
        system.call("POST", "/v1/webhooks", {"url": endpoint.url})
        system.opened(system.send(), 7200, THUNDERBIRD, HOME)
        system.follow()
        assert len(system.aws.outbox()) == 1
        (shown,) = system.call("GET", "/v1/webhooks").json["items"]
        assert shown["last_status"] == 503 and shown["failing_since"] == shown["last_tried_at"] is not None
        endpoint.status = 200
        system.minute(7200 + WAITS[0] + 60)
    assert len(endpoint.posts) == 2
    (shown,) = system.call("GET", "/v1/webhooks").json["items"]
    assert (shown["last_status"], shown["failing_since"]) == (200, None)
    assert shown["last_tried_at"] is not None and shown["disabled_at"] is None


def test_a_message_that_is_deleted_is_not_posted_any_more(system: System):
    with receiving() as endpoint, settings(WEBHOOK_LOOPBACK="on"):
        endpoint.status = 503
        system.call("POST", "/v1/webhooks", {"url": endpoint.url})
        message = system.send()
        system.opened(message, 7200, THUNDERBIRD, HOME)
        system.follow()
        system.call("DELETE", f"/v1/messages/{message['id']}")
        system.minute(7200 + WAITS[0] + 60)
    assert len(endpoint.posts) == 1
    left = [item for item in system.aws.items() if item["sk"]["S"].startswith("p#")]
    assert left and "example.com" not in str(left)
