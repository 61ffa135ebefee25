"""`make redrive`: what lies in the dead letters is tried again, once the cause is mended. What fails again stays there.

Three things lie there: events that the table did not take for hours (they go back to the spill queue), places in the
table's stream whose records could not be followed (the stream remembers them for a day), and calls of functions.
Lambda developer guide, "Capturing records of Lambda asynchronous invocations" and "Retain discarded records".
"""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError

from infra.deploy.deploying import Tell
from infra.deploy.errors import CannotDeploy
from infra.deploy.stack import Stack

_OUT_OF_SIGHT = 900  # seconds: as long as a function may take


def redrive(session: Any, stack: str, tell: Tell) -> int:
    """Try everything again; how much of it was done. Raises CannotDeploy if there is no such stack."""
    outputs = Stack(session, stack).outputs()
    if not outputs:
        raise CannotDeploy(f"There is no stack {stack}: `make deploy` makes it.")
    queue = session.client("sqs")
    done = 0
    for message in list(_waiting(queue, outputs["DeadLetters"])):
        wrong = _again(session, json.loads(message["Body"]), message["Body"], outputs["SpillQueue"])
        if wrong:
            tell(f"{message['MessageId']} stays: {wrong}")
            continue
        queue.delete_message(QueueUrl=outputs["DeadLetters"], ReceiptHandle=message["ReceiptHandle"])
        done += 1
    return done


def _waiting(queue: Any, url: str) -> Iterator[Mapping[str, Any]]:
    while True:
        found = queue.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=_OUT_OF_SIGHT)
        if not found.get("Messages"):
            return
        yield from found["Messages"]


def _again(session: Any, letter: Mapping[str, Any], body: str, spill: str) -> str:
    """Try one thing again; why it stays, empty if it is done."""
    if "DDBStreamBatchInfo" in letter:
        try:
            event = _records(session.client("dynamodbstreams"), letter["DDBStreamBatchInfo"])
        except ClientError as failure:
            return f"the stream no longer has its records ({failure.response['Error']['Code']})"
        return _call(session, letter["requestContext"]["functionArn"], event)
    if "requestPayload" in letter:
        return _call(session, letter["requestContext"]["functionArn"], letter["requestPayload"])
    session.client("sqs").send_message(QueueUrl=spill, MessageBody=body)
    return ""


def _call(session: Any, function: str, event: Any) -> str:
    patient = Config(read_timeout=_OUT_OF_SIGHT, retries={"max_attempts": 0})
    answer = session.client("lambda", config=patient).invoke(
        FunctionName=function, Payload=json.dumps(event, default=_base64).encode()
    )
    said = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        return f"{function} fails again: {said.get('errorMessage', said)}"
    return f"{function} fails again in part" if isinstance(said, dict) and said.get("batchItemFailures") else ""


def _records(streams: Any, place: Mapping[str, Any]) -> dict[str, Any]:
    """The event that Lambda made of these records."""
    arn, last = place["streamArn"], int(place["endSequenceNumber"])
    where = {"ShardIteratorType": "AT_SEQUENCE_NUMBER", "SequenceNumber": place["startSequenceNumber"]}
    at = streams.get_shard_iterator(StreamArn=arn, ShardId=place["shardId"], **where)["ShardIterator"]
    found: list[dict[str, Any]] = []
    while at and (not found or int(found[-1]["dynamodb"]["SequenceNumber"]) < last):
        answer = streams.get_records(ShardIterator=at)
        if not answer["Records"]:
            break
        found += [_record(record, arn) for record in answer["Records"]]
        at = answer.get("NextShardIterator")
    return {"Records": [each for each in found if int(each["dynamodb"]["SequenceNumber"]) <= last]}


def _record(record: Mapping[str, Any], arn: str) -> dict[str, Any]:
    content = dict(record["dynamodb"])
    content["ApproximateCreationDateTime"] = int(content["ApproximateCreationDateTime"].timestamp())
    return {**record, "dynamodb": content, "eventSourceARN": arn}


def _base64(value: bytes) -> str:
    """Binaries, as Lambda has them in an event."""
    return base64.b64encode(value).decode()
