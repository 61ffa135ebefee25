"""What a failure means: what passes is tried again, what lasts is laid aside."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ParamValidationError

from chalicelib.domain.errors import Conflict
from chalicelib.store.failures import may_pass


def refusal(code: str, status: int = 400, *reasons: str) -> ClientError:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError({**answer, "CancellationReasons": [{"Code": each} for each in reasons]}, "TransactWriteItems")


PASSING = [
    refusal("ProvisionedThroughputExceededException"),
    refusal("ThrottlingException"),
    refusal("TooManyRequestsException", 429),
    refusal("a code of tomorrow", 429),
    refusal("a code of tomorrow", 503),
    refusal("InternalServerError", 500),
    refusal("TransactionConflictException"),
    refusal("TransactionInProgressException"),
    refusal("ExpiredTokenException"),
    refusal("TransactionCanceledException", 400, "None", "ThrottlingError"),
    refusal("TransactionCanceledException"),
    EndpointConnectionError(endpoint_url="https://dynamodb.example"),
    NoCredentialsError(),
    Conflict("It changed in the meantime."),
]
LASTING = [
    refusal("ValidationException"),
    refusal("AccessDeniedException"),
    refusal("AccountSuspendedException"),
    refusal("ResourceNotFoundException"),
    refusal("a code of tomorrow"),
    refusal("TransactionCanceledException", 400, "None", "ValidationError"),
    refusal("TransactionCanceledException", 400, "ThrottlingError", "ItemCollectionSizeLimitExceeded"),
    ParamValidationError(report="no such parameter"),
    KeyError("tallies"),
]


@pytest.mark.parametrize("failure", PASSING, ids=str)
def test_what_is_the_moments_may_pass(failure: Exception):
    assert may_pass(failure)


@pytest.mark.parametrize("failure", LASTING, ids=str)
def test_all_else_lasts(failure: Exception):
    assert not may_pass(failure)
