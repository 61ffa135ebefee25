"""Accounts: who may send."""

from hashlib import sha256

from chalicelib.domain.accounts import Account
from chalicelib.domain.messages import address
from chalicelib.store import accounts


def register(email: str, name: str, time_zone: str, token: str, at: float) -> str:
    """The sender with this address, made if there is none, for whom `token` speaks from now on."""
    email = address(email, "email")
    sender = accounts.sender_of_address(email)
    if sender is None:
        sender = sha256(token.encode()).hexdigest()[:16]
        accounts.create(Account(sender=sender, email=email, name=name, time_zone=time_zone, created_at=at))
    accounts.add_token(sender, token, "first", at)
    return sender
