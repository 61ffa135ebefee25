"""Erasing: what a contact did, all that is about an address, a message, or an account. Step by step, however much there is.

What is to be erased is noted first and taken off the list last; how far it got, after each page. The request that asked
for it goes as far as MOST_PAGES; what is left then, or broke off, goes on each minute. Each step may be done twice.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.consent import Untracked
from chalicelib.domain.contacts import Contact, unlearnt
from chalicelib.domain.errors import BadInput, Conflict, NotFound
from chalicelib.domain.events import EventKind
from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import EVERYBODY, Share
from chalicelib.domain.messages import Message, last_id, names
from chalicelib.domain.notifications import Notification
from chalicelib.domain.providers import domain_of
from chalicelib.senders import push
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import desk, erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import outbox
from chalicelib.work.accounts import owning
from chalicelib.work.retrying import retried
from chalicelib.work.turns import Kind

MOST_PAGES = 20  # in one call
MOST_MESSAGES = 25  # found on one page, of 500 looked at
MOST_ENTRIES = 500  # of the feed on one page
MOST_EVENTS = 5_000  # of one message in one step
MOST_STEPS = 5  # of one message in the request: each may be MOST_EVENTS


def erase_contact(sender: str, email: str, at: float, most: int = MOST_PAGES) -> bool:
    """Erase all that is about an address: whether that is done, or goes on by itself. Raises NotFound, or Conflict.

    That they refused tracking, if they did, is kept as a mark of the address.
    """
    contact = contacts.find(sender, email)
    if contact is None:
        raise NotFound("You never wrote to this address.")
    blank = replace(unlearnt(contact, at), name="", messages=0)
    erasure = Erasure(What.CONTACT, sender, at, email, contact.name)
    erasures.begin(erasure, blank, at)
    return go_on(erasure, at, most)


def erase_message(stored: Stored, left: Sequence[Contact], at: float) -> None:
    """Delete a message; `left` are its recipients' contacts without it. It is gone at once, and its rest goes on by itself.

    Raises Conflict, before anything is erased.
    """
    message = stored.message
    erasure = Erasure(What.MESSAGE, message.sender, at, message.id, after=outbox.before(message.created_at))
    erasures.begin_message(erasure, stored, left, at)
    go_on(erasure, at, MOST_STEPS)


def erase_account(sender: str, email: str, code: str, at: float, request_id: str) -> bool:
    """Erase an account with all that is kept for it: whether that is done, or goes on by itself. Nobody can sign in any more.

    Raises BadInput where `email` is not the account's own address, or the `code` is none that was mailed to it just now. If
    there is none, it is on its way then: a token may be in other hands, and this cannot be undone.
    """
    account = accounts.load(sender)
    if account is None or email.strip().lower() != account.email:
        raise BadInput("To delete this account, confirm with its own address.", "email")
    if not code:
        owning.ask_for_proof(sender, at, request_id)
        raise BadInput("A code is on its way to this address, good for 10 minutes: send it along as “code”.", "code")
    owning.prove(sender, code, at)
    for device in accounts.devices(sender):
        push.unregister(device.endpoint, sender)
    erasure = Erasure(What.ACCOUNT, sender, at)
    erasures.note(erasure, at)
    desk.lock(sender)
    return go_on(erasure, at)


def go_on(erasure: Erasure, at: float, most: int = MOST_PAGES) -> bool:
    """Erase the next pages, `most` of them: whether it is done."""
    for _ in range(most):
        left = _STEPS[erasure.what][erasure.part](erasure)
        if left is None:
            erasures.done(erasure)
            return True
        erasure = left
        erasures.note(erasure, at)  # so one that takes longer than a function may run ends all the same
        if _STEPS[erasure.what][erasure.part] is _last_look:
            break
    return False


def strike(message: Message, recipients: Collection[int], reason: Untracked) -> bool:
    """Take what these recipients did out of a message: whether that is all, or more events are left than one step takes.

    Events that come later are not kept (domain/state.py, State.keeps).
    """
    spared = (EventKind.BOUNCE,) if reason is Untracked.WITHDRAWN else ()
    _change(
        message,
        lambda stored: replace(stored, state=stored.state.without(recipients, reason)),
        lambda changed: messages.save_quietly(changed, changed.state, []),
    )
    return messages.delete_events(
        message.id, lambda event: event.recipient in recipients and event.kind not in spared, MOST_EVENTS
    )


@retried(8)
def _change(message: Message, change: Callable[[Stored], Stored], save: Callable[[Stored], None]) -> None:
    stored = messages.load(message.sender, message.id)
    if stored is not None:
        save(change(stored))


def _messages(erasure: Erasure) -> Erasure | None:
    """The next page of the messages to an address."""
    page, last = messages.listed(
        erasure.sender,
        lambda stored: any(each.email == erasure.about for each in stored.message.recipients),
        after=erasure.after or last_id(erasure.before),
        limit=MOST_MESSAGES,
    )
    for stored in page:
        (number,) = [i for i, each in enumerate(stored.message.recipients) if each.email == erasure.about]
        if erasure.what is What.REFUSED:
            done = strike(stored.message, [number], Untracked.WITHDRAWN)
        else:
            done = _without(stored.message, number, erasure)
        if not done:
            return erasure
    return replace(erasure, after=last) if last else replace(erasure, part=erasure.part + 1, after=None)


def _without(message: Message, number: int, erasure: Erasure) -> bool:
    """Take somebody out of a message; the whole message, where nobody else is left in it. The address goes last."""
    if all(i == number or each.erased for i, each in enumerate(message.recipients)):
        return messages.raze(message.sender, message.id, MOST_EVENTS)
    if not strike(message, [number], Untracked.ERASED):
        return False
    messages.delete_ids(message.id, number)
    _change(
        message,
        lambda stored: replace(stored, message=stored.message.without(number, erasure.name)),
        messages.save_without,
    )
    return True


def _feed(erasure: Erasure) -> Erasure | None:
    """The next page of what was told, as far as it is about somebody, or names them."""
    newest = last_id(erasure.before)

    def doomed(notification: Notification) -> bool:
        text = f"{notification.subject} {notification.link}"
        named = erasure.what is What.CONTACT and names(text, erasure.about, erasure.name)
        return notification.message <= newest and (notification.email == erasure.about or named)

    last = outbox.forget(erasure.sender, doomed, after=erasure.after, most=MOST_ENTRIES)
    return replace(erasure, after=last) if last else replace(erasure, part=erasure.part + 1, after=None)


def _told_of_message(erasure: Erasure) -> Erasure | None:
    """The next page of what was told since a message was made, as far as it is about it."""
    last = outbox.forget_message(erasure.sender, erasure.about, after=erasure.after, most=MOST_ENTRIES)
    return replace(erasure, after=last) if last else replace(erasure, part=erasure.part + 1, after=None)


def _timeline(erasure: Erasure) -> Erasure | None:
    """The next events of a message, and the ids that its copies went out with."""
    if not messages.delete_events(erasure.about, most=MOST_EVENTS):
        return erasure
    messages.delete_ids(erasure.about)
    return None


def _contact(erasure: Erasure) -> Erasure | None:
    """The contact's send time, and its share in those of its domain and of all; the contact too, unless it only refused,
    or was written to since."""
    contact = contacts.find(erasure.sender, erasure.about)
    if contact is None:
        return None
    (share,) = contacts.given(erasure.sender, [contact])
    shared = [] if share is None else contacts.audiences(erasure.sender, [EVERYBODY, domain_of(erasure.about)])
    left = [audiences.without(each, share or Share()) for each in shared]
    whole = erasure.what is What.CONTACT and not contact.messages
    try:
        contacts.forget(erasure.sender, contact, left, erasure.before, whole=whole)
    except Conflict:
        return erasure
    return None


def _account_messages(erasure: Erasure) -> Erasure | None:
    """The next page of all messages."""
    page, more = messages.listed(erasure.sender, lambda _: True, after=None, limit=MOST_MESSAGES)
    if not all(messages.raze(erasure.sender, stored.message.id, MOST_EVENTS) for stored in page) or more:
        return erasure
    return replace(erasure, part=erasure.part + 1)


def _desk(erasure: Erasure) -> Erasure | None:
    """Whatever else the sender has."""
    return replace(erasure, part=erasure.part + 1) if desk.clear(erasure.sender, MOST_ENTRIES) else erasure


def _last_look(erasure: Erasure) -> Erasure | None:
    """A minute later: what was under way when the account went may have left something."""
    return None if desk.is_clear(erasure.sender) else replace(erasure, part=0)


_STEPS: dict[What, tuple[Callable[[Erasure], Erasure | None], ...]] = {
    What.REFUSED: (_messages, _feed, _contact),
    What.CONTACT: (_messages, _feed, _contact),
    What.MESSAGE: (_told_of_message, _timeline),
    What.ACCOUNT: (_account_messages, _desk, _last_look),
}


def _due(at: float) -> list[tuple[str, Erasure]]:
    return [(erasure.sender, erasure) for erasure in erasures.due(at)]


def _go_on(some: Sequence[Erasure], at: float, now: float) -> Iterable[tuple[str, Erasure]]:
    for erasure in some:
        go_on(erasure, at)
    return ()


ERASURES = Kind("erasures", 10.0, _due, _go_on)
