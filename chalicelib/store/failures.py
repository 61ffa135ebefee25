"""What a failure means for the one whom it hit: whether the same thing, tried again later, may succeed.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and
https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html say which errors to retry.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.errors import Conflict


class Unavailable(Exception):  # noqa: N818
    """The table cannot be read or written at this moment: its file is written by another for long, or the disk is full;
    DynamoDB is busy, ill or out of reach."""


class Refused(Exception):  # noqa: N818
    """The table will never take this. Says DynamoDB's code for it, wherever the table is."""


_PASSING = {
    # Too much at once:
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "Throttled",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    # Two that wrote at once:
    "ConcurrentModificationException",
    "ReplicatedWriteConflictException",
    "TransactionConflictException",
    "TransactionInProgressException",
    # AWS's own:
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    # Credentials that ran out, or that AWS does not know everywhere yet:
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "UnrecognizedClientException",
}
_NEVER = {"ValidationError", "ItemCollectionSizeLimitExceeded"}  # of the reasons why a transaction was cancelled


def may_pass(failure: Exception) -> bool:
    """Whether it was the moment's: AWS was busy, ill or out of reach, or two wrote at once. All else lasts.

    A lost permission lasts, though it hits whatever comes: who waits for it to come back holds up all that needs it not,
    and the stream forgets in a day what the dead letters keep for two weeks.
    """
    if isinstance(failure, Unavailable | Refused | Conflict):
        return not isinstance(failure, Refused)
    from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

    if isinstance(failure, ClientError):
        answer = failure.response
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        return passes(answer["Error"]["Code"], status, answer.get("CancellationReasons", ()))
    return isinstance(failure, BotoCoreError) and not isinstance(failure, ParamValidationError)


def passes(code: str, status: int, reasons: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a refusal was the moment's: by AWS's code for it, the status, and why a transaction was cancelled."""
    if code == "TransactionCanceledException":
        return not any(reason.get("Code") in _NEVER for reason in reasons)
    return status == 429 or status >= 500 or code in _PASSING
