"""Admitting: whose token it is, whether it may do this, and whether it did not do too much of late."""

from chalicelib.config import config
from chalicelib.domain.accounts import ApiToken, Scope
from chalicelib.domain.errors import Forbidden, NotSignedIn, TooMany
from chalicelib.domain.limits import Allowance, Limit, allowance
from chalicelib.domain.words.sentences import say
from chalicelib.store.accounts import api_tokens
from chalicelib.work.accounts import recognising
from chalicelib.work.retrying import retried

_MINUTE = 60


def admit(token: str, scope: Scope | None, at: float, address: str = "", agent: str = "") -> tuple[ApiToken, Allowance]:
    """What a token stands for, and how many calls it has left: by one call of the table, which counts and reads.

    The device that asks, if it is said, is noted as the sender's own: on its first use of a day, that takes four calls more.
    With `scope` None any token will do. Raises NotSignedIn, Forbidden and TooMany.
    """
    if not token:
        raise NotSignedIn("Send an API token as “Authorization: Bearer <token>”.")
    limit = Limit("calls", config().calls_a_minute, _MINUTE)
    seen = recognising.named(address, agent, at) if address else None
    use = api_tokens.count_use(token, at, limit.most, limit.window, seen)
    use = use or _looked_into(token, at, limit, seen, address, agent)
    if use.token.expires_at is not None and use.token.expires_at <= at:
        raise _UNKNOWN
    if scope is not None and scope not in use.token.scopes:
        raise Forbidden(say("This token lacks the required scope: {scope}.", scope=scope.value), scope.value)
    return use.token, allowance(limit, use.used, at)


@retried(3)
def _looked_into(token: str, at: float, limit: Limit, seen: str | None, address: str, agent: str) -> api_tokens.Use:
    """The use of a token that may be unknown, used up, or in the hands of another device of the sender's."""
    last = api_tokens.last_use(token)
    if last is None:
        raise _UNKNOWN
    noted = seen if seen and recognising.remember(last.token.sender, address, agent, at) else None
    use = api_tokens.count_known_use(token, last, at, limit.most, limit.window, noted)
    if use is None:
        raise TooMany(allowance(limit, limit.most, at))
    return use


_UNKNOWN = NotSignedIn("This token is unknown, revoked or expired.")
