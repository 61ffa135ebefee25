"""A queue, handed to its function as Lambda's event source mapping does: in batches, deleted when done, else shown again.

Developer guide, "Using Lambda with Amazon SQS": of a batch that names failures only the others are deleted, of one
that raises none. What failed comes again when its visibility timeout is over.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalicelib.store.sqlite import queues
from chalicelib.store.sqlite.database import Database
from chalicelib.store.sqlite.queues import Message
from infra.local.functions import Function, FunctionError, invoke

POLL_SECONDS = 2.0
"""How long a message may wait that another process put, or that comes into sight again: nothing tells of it."""


def event(messages: Sequence[Message]) -> dict[str, Any]:
    """The event that Lambda makes of a queue's messages, as far as anybody reads it."""
    return {
        "Records": [
            {
                "messageId": str(message.number),
                "body": message.body,
                "attributes": {"ApproximateReceiveCount": str(message.tries)},
                "eventSource": "aws:sqs",
            }
            for message in messages
        ]
    }


class QueueDriver:
    """Hands the messages of a queue over until it is stopped. `now` is the time in unix seconds."""

    def __init__(
        self, database: Database, queue: str, function: Function, batch_size: int, now: Callable[[], float]
    ) -> None:
        self._database, self._queue = database, queue
        self._function, self._batch_size, self._now = function, batch_size, now
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stop.is_set():
            while self.deliver() and not self._stop.is_set():
                pass
            self._stop.wait(POLL_SECONDS)

    def stop(self) -> None:
        """End after the call that is under way."""
        self._stop.set()

    def deliver(self) -> int:
        """Hand over one batch: how many messages it had."""
        messages = queues.receive(self._database, self._queue, self._batch_size, self._now())
        if messages:
            queues.done(self._database, [message.number for message in self._done(messages)])
        return len(messages)

    def _done(self, messages: Sequence[Message]) -> list[Message]:
        try:
            answer = invoke(self._queue, self._function, event(messages), self._now)
        except FunctionError:
            return []
        failures = answer.get("batchItemFailures", ()) if isinstance(answer, Mapping) else ()
        failed = {failure.get("itemIdentifier") for failure in failures}
        if failed - {str(message.number) for message in messages}:
            return []  # a name that was not in the batch fails all of it
        return [message for message in messages if str(message.number) not in failed]
