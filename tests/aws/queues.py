"""A queue, handed to its function as Lambda's event source mapping does: in batches, deleted when done, else shown again.

Developer guide, "Using Lambda with Amazon SQS": of a batch that names failures only the others are deleted, of one
that raises none. What failed comes again when its visibility timeout is over.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from infra.local.functions import Function, FunctionError, invoke

POLL_SECONDS = 5.0
"""How long a message that comes into sight again may wait: nothing tells of it."""


def event(messages: Sequence[Mapping[str, Any]], arn: str) -> dict[str, Any]:
    """The event that Lambda makes of a queue's messages as boto3 receives them."""
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": message.get("Attributes", {}),
                "messageAttributes": message.get("MessageAttributes", {}),
                "md5OfBody": message["MD5OfBody"],
                "eventSource": "aws:sqs",
                "eventSourceARN": arn,
                "awsRegion": arn.split(":")[3],
            }
            for message in messages
        ]
    }


class QueueDriver:
    """Hands messages over until it is stopped."""

    def __init__(self, sqs: Any, url: str, name: str, function: Function, batch_size: int) -> None:
        self._sqs = sqs
        self._url = url
        self._name = name
        self._function = function
        self._batch_size = batch_size
        self._stop = threading.Event()
        self._arn = str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])
        self.arrived = threading.Event()

    def run(self) -> None:
        """Work until `stop`, waiting for `arrived` where there is nothing to do."""
        while not self._stop.is_set():
            self.arrived.clear()
            while self.deliver() and not self._stop.is_set():
                pass
            self.arrived.wait(POLL_SECONDS)

    def stop(self) -> None:
        """End after the call that is under way."""
        self._stop.set()
        self.arrived.set()

    def deliver(self) -> int:
        """Hand over one batch: how many messages it had."""
        received = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(self._batch_size, 10),
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages = received.get("Messages", [])
        if messages:
            for message in self._done(messages):
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        return len(messages)

    def _done(self, messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        try:
            answer = invoke(self._name, self._function, event(messages, self._arn))
        except FunctionError:
            return []
        failures = answer.get("batchItemFailures", ()) if isinstance(answer, Mapping) else ()
        failed = {failure.get("itemIdentifier") for failure in failures}
        if failed - {message["MessageId"] for message in messages}:
            return []  # a name that was not in the batch fails all of it
        return [message for message in messages if message["MessageId"] not in failed]
