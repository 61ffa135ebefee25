"""API tokens, each kept as its hash: who reads the table cannot sign in with what it holds.

One SHA-256, no salt and no slow hash: a token is 256 random bits, so there is nothing to guess and no list to look it up
in, and a call finds it by one read of one key.
"""

import secrets
from base64 import b32encode
from dataclasses import replace
from hashlib import sha256

from chalicelib.domain.accounts import Alert, ApiToken, Scope
from chalicelib.store import keys, table
from chalicelib.store.accounts import alerts
from chalicelib.store.dynamodb.values import Item

PREFIX = "unsealed_"  # so that whoever scans for leaked secrets knows one of ours: unsealed_[a-z2-7]{52}
MOST = 100  # of one sender
_HOUR = 3_600


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


def note_use(token: str, known: ApiToken, at: float) -> ApiToken:
    """Note that a token is used, unless that was noted within the last hour: most calls write nothing."""
    if known.used_at is not None and at - known.used_at < _HOUR:
        return known
    table.change(keys.token(_digest(token)), {"used_at": at})
    return replace(known, used_at=at)


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
