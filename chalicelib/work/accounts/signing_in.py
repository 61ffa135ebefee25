"""Signing in and out, and the API tokens that speak for a sender."""

from urllib.parse import urlsplit

from chalicelib.config import config
from chalicelib.domain.accounts import EVERYTHING, Alert, ApiToken, Happened, Scope
from chalicelib.domain.errors import BadInput, Forbidden, NotFound
from chalicelib.domain.habits import zones
from chalicelib.domain.limits import Limit
from chalicelib.domain.messages import address
from chalicelib.domain.sign_in import SIGN_IN
from chalicelib.domain.verdicts.hits import marks
from chalicelib.domain.words.sentences import say
from chalicelib.store.accounts import accounts, additions, api_tokens
from chalicelib.store.writes import Write
from chalicelib.work.accounts import codes, owning, recognising
from chalicelib.work.accounts.limiting import ENTRANCES, spend
from chalicelib.work.retrying import retried

SESSION = 90 * 86_400  # seconds
MOST_SESSIONS = 20  # of one sender: one more ends the oldest
ASKED_BY_NETWORK = Limit("sign-ins-by-network", 100, 3_600)
TRIED_BY_NETWORK = Limit("codes-by-network", 100, 3_600)


def ask(email: str, client: str, at: float) -> None:
    """Ask for a code by mail. `client` is the IP address that asks. Raises BadInput for what is no address, and TooMany."""
    email = address(email, "email")
    spend(ASKED_BY_NETWORK, _network(client), at)
    codes.ask(email, SIGN_IN, at)


def confirm(email: str, code: str, name: str, time_zone: str, client: str, at: float, agent: str = "") -> str:
    """A new API token for whoever reads the mail of this address: the account is made if there is none.

    The account's first address is told of a device that is new to it: the `agent` at the IP address `client`.

    Raises BadInput and TooMany.
    """
    email = address(email, "email")
    zones.check(time_zone)
    spend(TRIED_BY_NETWORK, _network(client), at)
    codes.check(email, SIGN_IN, code, at)
    if not codes.may_sign_in(email):
        raise codes.wrong()

    from chalicelib.work.accounts.registering import open_account  # with what pushes: not every call waits for it

    there = accounts.sender_of_address(email)
    sender = open_account(email, name, time_zone, at)
    known = there is None or recognising.knows(sender, client, agent)
    token = session(sender, at, None if known else Alert(sender, Happened.DEVICE, email, at))
    recognising.remember(sender, client, agent, at)
    return token


def session(sender: str, at: float, alert: Alert | None = None) -> str:
    """A new API token of a sender for a browser, told of by the `alert`; the oldest of too many ends."""
    sessions = [each for each in api_tokens.of_sender(sender, at) if each.session]
    for old in sessions[: max(len(sessions) - MOST_SESSIONS + 1, 0)]:
        api_tokens.revoke(sender, old.id)
    token, _ = _make(sender, "sign-in", EVERYTHING, at, at + SESSION, alert, session=True)
    return token


def make_token(
    by: ApiToken, name: str, scopes: frozenset[Scope], at: float, until: float | None, proof: str = ""
) -> tuple[str, ApiToken]:
    """A new API token, which nobody can be shown again, and what is kept of it.

    It ends with the token that asks, if that one ends, or before: for one that outlasts it, or has no end, the sender proves
    by a code as `proof` (owning.ask_for_proof) that it is them.
    Raises BadInput, TooMany, and Forbidden where the token that asks would give what it does not have.
    """
    if not scopes:
        raise BadInput("Choose at least one scope: read, send, admin.", "scopes")
    if beyond := sorted(scopes - by.scopes):
        raise Forbidden(say("Your token lacks the scope {scope}, and cannot grant it.", scope=beyond[0]), beyond[0])
    if until is not None and until <= at:
        raise BadInput("This time has already passed.", "expires_at")
    _room(by.sender, at)
    if proof:
        owning.prove(by.sender, proof, at, "proof")
    elif by.expires_at is not None:
        until = by.expires_at if until is None else until
        if until > by.expires_at:
            raise BadInput(
                "The token that you ask with ends before: what it makes cannot outlast it, unless you send a code as “proof”.",
                "expires_at",
            )
    spend(ENTRANCES, by.sender, at)
    return _make_counted(by.sender, name, scopes, at, until)


@retried(50)
def _make_counted(
    sender: str, name: str, scopes: frozenset[Scope], at: float, until: float | None
) -> tuple[str, ApiToken]:
    """However many are made at one moment, each sees those before it."""
    number = additions.number(sender, "tokens")  # first: what comes after it changes it
    _room(sender, at)
    alert, added = Alert(sender, Happened.MADE, name, at), additions.one_more(sender, "tokens", number)
    return _make(sender, name, scopes, at, until, alert, added=added)


def _room(sender: str, at: float) -> None:
    """Raises BadInput where a sender has as many tokens as they may."""
    if sum(not each.session for each in api_tokens.of_sender(sender, at)) >= api_tokens.MOST - MOST_SESSIONS:
        raise BadInput("The maximum number of tokens is reached: revoke one first.")


def revoke(sender: str, token_id: str) -> None:
    """Let a token speak for the sender no more, from the next call on. Raises NotFound."""
    if not api_tokens.revoke(sender, token_id):
        raise NotFound("No such token.")


def origin() -> str:
    """Where our own pages come from, as browsers write it in `Origin` (RFC 6454, section 6)."""
    url = urlsplit(config().public_url)
    return f"{url.scheme}://{url.netloc}".lower()


def demo() -> bool:
    """Whether this is a system on somebody's own machine, whose start page signs the demo sender in."""
    return config().demo


def _make(
    sender: str,
    name: str,
    scopes: frozenset[Scope],
    at: float,
    until: float | None,
    alert: Alert | None,
    *,
    session: bool = False,
    added: Write | None = None,
) -> tuple[str, ApiToken]:
    token = api_tokens.new()
    made = ApiToken(api_tokens.id_of(token), sender, name, scopes, at, until, session=session)
    api_tokens.add(token, made, alert, added)
    return token, made


def _network(client: str) -> str:
    """The keyed mark of the network that an IP address is of: whose limit it is. A loopback address is all of them."""
    return marks(client, "", config().key)[1] or "loopback"
