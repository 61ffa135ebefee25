"""API tokens, each kept as its hash: who reads the table cannot sign in with what it holds.

One SHA-256, no salt and no slow hash: a token is 256 random bits, so there is nothing to guess and no list to look it up
in, and a call finds it by one read of one key.
"""

import secrets
from base64 import b32encode
from hashlib import sha256
from typing import NamedTuple

from chalicelib.domain.accounts import Alert, ApiToken, Scope
from chalicelib.domain.errors import Conflict
from chalicelib.store import keys, table
from chalicelib.store.accounts import alerts
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.writes import THERE, Checks, at_most, equal

PREFIX = "unsealed_"  # so that whoever scans for leaked secrets knows one of ours: unsealed_[a-z2-7]{52}
MOST = 100  # of one sender
_MOST_GUESSED = 10_000
_latest: dict[str, int] = {}
"""The window in which this process counted a token last: which of two updates to try first, and nothing more."""


def new() -> str:
    """A token that nobody can guess."""
    return PREFIX + b32encode(secrets.token_bytes(32)).decode().rstrip("=").lower()


def id_of(token: str) -> str:
    """The short name of a token: the beginning of its hash, which tells nothing of it."""
    return _digest(token)[:16]


def add(token: str, made: ApiToken, alert: Alert | None = None, added: table.Write | None = None) -> None:
    """Let a token speak for a sender, and have them told by the `alert`. The same token again takes the place of itself.

    `added` is written with it: raises Conflict as that says.
    """
    pk, sk = keys.token(_digest(token))
    whose_pk, whose_sk = keys.token_of(made.sender, made.id)
    expires = None if made.expires_at is None else int(made.expires_at)
    content: Item = {
        "sender": made.sender,
        "id": made.id,
        "name": made.name,
        "scopes": sorted(scope.value for scope in made.scopes),
        "session": made.session,
        "created_at": made.created_at,
        "expires": expires,
    }
    listed: Item = {"pk": whose_pk, "sk": whose_sk, "hash": _digest(token), "expires": expires}
    told = [alerts.of(alert)] if alert else []
    table.write(
        [
            table.put_always({"pk": pk, "sk": sk, **content}),
            table.put_always(listed),
            *told,
            *([added] if added else []),
        ]
    )


def find(token: str, at: float) -> ApiToken | None:
    """What a token stands for at a time; None if it is none of ours, was revoked, or has expired."""
    item = table.get(keys.token(_digest(token)))
    found = _to_token(item) if item else None
    return None if found is None or (found.expires_at is not None and found.expires_at <= at) else found


class Use(NamedTuple):
    """What a token stands for, and the last window of time in which it was used, with how often."""

    token: ApiToken
    window: int = 0
    used: int = 0


def count_use(token: str, at: float, most: int, window: int, seen: str | None) -> Use | None:
    """Count one more use of a token that this device used before, by one call that reads it as well.

    None where it is not sure that it may be: this process never saw the token (a stranger's shall cause no write), it was
    used `most` times in this window of so many seconds, another device used it last than `seen` (None: whichever), or others
    used it in this window where this process did not.
    """
    digest, now = _digest(token), int(at // window)
    if digest not in _latest:
        return None
    only_if = {} if seen is None else {"seen": equal(seen)}
    try:
        return _counted(digest, at, now, most, only_if, {}, is_new=_latest[digest] != now)
    except Conflict:
        return None


def last_use(token: str) -> Use | None:
    """What a token stands for, and when it was used last; None if it is none of ours, or was revoked."""
    item = table.get(keys.token(_digest(token)))
    return _use(item) if item else None


def count_known_use(token: str, last: Use, at: float, most: int, window: int, seen: str | None) -> Use | None:
    """Count one more use of a token after its `last`, and note the device `seen`. None if the window is used up.

    Raises Conflict where somebody changes it at this moment.
    """
    digest, now = (
        _digest(token),
        max(int(at // window), last.window),
    )  # a request may have been overtaken by a later one
    changes = {} if seen is None else {"seen": seen}
    for is_new in (last.window < now, last.window >= now):
        use = _counted(digest, at, now, most, {}, changes, is_new=is_new)
        if use is not None:
            return use
    return None


def _counted(
    digest: str, at: float, window: int, most: int, only_if: Checks, changes: Item, *, is_new: bool
) -> Use | None:
    if is_new:
        counted = {"window": window, "used": 1, "used_at": at}
        found = table.update(
            keys.token(digest), counted | changes, only_if={**THERE, **only_if, "window": at_most(window - 1)}
        )
    else:
        once_more = {**THERE, **only_if, "window": equal(window), "used": at_most(most - 1)}
        found = table.update(keys.token(digest), {"used_at": at, **changes}, add={"used": 1}, only_if=once_more)
    if found is not None:
        if len(_latest) > _MOST_GUESSED:
            _latest.clear()
        _latest[digest] = window
    return None if found is None else _use(found)


def _use(item: Item) -> Use:
    return Use(_to_token(item), item.get("window", 0), item.get("used", 0))


def of_sender(sender: str, at: float) -> list[ApiToken]:
    """A sender's tokens that are good at a time, oldest first: MOST, and some sessions more that came at one moment."""
    listed = table.query(keys.desk(sender), "k#", "k$")
    found = map(_to_token, table.get_many(keys.token(item["hash"]) for item in listed))
    good = [each for each in found if each.expires_at is None or each.expires_at > at]
    return sorted(good, key=lambda each: (each.created_at, each.id))


def revoke(sender: str, token_id: str) -> bool:
    """Let a token of a sender's speak for them no more, from the next call on. False if they have none of this name."""
    listed = table.get(keys.token_of(sender, token_id))
    if listed is None:
        return False
    doomed = (keys.token(listed["hash"]), keys.token_of(sender, token_id))
    table.write([table.take_away_always(key) for key in doomed])
    return True


def _to_token(item: Item) -> ApiToken:
    return ApiToken(
        id=item["id"],
        sender=item["sender"],
        name=item["name"],
        scopes=frozenset(map(Scope, item.get("scopes", ()))),
        created_at=item["created_at"],
        expires_at=item.get("expires"),
        used_at=item.get("used_at"),
        session=item["session"],
    )


def _digest(token: str) -> str:
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
