"""The spill queue: where events wait while the table does not take them. boto3 loads only when it comes to that."""

from functools import cache
from typing import Any

from chalicelib.config import config
from chalicelib.domain.events import Event
from chalicelib.store.tracking.events import as_text


class QueueUnavailable(Exception):  # noqa: N818
    """The queue did not take the event either. Nothing is left but to log it whole."""


@cache
def _client() -> Any:
    import boto3
    from botocore.config import Config

    brief = Config(retries={"total_max_attempts": 1}, connect_timeout=0.75, read_timeout=0.75)  # somebody waits
    return boto3.client("sqs", config=brief)


def _put_here(text: str) -> None:
    import sqlite3

    from chalicelib.store.sqlite import queues
    from chalicelib.store.sqlite.engine import engine

    try:
        queues.put(engine().database, queues.SPILL, text)
    except sqlite3.Error as failure:
        raise QueueUnavailable(type(failure).__name__) from failure


def put(event: Event) -> None:
    """Let an event wait for `app.replay`. Raises QueueUnavailable."""
    if config().data_dir:
        _put_here(as_text(event))
        return
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        _client().send_message(QueueUrl=config().spill_queue_url, MessageBody=as_text(event))
    except (BotoCoreError, ClientError) as failure:
        raise QueueUnavailable(type(failure).__name__) from failure
