"""DynamoDB's calls by boto3, loaded on first use: elsewhere than on Lambda, where credentials may stand in a profile; and
where it is chosen."""

import re
from functools import cache
from typing import Any

from chalicelib.store.dynamodb.conflicts import conflict


@cache
def client() -> Any:
    """The boto3 client of this process. Retries throttling by itself, within a function's time."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        "dynamodb", config=Config(retries={"mode": "standard", "max_attempts": 5}, max_pool_connections=50)
    )


def ask(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What DynamoDB answers. Raises Conflict (Unmet, where a check does not hold), or what boto3 raises."""
    service = client()
    try:
        return getattr(service, _method(operation))(**arguments)  # type: ignore[no-any-return]
    except service.exceptions.ClientError as failure:
        found = conflict(failure.response["Error"]["Code"], failure.response.get("CancellationReasons", ()))
        if found is None:
            raise
        raise found from failure


@cache
def _method(operation: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
