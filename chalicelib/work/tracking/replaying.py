"""Replaying events that waited in the spill queue. The event keeps its id: one that was put after all changes nothing."""

from typing import Any

from chalicelib.log import logger
from chalicelib.store.dynamodb.wire import TableUnavailable
from chalicelib.store.tracking import events


def replay(batch: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Put each event of a batch of the queue; the answer makes the queue keep those that the table still refuses.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    waiting = []
    for record in batch["Records"]:
        try:
            events.put(events.from_text(record["body"]))
        except TableUnavailable as failure:
            logger().warning("The table still takes no event.", extra={"reason": str(failure)})
            waiting.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": waiting}
