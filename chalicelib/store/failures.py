"""What a failure means for the one whom it hit: whether the same thing, tried again later, may succeed.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and
https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html say which errors to retry.
"""

from chalicelib.domain.errors import Conflict


class Unavailable(Exception):  # noqa: N818
    """The table's file cannot be read or written at this moment: another writes for long, or the disk is full."""


class Refused(Exception):  # noqa: N818
    """The table will never take this. Says DynamoDB's code for it, as DynamoDB refuses the same."""


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
        if answer["Error"]["Code"] == "TransactionCanceledException":
            return not any(reason.get("Code") in _NEVER for reason in answer.get("CancellationReasons", ()))
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        return status == 429 or status >= 500 or answer["Error"]["Code"] in _PASSING
    return isinstance(failure, BotoCoreError) and not isinstance(failure, ParamValidationError)
