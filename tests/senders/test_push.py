"""What SNS is given: each service's own form, small enough for it; and devices that are gone."""

import json

import pytest

from chalicelib.domain.accounts import Platform
from chalicelib.domain.errors import BadInput
from chalicelib.domain.letters import Push
from chalicelib.domain.telling.news import News
from chalicelib.domain.telling.notification_letters import pushed
from chalicelib.senders import push
from tests.embedded import Embedded
from tests.makers import SENT, a_notification
from tests.trouble import refusing, settings

PUSH = Push("Bob opened “Offer”", "90%. A person did this.", {"message": "0199", "recipient": "0", "kind": "open"})
MOST_APNS = 4_096  # bytes of a payload: "Generating a remote notification", developer.apple.com
MOST_FCM = 4_096  # bytes of a message: "About FCM messages", firebase.google.com


def test_apple_is_given_an_alert_that_groups_by_message_and_the_data_beside_it():
    apns = json.loads(push.payloads(PUSH)["APNS"])
    assert apns == {
        "aps": {
            "alert": {"title": PUSH.title, "body": PUSH.body},
            "sound": "default",
            "thread-id": "0199",
        },
        "message": "0199",
        "recipient": "0",
        "kind": "open",
    }
    assert push.payloads(PUSH)["APNS_SANDBOX"] == push.payloads(PUSH)["APNS"]


def test_google_is_given_a_message_of_its_version_1_with_text_for_data():
    fcm = json.loads(push.payloads(PUSH)["GCM"])["fcmV1Message"]["message"]
    assert fcm["notification"] == {"title": PUSH.title, "body": PUSH.body}
    assert fcm["data"] == PUSH.data
    assert all(isinstance(value, str) for value in fcm["data"].values())
    assert set(fcm) == {"notification", "data", "android"}


def test_sns_wants_text_for_each_service_and_one_for_all_others():
    payloads = push.payloads(PUSH)
    assert set(payloads) == {"default", "APNS", "APNS_SANDBOX", "GCM"}
    assert all(isinstance(payload, str) for payload in payloads.values())


@pytest.mark.parametrize(
    "subject", ["x" * 998, "€" * 998, "😀" * 998, "\x01" * 998, '"' * 998], ids=lambda text: text[:1]
)
def test_the_longest_subject_still_fits_what_a_service_takes(subject):
    news = News(a_notification(subject=subject, name="€" * 200), decided_at=SENT + 60, told_at=SENT + 60)
    payloads = push.payloads(pushed(news, "en", sound=True))
    assert len(payloads["APNS"].encode()) <= MOST_APNS
    assert len(json.dumps(json.loads(payloads["GCM"])["fcmV1Message"], ensure_ascii=False).encode()) <= MOST_FCM


@pytest.mark.parametrize("platform", [Platform.APNS, Platform.FCM])
def test_a_push_goes_to_the_device_that_was_registered(fresh_table: Embedded, platform):
    endpoint = push.register(platform, "device token", "ann")
    name = push.send(PUSH, endpoint)
    (given,) = fresh_table.pushes()
    assert (given["id"], given["endpoint"], given["token"]) == (name, endpoint, "device token")
    assert json.loads(given["message"]) == push.payloads(PUSH)


def test_the_same_device_twice_is_one_endpoint(fresh_table: Embedded):
    first, second = (push.register(Platform.APNS, "device token", "ann") for _ in range(2))
    assert first == second != push.register(Platform.APNS, "another token", "ann")


def test_a_disabled_endpoint_is_gone(fresh_table: Embedded):
    endpoint = push.register(Platform.APNS, "device token", "ann")
    fresh_table.client("sns").set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Enabled": "false"})
    with pytest.raises(push.Gone):
        push.send(PUSH, endpoint)
    assert fresh_table.pushes() == []


def test_an_endpoint_that_was_deleted_is_gone(fresh_table: Embedded):
    endpoint = push.register(Platform.FCM, "device token", "ann")
    push.unregister(endpoint, "ann")
    with pytest.raises(push.Gone):
        push.send(PUSH, endpoint)


def test_a_device_of_two_senders_is_forgotten_when_both_forgot_it(fresh_table: Embedded):
    endpoint = push.register(Platform.FCM, "device token", "ann")
    assert push.register(Platform.FCM, "device token", "eve") == endpoint
    assert push.register(Platform.FCM, "device token", "ann") == endpoint
    push.unregister(endpoint, "stranger")
    push.unregister(endpoint, "ann")
    push.unregister(endpoint, "ann")
    assert push.send(PUSH, endpoint), "Eve has it still"
    push.unregister(endpoint, "eve")
    with pytest.raises(push.Gone):
        push.send(PUSH, endpoint)


def test_forgetting_a_device_that_is_forgotten_is_a_quiet_success(fresh_table: Embedded):
    endpoint = push.register(Platform.FCM, "device token", "ann")
    push.unregister(endpoint, "ann")
    push.unregister(endpoint, "ann")


def test_what_may_pass_rises_as_it_is(fresh_table: Embedded):
    endpoint = push.register(Platform.APNS, "device token", "ann")
    with (
        refusing(push._client(), "Publish", "InternalError"),
        pytest.raises(Exception, match="InternalError") as failed,
    ):
        push.send(PUSH, endpoint)
    assert not isinstance(failed.value, push.Gone)


def test_a_deployment_without_a_service_says_so(fresh_table: Embedded):
    with settings(FCM_APPLICATION_ARN=""), pytest.raises(BadInput) as refused:
        push.register(Platform.FCM, "device token", "ann")
    assert refused.value.field == "platform"


def test_a_token_that_the_service_refuses_is_bad_input(fresh_table: Embedded):
    with refusing(push._client(), "CreatePlatformEndpoint", "InvalidParameter"), pytest.raises(BadInput) as refused:
        push.register(Platform.APNS, "no token", "ann")
    assert refused.value.field == "token"
