"""Events that pretend: a request's own word of where it comes from, and notifications that SES never sent."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from infra.local import ses_receipts
from tests.aws.resources import INBOUND_BUCKET
from tests.makers import APPLE_RELAY, CHROME, GOOGLE, HOME
from tests.replies import an_answer, reply_to
from tests.system import System

# By what proxies name a client, and anybody can write: https://github.com/stanfrbd/searchip and RFC 7239 name most.
CLAIMS = [
    *(
        "X-Forwarded-For",
        "X-Real-IP",
        "X-Client-IP",
        "Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "Fastly-Client-IP",
    ),
    *(
        "X-Originating-IP",
        "X-Remote-IP",
        "X-Remote-Addr",
        "X-Cluster-Client-IP",
        "X-ProxyUser-Ip",
        "Via",
        "Remote-Addr",
    ),
]
OWN = "198.51.100.77"  # the sender's own desk: from there an open would be the sender's


@pytest.mark.parametrize("claimed", [GOOGLE, APPLE_RELAY, OWN, "127.0.0.1", f"{GOOGLE}, {HOME}", "unknown", "\x00"])
def test_where_a_reader_is_the_gateway_says_and_no_header(system: System, claimed: str):
    """API Gateway fills sourceIp itself; the first address of X-Forwarded-For is whatever the client wrote there."""
    (bob,) = system.send()["recipients"]
    system.now += 3 * 3_600
    claims = dict.fromkeys(CLAIMS, claimed) | {"Forwarded": f"for={claimed}"}
    for headers in ({}, claims):
        system.ask("GET", bob["pixel_url"], headers={"User-Agent": CHROME, **headers}, address=HOME)
    plain, forged = [item for item in system.aws.items() if item["sk"]["S"].startswith("e#")]
    for name in set(plain) | set(forged):
        assert plain.get(name) == forged.get(name) or name == "sk"


def test_the_senders_own_device_is_not_made_by_a_header(system: System):
    system.ask("GET", "/v1/feed", headers={"Authorization": "Bearer nobody's", "X-Forwarded-For": HOME}, address=GOOGLE)
    message = system.send()
    system.clicked(message, 3_600, CHROME, HOME)
    system.follow()
    assert system.show(message)["events"][0]["verdict"]["kind"] == "human"


Forge = Callable[[dict[str, Any], dict[str, Any]], object]
"""Changes SNS's record and what SES says in it."""

FORGED: dict[str, Forge] = {
    "another topic": lambda sns, said: sns.update(TopicArn="arn:aws:sns:us-east-1:666:evil"),
    "a topic whose name ends like ours": lambda sns, said: sns.update(TopicArn=sns["TopicArn"] + "-2"),
    "the other topic of ours": lambda sns, said: sns.update(TopicArn=sns["TopicArn"].replace("inbound", "feedback")),
    "no topic": lambda sns, said: sns.pop("TopicArn"),
    "a topic that is none": lambda sns, said: sns.update(TopicArn=["unsealed-inbound"]),
    "another bucket": lambda sns, said: said["receipt"]["action"].update(bucketName="somebody-elses"),
    "a key that is not there": lambda sns, said: said["receipt"]["action"].update(objectKey="mail/none"),
    "a key that leads up": lambda sns, said: said["receipt"]["action"].update(objectKey="../mail/x"),
    "an empty key": lambda sns, said: said["receipt"]["action"].update(objectKey=""),
    "a key that is none": lambda sns, said: said["receipt"]["action"].update(objectKey={"a": 1}),
    "an action that is not S3's": lambda sns, said: said["receipt"]["action"].update(type="Lambda"),
    "another notification": lambda sns, said: said.update(notificationType="Bounce"),
    "no receipt": lambda sns, said: said.pop("receipt"),
    "recipients that are none": lambda sns, said: said["receipt"].update(recipients=7),
    "no time": lambda sns, said: said["mail"].update(timestamp="now"),
    "a time beyond all": lambda sns, said: said["mail"].update(timestamp="99999-01-01T00:00:00Z"),
    "an unsubscription": lambda sns, said: sns.update(
        Type="UnsubscribeConfirmation", SubscribeURL="https://evil.example/"
    ),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_notification_that_ses_did_not_send_brings_nothing_in(system: System, forge: Forge):
    message = system.send()
    name, to = "a-mail", reply_to(message)
    system.aws.client("s3").put_object(Bucket=INBOUND_BUCKET, Key=f"mail/{name}", Body=an_answer(To=to))
    said = ses_receipts.receipt(name, "bob@example.com", [to], system.now, {})
    good = ses_receipts.event("inbound", said, system.now)
    bad = deepcopy(good)
    sns, said = bad["Records"][0]["Sns"], deepcopy(said)
    forge(sns, said)
    sns["Message"] = json.dumps(said)
    before = system.aws.items()
    if forge is not FORGED["an unsubscription"]:  # which says of itself what it likes: the message in it is what counts
        for function in ("receive", "feedback"):
            system.run(function, bad)
        assert (system.aws.items(), system.aws.outbox()) == (before, [])
    system.run("receive", good)
    system.follow()
    assert [event["kind"] for event in system.show(message)["events"]] == ["reply"], (
        "one forged among good ones stops none"
    )


REPORTS: dict[str, Any] = {
    "nothing": {},
    "no mail": {"notificationType": "Bounce", "bounce": {"bounceType": "Permanent"}},
    "a mail that is none": {"notificationType": "Complaint", "mail": "all", "complaint": []},
    "deep": {"notificationType": "Bounce", "mail": {"messageId": [[[[]]]]}, "bounce": {"bouncedRecipients": [[[]]]}},
    "a key of the table": {
        "notificationType": "Bounce",
        "mail": {"messageId": "m#", "timestamp": "2026-09-21T14:13:20Z", "destination": ["s#"]},
        "bounce": {
            "bounceType": "Permanent",
            "timestamp": "2026-09-21T14:13:20Z",
            "bouncedRecipients": [{"emailAddress": "a#"}],
        },
    },
    "many": {"notificationType": "Bounce", "bounce": {"bouncedRecipients": [{"emailAddress": "b@x.example"}] * 10_000}},
}


@pytest.mark.parametrize("said", REPORTS.values(), ids=REPORTS.keys())
def test_a_report_of_no_mail_of_ours_changes_nothing(system: System, said: dict[str, Any]):
    system.send()
    before = system.aws.items()
    system.told_by_ses(said)
    assert system.aws.items() == before
