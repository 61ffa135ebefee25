"""Pushes to phones, by SNS: Apple's APNs and Google's FCM in its version 1.

https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
"""

import json
import re
from functools import cache
from typing import Any

from chalicelib.config import config
from chalicelib.domain.accounts import Platform
from chalicelib.domain.errors import BadInput
from chalicelib.domain.letters import Push
from chalicelib.domain.words.sentences import say

MOST_SENDERS = 100  # of one device: CustomUserData holds 2,048 bytes
_DELETED = "No endpoint found"
_THERE_ALREADY = re.compile(r"Endpoint (arn:\S+) already exists with the same [Tt]oken")


class Gone(Exception):  # noqa: N818
    """The device takes no pushes any more: the app was removed, or its token replaced."""


@cache
def _client() -> Any:
    import boto3

    return boto3.client("sns")


def register(platform: Platform, token: str, sender: str) -> str:
    """The endpoint of a sender's device, by the token that its app was given. Raises BadInput.

    One that was there before, and disabled since, is enabled again, as
    https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html has it. SNS has one endpoint for a token: its
    CustomUserData names all senders who have the device, as on a phone with two accounts.
    """
    application = {Platform.APNS: config().apns_application_arn, Platform.FCM: config().fcm_application_arn}[platform]
    if not application:
        raise BadInput(say("This deployment does not send pushes through {platform}.", platform=platform), "platform")
    if config().data_dir:
        return f"{application}/{token}"
    service = _client()
    try:
        endpoint = service.create_platform_endpoint(
            PlatformApplicationArn=application, Token=token, Attributes={"CustomUserData": sender}
        )["EndpointArn"]
    except service.exceptions.InvalidParameterException as failure:
        there_already = _THERE_ALREADY.search(str(failure))
        if there_already is None:
            raise BadInput("The service rejected this device token.", "token") from failure
        endpoint = there_already[1]
    senders = _senders(endpoint) or []
    if sender not in senders:
        senders = [*senders, sender][-MOST_SENDERS:]
    changed = {"Enabled": "true", "Token": token, "CustomUserData": " ".join(senders)}
    service.set_endpoint_attributes(EndpointArn=endpoint, Attributes=changed)
    return str(endpoint)


def unregister(endpoint: str, sender: str) -> None:
    """Forget the endpoint of a sender's device, unless another has it too; that it is gone already is a quiet success."""
    if config().data_dir:
        return
    senders = _senders(endpoint)
    if senders is None or sender not in senders:
        return
    left = [each for each in senders if each != sender]
    if left:
        _client().set_endpoint_attributes(EndpointArn=endpoint, Attributes={"CustomUserData": " ".join(left)})
    else:
        _client().delete_endpoint(EndpointArn=endpoint)


def _senders(endpoint: str) -> list[str] | None:
    """The senders who have the device at an endpoint; None if there is no such endpoint."""
    service = _client()
    try:
        kept = service.get_endpoint_attributes(EndpointArn=endpoint)["Attributes"]
    except service.exceptions.NotFoundException:
        return None
    return str(kept.get("CustomUserData", "")).split()


def send(push: Push, endpoint: str) -> str:
    """Send a push; SNS's id of it. Raises Gone."""
    message = json.dumps(payloads(push), ensure_ascii=False)
    if config().data_dir:
        from chalicelib.senders import one_machine

        return one_machine.push(endpoint, message)
    service = _client()
    try:
        answer = service.publish(TargetArn=endpoint, MessageStructure="json", Message=message)
    except (service.exceptions.EndpointDisabledException, service.exceptions.NotFoundException) as failure:
        raise Gone(endpoint) from failure
    except service.exceptions.InvalidParameterException as failure:
        if _DELETED in str(failure):  # SNS has no code of its own for it
            raise Gone(endpoint) from failure
        raise
    return str(answer["MessageId"])


def payloads(push: Push) -> dict[str, str]:
    """The push in each service's own form; SNS picks the one for the endpoint."""
    apns = {
        "aps": {
            "alert": {"title": push.title, "body": push.body},
            **({"sound": "default"} if push.sound else {}),
            "thread-id": push.data["message"],
        }
    } | push.data
    fcm = {
        "fcmV1Message": {
            "message": {
                "notification": {"title": push.title, "body": push.body},
                "data": push.data,
                "android": {"collapse_key": push.data["message"]},
            }
        }
    }
    return {
        "default": push.title,
        "APNS": json.dumps(apns, ensure_ascii=False),
        "APNS_SANDBOX": json.dumps(apns, ensure_ascii=False),
        "GCM": json.dumps(fcm, ensure_ascii=False),
    }
