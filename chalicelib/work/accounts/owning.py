"""Owning: the account, and a sender's several addresses. One counts once they have shown that they read its mail, and for
nobody else then.

What counts is the same everywhere: From at the gateway and at the relay, and whose own mail an answer is
(`accounts.sender_of_address`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.config import config
from chalicelib.domain.accounts import Account, Address, Alert, Change, Happened
from chalicelib.domain.errors import BadInput, Conflict, NotFound
from chalicelib.domain.habits import zones
from chalicelib.domain.limits import Limit
from chalicelib.domain.messages import address
from chalicelib.domain.telling import digests
from chalicelib.domain.telling.calendar import countries
from chalicelib.domain.words.sentences import LANGUAGES, say
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import reminders
from chalicelib.work.accounts import codes
from chalicelib.work.accounts.limiting import ENTRANCES, spend

ASKED_BY_SENDER = Limit("addresses", 20, 86_400)


def account(sender: str) -> Account:
    """The sender's account. Raises NotFound: a token may outlive it for a moment."""
    return there(accounts.load(sender))


def there(found: Account | None) -> Account:
    """The account that was found. Raises NotFound where there was none."""
    if found is None:
        raise _gone()
    return found


def change(sender: str, wanted: Change) -> Account:
    """The account after a change. Raises NotFound, or BadInput for what is no time zone, or no address of theirs."""
    if wanted.time_zone is not None:
        zones.check(wanted.time_zone)
    if wanted.language is not None and wanted.language not in LANGUAGES:
        raise BadInput(say("Mails can be read in {languages}.", languages=", ".join(LANGUAGES)), "language")
    if wanted.remind is not None and wanted.remind.country and wanted.remind.country not in countries():
        raise BadInput(say("The holidays of {country} are not known.", country=wanted.remind.country), "remind.country")
    if wanted.address is not None:
        chosen = address(wanted.address, "address")
        if accounts.sender_of_address(chosen) != sender:
            raise BadInput("This is not an address of yours: add it first.", "address")
        wanted = replace(wanted, address=chosen)
    changed = accounts.change(sender, wanted)
    if changed is None:
        raise _gone()
    return changed


def prefer(sender: str, wanted: Change, parts: Mapping[str, Mapping[str, Any]], at: float) -> Account:
    """The account after a change of preferences. `parts` are the changes of quiet hours, of what is unusual, of reminders and
    of the digest: what one leaves out stays as it is. Raises as `change` does.
    """
    if any(parts.values()):
        known = account(sender).preferences
        named = {name: replace(getattr(known, name), **given) for name, given in parts.items() if given}
        wanted = replace(wanted, **named)
    changed = change(sender, wanted)
    if wanted.digest is not None:
        plan(changed, at)
    return changed


def plan(account: Account, at: float) -> None:
    """Let the sender's next digest come when they want it: none, if they want none."""
    reminders.plan_digest(account.sender, digests.next_at(account.preferences.digest, account.time_zone, at), at)


def where_told(account: Account) -> str:
    """The address that the sender is told at: the one that they chose, as long as it is theirs; else the account's first."""
    chosen = account.preferences.address
    return chosen if chosen and accounts.sender_of_address(chosen) == account.sender else account.email


def lets_in(sender: str, email: str) -> bool:
    """Whether whoever has this address of the sender's may act for them: it is the account's first, or the sender chose so."""
    if account(sender).email == email:
        return True
    own = accounts.address(sender, email)
    return own is not None and own.sign_in


def ask(sender: str, email: str, at: float) -> None:
    """Ask for a code by mail to an address that shall be the sender's. Raises BadInput and TooMany.

    Whether it is somebody else's is not said here, but to whoever reads its mail.
    """
    email = address(email, "email")
    own = accounts.addresses(sender)
    if any(each.email == email for each in own):
        raise BadInput("You already have this address.", "email")
    if len(own) >= accounts.MOST_ADDRESSES:
        raise BadInput(
            say("{n} addresses are registered already: remove one first.", n=accounts.MOST_ADDRESSES), "email"
        )
    domain = email.rpartition("@")[2]
    if domain == config().inbound_domain or domain.endswith(f".{config().inbound_domain}"):
        raise BadInput("This is an address of Unsealed itself.", "email")
    spend(ASKED_BY_SENDER, sender, at)
    codes.ask(email, sender, at)


def confirm(sender: str, email: str, code: str, at: float, sign_in: bool = False) -> Address:
    """The address, which is the sender's from now on. Raises BadInput, or Conflict if it is somebody else's.

    With `sign_in`, who reads its mail may sign in, where the owner lets the address in.
    """
    email = address(email, "email")
    codes.check(email, sender, code, at)
    verified = Address(email, at, sign_in)
    try:
        accounts.add_address(sender, verified, Alert(sender, Happened.ADDRESS, email, at))
    except Conflict as failure:
        raise Conflict("This address belongs to another account: remove it there first.", "email") from failure
    return verified


def let_sign_in(sender: str, email: str, sign_in: bool, at: float) -> Address:
    """The address, by which who reads its mail may sign in from now on, or may not. Raises NotFound, BadInput,
    or TooMany.
    """
    if email == account(sender).email:
        raise BadInput("By the account's first address, its reader can always sign in.", "sign_in")
    own = accounts.address(sender, email)
    if own is None:
        raise NotFound("You have no such address.")
    if own.sign_in != sign_in:
        if sign_in:
            spend(ENTRANCES, sender, at)
        own = replace(own, sign_in=sign_in)
        alert = Alert(sender, Happened.ENTRANCE, email, at) if sign_in else None
        accounts.change_address(sender, own, alert)
    return own


def stop(sender: str, email: str, by: str, at: float) -> None:
    """Note that SES brings an address of the sender's nothing any more, since it bounced, or they called our mail spam."""
    own = accounts.address(sender, email)
    if own is not None:
        accounts.change_address(sender, replace(own, stopped_by=by, stopped_at=at))


def go_on(email: str) -> None:
    """Note that SES brings mail to an address again, if it is a sender's."""
    sender = accounts.sender_of_address(email)
    own = accounts.address(sender, email) if sender else None
    if sender and own is not None:
        accounts.change_address(sender, replace(own, stopped_by="", stopped_at=None))


def ask_for_proof(sender: str, at: float) -> None:
    """Ask for a code by mail to the account's first address, for what a token alone may not do. Raises TooMany."""
    codes.ask(account(sender).email, sender, at, apart="-proof")


def prove(sender: str, code: str, at: float, field: str = "code") -> None:
    """Spend such a code. Raises BadInput, naming the `field` that it came in."""
    codes.check(account(sender).email, sender, code, at, field)


def remove(sender: str, email: str) -> None:
    """Let an address be the sender's no more. Raises NotFound, BadInput for the account's first one, or Conflict."""
    if email == account(sender).email:
        raise BadInput("This is the account's first address: it is removed only with the account.", "email")
    if not any(each.email == email for each in accounts.addresses(sender)):
        raise NotFound("You have no such address.")
    accounts.remove_address(sender, email)


def _gone() -> NotFound:
    return NotFound("This account no longer exists.")
