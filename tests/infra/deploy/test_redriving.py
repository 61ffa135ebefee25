"""What was laid aside is tried again: spilled events, places in the stream, calls of functions."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

import app
from infra.deploy import redriving
from infra.local.functions import Context
from tests.embedded import Embedded
from tests.makers import HOME, THUNDERBIRD
from tests.system import System

FOLLOW = "arn:aws:lambda:us-east-1:123456789012:function:unsealed-prod-follow"


@dataclass
class Account:
    """An account whose queues and stream are the embedded AWS's; its stack and its functions are told here."""

    aws: Embedded
    run: Callable[[Any], Any]
    called: list[tuple[str, Any]] = field(default_factory=list)

    def client(self, service: str, **_: Any) -> Any:
        return self if service in ("cloudformation", "lambda") else self.aws.client(service)

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803 - boto3's word
        urls = {"SpillQueue": self.aws.made.queue_url, "DeadLetters": self.dead}
        told = [{"OutputKey": key, "OutputValue": value} for key, value in urls.items()]
        return {"Stacks": [{"StackName": StackName, "StackStatus": "CREATE_COMPLETE", "Outputs": told}]}

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        event = json.loads(Payload)
        self.called.append((FunctionName, event))
        return {"Payload": io.BytesIO(json.dumps(self.run(event)).encode())}

    @property
    def dead(self) -> str:
        return str(self.aws.client("sqs").create_queue(QueueName="dead-letters")["QueueUrl"])

    def letter(self, content: Any) -> None:
        self.aws.client("sqs").send_message(QueueUrl=self.dead, MessageBody=json.dumps(content))

    def left(self) -> int:
        queue = self.aws.client("sqs")
        about = queue.get_queue_attributes(QueueUrl=self.dead, AttributeNames=["All"])["Attributes"]
        return int(about["ApproximateNumberOfMessages"]) + int(about["ApproximateNumberOfMessagesNotVisible"])


@pytest.fixture
def account(system: System) -> Account:
    return Account(system.aws, lambda event: app.follow(event, Context("follow")))


def place(system: System, **changes: str) -> dict[str, Any]:
    """What Lambda lays aside of the records that wait in the stream."""
    numbers = [record["dynamodb"]["SequenceNumber"] for record in system.aws.records()]
    shard = system.aws.client("dynamodbstreams").describe_stream(StreamArn=system.aws.made.stream_arn)
    about = {
        "shardId": shard["StreamDescription"]["Shards"][0]["ShardId"],
        "startSequenceNumber": numbers[0],
        "endSequenceNumber": numbers[-1],
        "streamArn": system.aws.made.stream_arn,
    }
    return {"requestContext": {"functionArn": FOLLOW}, "DDBStreamBatchInfo": about | changes}


def test_records_that_could_not_be_followed_are_followed(system: System, account: Account):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    account.letter(place(system))
    assert redriving.redrive(account, "unsealed-prod", print) == 1
    assert system.show(message)["status"] == "opened" and account.left() == 0
    assert account.called[0][0] == FOLLOW


def test_what_fails_again_stays_and_says_so(system: System, account: Account, capsys):
    account.run = lambda event: {"batchItemFailures": [{"itemIdentifier": "1"}]}
    system.opened(system.send(), 7200, THUNDERBIRD, HOME)
    account.letter(place(system))
    assert redriving.redrive(account, "unsealed-prod", print) == 0
    assert "fails again in part" in capsys.readouterr().out and account.left() == 1


def test_what_follow_laid_aside_stays_while_it_fails_and_is_done_once_its_cause_is_mended(
    system: System, account: Account
):
    message = system.send()
    key = {"pk": {"S": f"s#{system.sender}"}, "sk": {"S": f"m#{message['id']}"}}
    database, queue = system.aws.client("dynamodb"), system.aws.client("sqs")
    sound = database.get_item(TableName="unsealed", Key=key)["Item"]
    database.update_item(TableName="unsealed", Key=key, UpdateExpression="REMOVE tallies")
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    (letter,) = queue.receive_message(QueueUrl=system.aws.made.dead_letters_url)["Messages"]
    account.letter(json.loads(letter["Body"]))
    assert redriving.redrive(account, "unsealed-prod", print) == 0 and account.left() == 1
    queue.purge_queue(QueueUrl=account.dead)
    account.letter(json.loads(letter["Body"]))
    database.put_item(TableName="unsealed", Item=sound)
    assert redriving.redrive(account, "unsealed-prod", print) == 1 and account.left() == 0
    assert system.show(message)["status"] == "opened"


def test_a_call_that_failed_is_made_again_with_what_it_was_given(account: Account):
    account.run = lambda event: None
    account.letter({"requestContext": {"functionArn": FOLLOW}, "requestPayload": {"Records": [1]}})
    assert redriving.redrive(account, "unsealed-prod", print) == 1
    assert account.called == [(FOLLOW, {"Records": [1]})]


def test_a_spilled_event_goes_back_to_its_queue(account: Account):
    account.letter({"pk": {"S": "m#1"}, "sk": {"S": "e#1"}})
    assert redriving.redrive(account, "unsealed-prod", print) == 1
    (waiting,) = account.aws.client("sqs").receive_message(QueueUrl=account.aws.made.queue_url)["Messages"]
    assert json.loads(waiting["Body"]) == {"pk": {"S": "m#1"}, "sk": {"S": "e#1"}}
