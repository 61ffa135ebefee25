"""What DynamoDB calls it where a check does not hold, or where two write at once: the refusals that callers expect.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.errors import Conflict


class Unmet(Conflict):
    """A check does not hold."""


def conflict(code: str, reasons: Iterable[Mapping[str, Any]]) -> Conflict | None:
    """The conflict that a refusal means, None if it is of another kind. `reasons` are those of a cancelled transaction."""
    codes = {reason.get("Code") for reason in reasons} if code == "TransactionCanceledException" else {code}
    if codes & {"ConditionalCheckFailedException", "ConditionalCheckFailed"}:
        return Unmet("It changed in the meantime.")
    if codes & {"TransactionConflictException", "TransactionConflict"}:
        return Conflict("It is being changed at this moment.")
    return None
