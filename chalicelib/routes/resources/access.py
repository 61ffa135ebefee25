"""The API's calls on what speaks for a sender: API tokens, and addresses."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.accounts import Address, ApiToken, Scope
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources import shapes
from chalicelib.routes.resources.shapes import Input, Time, as_time, as_time_if
from chalicelib.store.accounts import accounts, api_tokens
from chalicelib.work.accounts import owning, signing_in


class NewToken(Input, frozen=True):
    """An API token to be made. It can have no scope that the token of this call lacks.

    Without `expires_at` it ends with the token of this call, if that one ends. With a `proof`, a code that
    `POST /v1/account/code` has mailed, it may outlast it, and without `expires_at` it has no end then.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    scopes: list[Scope]
    expires_at: Time | None = None
    proof: Annotated[str, Meta(max_length=20)] = ""


class TokenShape(Struct, frozen=True, kw_only=True):
    """An API token, without itself. `last_used_at` is right to the hour; `session` is one that a sign-in made."""

    id: str
    name: str
    scopes: list[Scope]
    session: bool
    current: bool
    created_at: Time
    last_used_at: Time | None
    expires_at: Time | None


class MadeToken(Struct, frozen=True, kw_only=True):
    """A new API token. `token` is shown this once: only its hash is kept."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: Time
    expires_at: Time | None
    token: str


class TokenList(Struct, frozen=True):
    """The sender's API tokens, oldest first. `current` is the one that this call is made with."""

    items: list[TokenShape]
    next: None = None


class NewAddress(Input, frozen=True):
    """An address that shall be the sender's as well."""

    email: shapes.Address


class AddressConfirmation(Input, frozen=True):
    """The code that came to the address. With `sign_in`, whoever reads its mail may sign in, where the owner lets it in."""

    email: shapes.Address
    code: Annotated[str, Meta(max_length=20)]
    sign_in: bool = False


class AddressChange(Input, frozen=True):
    """Whether whoever reads the address' mail may sign in, where the owner lets it in."""

    sign_in: bool


class AddressAsked(Struct, frozen=True):
    """A code was mailed."""

    detail: str


class AddressShape(Struct, frozen=True):
    """An address of the sender's. `first` is the account's own, which goes with it only, and always signs in.

    By another one, whoever reads its mail signs in with `sign_in` only, and where the owner lets the address in. With
    `stopped_by`, a bounce or a complaint about our own mail to it, SES brings it nothing more until the owner says so.
    """

    email: str
    verified_at: Time
    first: bool
    sign_in: bool
    stopped_by: str | None
    stopped_at: Time | None


class AddressList(Struct, frozen=True):
    """The sender's addresses, each of them verified."""

    items: list[AddressShape]
    next: None = None


def tokens(call: Call) -> TokenList:
    """The sender's API tokens."""
    return TokenList([_token(each, call) for each in api_tokens.of_sender(call.sender, call.at)])


def add_token(call: Call, body: NewToken) -> MadeToken:
    """Create an API token. It is shown only once."""
    until = body.expires_at.timestamp() if body.expires_at else None
    token, made = signing_in.make_token(call.token, body.name, frozenset(body.scopes), call.at, until, body.proof)
    return MadeToken(
        id=made.id,
        name=made.name,
        scopes=sorted(made.scopes),
        created_at=as_time(made.created_at),
        expires_at=as_time_if(made.expires_at),
        token=token,
    )


def remove_token(call: Call, id: str) -> None:
    """Revoke an API token, effective from the next call."""
    signing_in.revoke(call.sender, id)


def addresses(call: Call) -> AddressList:
    """The sender's own addresses."""
    account = owning.account(call.sender)
    return AddressList([_address(each, account.email) for each in accounts.addresses(call.sender)])


def add_address(call: Call, body: NewAddress) -> AddressAsked:
    """Mail a code to an address that the sender wants to add."""
    owning.ask(call.sender, body.email, call.at)
    return AddressAsked("A code is on its way to this address, valid for 10 minutes.")


def confirm_address(call: Call, body: AddressConfirmation) -> AddressShape:
    """Add an address, by confirming the code mailed to it."""
    return _address(owning.confirm(call.sender, body.email, body.code, call.at, body.sign_in), "")


def change_address(call: Call, email: str, body: AddressChange) -> AddressShape:
    """Choose whether whoever reads the address' mail may sign in."""
    return _address(owning.let_sign_in(call.sender, email, body.sign_in, call.at), "")


def ask_for_proof(call: Call) -> AddressAsked:
    """Mail a code to the account's first address: for deleting the account, or for a token that outlasts this call's."""
    owning.ask_for_proof(call.sender, call.at)
    return AddressAsked("A code is on its way to the account's first address, valid for 10 minutes.")


def remove_address(call: Call, email: str) -> None:
    """Remove an address. The account's first one stays as long as the account."""
    owning.remove(call.sender, email)


def _token(token: ApiToken, call: Call) -> TokenShape:
    return TokenShape(
        id=token.id,
        name=token.name,
        scopes=sorted(token.scopes),
        session=token.session,
        current=token.id == call.token.id,
        created_at=as_time(token.created_at),
        last_used_at=as_time_if(token.used_at),
        expires_at=as_time_if(token.expires_at),
    )


def _address(address: Address, first: str) -> AddressShape:
    is_first = address.email == first
    return AddressShape(
        email=address.email,
        verified_at=as_time(address.verified_at),
        first=is_first,
        sign_in=is_first or address.sign_in,
        stopped_by=address.stopped_by or None,
        stopped_at=as_time_if(address.stopped_at),
    )
