"""What the Lambda service is to a function: who calls it, with which context, and what its failure means."""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import time
from typing import Any

log = logging.getLogger(__name__)

Function = Callable[[Any, Any], Any]
"""A handler as Lambda calls it: event and context in, an answer out."""


@dataclass(frozen=True, slots=True)
class Context:
    """The context object of Python functions (Lambda developer guide), as far as anybody reads it; and the clock, which here
    may be another than the machine's."""

    function_name: str
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:local"
    memory_limit_in_mb: str = "512"
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    now: Callable[[], float] = time


class FunctionError(Exception):
    """A function raised. What it raised is the cause, and is in the log."""


def invoke(name: str, function: Function, event: Any, now: Callable[[], float] = time) -> Any:
    """The function's answer. Raises FunctionError for whatever it raises, as the Lambda service does."""
    try:
        return function(event, Context(name, now=now))
    except Exception as error:
        log.exception("The function %s failed.", name)
        raise FunctionError(name) from error


def first_failed(answer: Any, identifiers: Sequence[str]) -> int:
    """The index of the first record that a batch's answer names as failed, or the number of records if it names none.

    An answer that names a record that was not in the batch fails all of it (Lambda developer guide, "Configuring
    partial batch response").
    """
    failures = answer.get("batchItemFailures") if isinstance(answer, Mapping) else None
    named = [failure.get("itemIdentifier") for failure in failures or ()]
    if not named:
        return len(identifiers)
    if any(name not in identifiers for name in named):
        return 0
    return min(identifiers.index(name) for name in named)
