"""Admitting: whose token it is, whether it may do this, and whether it did not do too much of late."""

from chalicelib.config import config
from chalicelib.domain.accounts import ApiToken, Scope
from chalicelib.domain.errors import Forbidden, NotSignedIn
from chalicelib.domain.limits import Allowance, Limit
from chalicelib.store.accounts import api_tokens
from chalicelib.work.accounts.limiting import spend

_MINUTE = 60


def admit(token: str, scope: Scope | None, at: float) -> tuple[ApiToken, Allowance]:
    """What a token stands for, and how many calls it has left: one read and one write, and once an hour one more.

    With `scope` None any token will do. Raises NotSignedIn, Forbidden and TooMany.
    """
    if not token:
        raise NotSignedIn("Send an API token as “Authorization: Bearer <token>”.")
    found = api_tokens.find(token, at)
    if found is None:
        raise NotSignedIn("This token is unknown, revoked or expired.")
    allowance = spend(Limit("calls", config().calls_a_minute, _MINUTE), found.sender, at, apart=f"-{found.id}")
    if scope is not None and scope not in found.scopes:
        raise Forbidden(f"This token lacks the required scope: {scope.value}.", scope.value)
    return api_tokens.note_use(token, found, at), allowance
