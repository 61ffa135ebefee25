"""The dead letters: what cannot be followed is laid aside there whole, until `make redrive` tries it again."""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

from chalicelib.config import config

_AGAIN = "again"


class NotLaidAside(Exception):  # noqa: N818
    """The queue did not take it, or there is none."""


@cache
def _client() -> Any:
    import boto3

    return boto3.client("sqs")


def put(function: str, record: Mapping[str, Any]) -> None:
    """Lay aside a record of the stream, in the form of a call of `function` (an ARN) that failed. Raises NotLaidAside.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html has the form.
    """
    call = {"requestContext": {"functionArn": function}, "requestPayload": {"Records": [record], _AGAIN: True}}
    if config().data_dir:
        _put_here(json.dumps(call, default=_base64))
        return
    from botocore.exceptions import BotoCoreError, ClientError

    if not config().dead_letters_url:
        raise NotLaidAside("no queue")
    try:
        _client().send_message(QueueUrl=config().dead_letters_url, MessageBody=json.dumps(call, default=_base64))
    except (BotoCoreError, ClientError) as failure:
        raise NotLaidAside(type(failure).__name__) from failure


def _put_here(text: str) -> None:
    import sqlite3

    from chalicelib.store.sqlite import queues
    from chalicelib.store.sqlite.engine import engine

    try:
        queues.put(engine().database, queues.DEAD_LETTERS, text)
    except sqlite3.Error as failure:
        raise NotLaidAside(type(failure).__name__) from failure


def are_in(batch: Mapping[str, Any]) -> bool:
    """Whether a batch of records was laid aside before and is tried again: what fails now stays where it is."""
    return _AGAIN in batch


def _base64(value: bytes) -> str:
    return b64encode(value).decode()
