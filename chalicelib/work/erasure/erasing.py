"""Erasing: what a contact did, all that is about an address, a message, or an account. Step by step, however much there is.

What is to be erased is noted first and taken off the list last; how far it got, after each turn. The request that asked
for it has a short one; what is left then, or broke off, goes on in the ticks, in turns with what others erase. Each step
(steps.py) may be done twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.contacts import Contact, unlearnt
from chalicelib.domain.errors import BadInput, NotFound
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import desk, erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.keys import Key
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import outbox
from chalicelib.work.accounts import owning
from chalicelib.work.erasure import steps
from chalicelib.work.turns import Kind

IN_A_REQUEST = 60  # calls of AWS, about, after which no further step is begun: somebody waits
_PROVEN = 10  # that come first where an account goes: letting the call in, and spending the code
IN_A_TURN = 200  # of one erasure in a tick, before the next sender's


def erase_contact(sender: str, email: str, at: float, most: int = IN_A_REQUEST) -> bool:
    """Erase all that is about an address: whether that is done, or goes on by itself. Raises NotFound, or Conflict.

    That they refused tracking, if they did, is kept as a mark of the address.
    """
    contact = contacts.find(sender, email)
    if contact is None:
        raise NotFound("You never wrote to this address.")
    blank = replace(unlearnt(contact, at), name="", messages=0)
    erasure = Erasure(What.CONTACT, sender, at, email, contact.name)
    erasures.begin(erasure, blank, at)
    return go_on(erasure, at, most) is None


def erase_message(stored: Stored, left: Sequence[Contact], at: float) -> None:
    """Delete a message; `left` are its recipients' contacts without it. It is gone at once, and its rest goes on by itself.

    Raises Conflict, before anything is erased.
    """
    message = stored.message
    erasure = Erasure(What.MESSAGE, message.sender, at, message.id, after=outbox.before(message.created_at))
    erasures.begin_message(erasure, stored, left, at)
    go_on(erasure, at)


def erase_account(sender: str, email: str, code: str, at: float) -> bool:
    """Erase an account with all that is kept for it: whether that is done, or goes on by itself. Nobody can sign in any more.

    Raises BadInput where `email` is not the account's own address, or the `code` is none that was mailed to it just now. If
    there is none, it is on its way then: a token may be in other hands, and this cannot be undone.
    """
    account = accounts.load(sender)
    if account is None or email.strip().lower() != account.email:
        raise BadInput("To delete this account, confirm with its own address.", "email")
    if not code:
        owning.ask_for_proof(sender, at)
        raise BadInput("A code is on its way to this address, good for 10 minutes: send it along as “code”.", "code")
    owning.prove(sender, code, at)
    erasure = Erasure(What.ACCOUNT, sender, at)
    erasures.note(erasure, at)
    locked = desk.lock(sender)
    return go_on(erasure, at, IN_A_REQUEST - _PROVEN - locked) is None


def go_on(erasure: Erasure, at: float, most: int = IN_A_REQUEST) -> Erasure | None:
    """Erase some, until that took `most` calls of AWS, about: what is left, None if nothing is."""
    left: Erasure | None = erasure
    while left and most > 0:
        left, taken = steps.step(left, most)
        most -= taken
        if left and steps.is_last_look(left):
            break
    erasures.note(left, at) if left else erasures.done(erasure)
    return left


def _turn(some: Sequence[Key], at: float, now: float) -> Iterable[tuple[str, Key]]:
    for key in some:
        erasure = erasures.load(key)
        left = erasure and go_on(erasure, at, IN_A_TURN)
        if left and not steps.is_last_look(left):
            yield left.sender, key


ERASURES = Kind("erasures", 5.0, erasures.due, _turn)
"""What is not erased yet. It stands last in a tick: nobody reads it meanwhile, and it has no hour."""
