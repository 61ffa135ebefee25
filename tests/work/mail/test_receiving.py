"""Receiving through failures: whatever call breaks off, the next delivery brings all to the same end, once."""

from typing import Any

import pytest

from chalicelib.senders import mail
from chalicelib.store.mail import inbox
from tests.makers import SENT
from tests.replies import an_answer, reply_to
from tests.system import System
from tests.trouble import NOBODY_THERE, TABLE_REFUSES, refusing, settings, the_table

CALLS = [
    ("s3", "GetObject", 1),
    ("dynamodb", "GetItem", 4),
    ("dynamodb", "BatchGetItem", 2),
    ("dynamodb", "PutItem", 1),
    ("ses", "SendEmail", 1),
]


def client(service: str) -> Any:
    return {"s3": inbox._client, "dynamodb": the_table, "ses": mail._client}[service]()


@pytest.mark.parametrize(("service", "operation", "before"), [(*call[:2], n) for call in CALLS for n in range(call[2])])
def test_whatever_breaks_off_is_done_when_sns_tells_again(system: System, service: str, operation: str, before: int):
    message = system.send()
    inbox.remember_id("ses-1", message["id"], 0, SENT)
    answer = an_answer(In_Reply_To="<ses-1@email.amazonses.com>")
    event = system.receive(answer, "nobody@localhost.example")
    event["Records"][0]["Sns"]["Message"] = event["Records"][0]["Sns"]["Message"].replace(
        "nobody@localhost.example", reply_to(message)
    )
    with refusing(client(service), operation, "InternalFailure", after=before) as refused, pytest.raises(TABLE_REFUSES):
        system.run("receive", event)
    assert refused
    system.run("receive", event)
    system.run("receive", event)
    system.follow()
    assert system.show(message)["recipients"][0]["replies"] == 1
    subjects = sorted(each["subject"] for each in system.aws.outbox())
    once = ["Re: Offer for June"]
    # Between SES's yes and the note of it the mail may go out again: README.md, "What can go wrong".
    assert subjects == (["Re: Offer for June", *once] if operation == "PutItem" else once)


def test_a_table_that_takes_no_event_loses_none(system: System):
    message = system.send()
    with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE):
        system.receive(an_answer(), reply_to(message))
    queue = system.aws.made.queue_url
    (waiting,) = system.aws.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert '"reply"' in waiting["Body"]


def test_a_mail_that_is_not_in_the_bucket_is_no_reason_to_try_for_ever(system: System):
    event = system.receive(an_answer(), "nobody@localhost.example")
    system.aws.client("s3").delete_object(
        Bucket="unsealed-inbound",
        Key=f"mail/{event['Records'][0]['Sns']['Message'].split('mail/')[-1].split(chr(34))[0]}",
    )
    system.run("receive", event)


def test_an_answer_to_a_message_that_was_deleted_is_nobodys(system: System):
    message = system.send()
    address = reply_to(message)
    system.call("DELETE", f"/v1/messages/{message['id']}")
    system.receive(an_answer(), address)
    assert system.aws.outbox() == []
