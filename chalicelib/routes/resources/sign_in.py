"""The API's calls by which a sender comes in and goes out."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.routes.api import sessions
from chalicelib.routes.api.dispatch import Call, Guest
from chalicelib.routes.resources.shapes import Address, Input
from chalicelib.work.accounts import signing_in


class SignIn(Input, frozen=True):
    """Whose mail shall bring the code."""

    email: Address


class SignInAnswer(Struct, frozen=True):
    """The same words for every address."""

    detail: str


class Confirmation(Input, frozen=True):
    """The code that came. `name` and `time_zone` (as in Europe/Berlin) are for an account that this makes."""

    email: Address
    code: Annotated[str, Meta(max_length=20)]
    name: Annotated[str, Meta(max_length=200)] = ""
    time_zone: Annotated[str, Meta(max_length=64)] = "UTC"


class SignedIn(Struct, frozen=True):
    """An API token with every scope. A browser has it as a cookie too, and its page may forget it."""

    token: str


def ask(call: Guest, body: SignIn) -> SignInAnswer:
    """Request a code by mail. The response is the same whether or not the address may sign in."""
    signing_in.ask(body.email, call.address, call.at)
    return SignInAnswer("If this address may sign in, a code is on its way to it, valid for 10 minutes.")


def confirm(call: Guest, body: Confirmation) -> SignedIn:
    """Sign in with the code. The first sign-in creates the account."""
    token = signing_in.confirm(body.email, body.code, body.name, body.time_zone, call.address, call.at, call.agent)
    call.headers.update(sessions.kept(token))
    return SignedIn(token)


def leave(call: Call) -> None:
    """Revoke the token of this call, and clear the session cookie."""
    signing_in.revoke(call.sender, call.token.id)
    call.headers.update(sessions.forgotten())
