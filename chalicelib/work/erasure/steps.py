"""The steps of an erasure: each makes some twenty calls of AWS at most, however much there is, and says how far it got."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.accounts import Platform
from chalicelib.domain.consent import Untracked
from chalicelib.domain.errors import Conflict
from chalicelib.domain.events import EventKind
from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import EVERYBODY, Share
from chalicelib.domain.messages import Message, last_id, names
from chalicelib.domain.notifications import Notification
from chalicelib.domain.providers import domain_of
from chalicelib.senders import push
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import desk
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import copy_ids, lists, messages, recipients, sheets
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import outbox
from chalicelib.store.tracking import timelines
from chalicelib.work.retrying import retried

MOST_EVENTS = 500  # of one message in one step
MOST_ENTRIES = 500  # of the feed, or of a desk, in one step
_LOOKING = 4  # calls to find the next messages, about
_DELETED = 25  # items in one call


class Step(NamedTuple):
    """What is left of an erasure after a step, None if nothing is, and how many calls it took, about."""

    left: Erasure | None
    calls: int


def step(erasure: Erasure, most: int) -> Step:
    """The next step of an erasure: one more message, or page, is begun only as long as it took less than `most` calls."""
    return _STEPS[erasure.what][erasure.part](erasure, most)


def is_last_look(erasure: Erasure) -> bool:
    """Whether all that is left is to look once more, a minute later."""
    return _STEPS[erasure.what][erasure.part] is _last_look


def strike(stored: Stored, recipients: Collection[int], reason: Untracked, after: str | None = None) -> str | None:
    """Take what these recipients did out of a message, MOST_EVENTS past the one at `after`: where to go on (None: that is all).

    Events that come later are not kept (domain/state.py, State.keeps).
    """
    spared = (EventKind.BOUNCE,) if reason is Untracked.WITHDRAWN else ()
    _change(
        stored,
        lambda each: replace(each, state=each.state.without(recipients, reason)),
        messages.save_struck,
    )
    return timelines.delete(
        stored.message.id,
        lambda event: event.recipient in recipients and event.kind not in spared,
        after=after,
        most=MOST_EVENTS,
    )


def _change(stored: Stored, change: Callable[[Stored], Stored], save: Callable[[Stored], None]) -> None:
    """Change a message, as it was loaded or, where it is another by now, as it is."""
    try:
        _save(stored, change, save)
    except Conflict:
        _load_and_change(stored.message, change, save)


@retried(8)
def _load_and_change(message: Message, change: Callable[[Stored], Stored], save: Callable[[Stored], None]) -> None:
    stored = messages.load(message.sender, message.id)
    if stored is not None:
        _save(stored, change, save)


def _save(stored: Stored, change: Callable[[Stored], Stored], save: Callable[[Stored], None]) -> None:
    changed = change(stored)
    if changed != stored:
        save(changed)


def _messages(erasure: Erasure, most: int) -> Step:
    """The next messages to an address."""
    of_one = 4 if erasure.what is What.REFUSED else 8
    page, last = lists.listed(
        erasure.sender,
        lambda stored: any(each.email == erasure.about for each in stored.message.recipients),
        after=erasure.after or last_id(erasure.before),
        limit=max(most // of_one, 1),
    )
    taken = _LOOKING
    for stored in page:
        place = erasure.place_in(stored.message.id)
        (number,) = [i for i, each in enumerate(stored.message.recipients) if each.email == erasure.about]
        if erasure.what is What.REFUSED:
            further = strike(stored, [number, stored.message.copy_of(number)], Untracked.WITHDRAWN, place)
        else:
            further = _without(stored, number, erasure, place)
        taken += of_one
        if further is not None:
            return Step(erasure.within(stored.message.id, further), taken + MOST_EVENTS // _DELETED)
        erasure = replace(erasure, after=stored.message.id, place=None)
        if taken >= most:
            return Step(erasure, taken)
    return Step(replace(erasure, after=last) if last else erasure.next_part(), taken)


def _without(stored: Stored, number: int, erasure: Erasure, place: str | None) -> str | None:
    """Take somebody out of a message; the whole message, where nobody else is left in it. The address goes last."""
    message = stored.message
    if all(i == number or each.erased for i, each in enumerate(message.recipients)):
        if place is None:
            _off_its_sheet(message.sender, message.id)
        return _whole(message, place)
    further = strike(stored, [number, message.copy_of(number)], Untracked.ERASED, place)
    if further is not None:
        return further
    copy_ids.delete(message.id, number)
    recipients.forget(message, number)
    _load_and_change(
        message,
        lambda each: replace(each, message=each.message.without(number, erasure.name)),
        messages.save_without,
    )
    return None


@retried(8)
def _off_its_sheet(sender: str, message_id: str) -> None:
    sheets.leave_out(sender, message_id)


def _whole(message: Message, place: str | None) -> str | None:
    """Take away a message, MOST_EVENTS past the one at `place` at a time: where to go on (None: it is gone)."""
    further = timelines.delete(message.id, after=place, most=MOST_EVENTS)
    if further is None:
        messages.raze(message.sender, message.id)
    return further


def _feed(erasure: Erasure, most: int) -> Step:
    """The next page of what was told, as far as it is about somebody, or names them."""
    newest = last_id(erasure.before)

    def doomed(told: Notification) -> bool:
        named = erasure.what is What.CONTACT and names(f"{told.subject} {told.link}", erasure.about, erasure.name)
        among = any(each.email == erasure.about for each in told.among)
        return told.message <= newest and (told.email == erasure.about or among or named)

    return _of_the_feed(erasure, outbox.forget(erasure.sender, doomed, after=erasure.after, most=MOST_ENTRIES))


def _told_of_message(erasure: Erasure, most: int) -> Step:
    """The next page of what was told since a message was made, as far as it is about it."""
    last = outbox.forget_message(erasure.sender, erasure.about, after=erasure.after, most=MOST_ENTRIES)
    return _of_the_feed(erasure, last)


def _of_the_feed(erasure: Erasure, last: str | None) -> Step:
    return Step(replace(erasure, after=last) if last else erasure.next_part(), MOST_ENTRIES // _DELETED // 2)


def _timeline(erasure: Erasure, most: int) -> Step:
    """The next events of a message, the ids that its copies went out with, and its line on a sheet."""
    further = timelines.delete(erasure.about, after=erasure.place_in(erasure.about), most=MOST_EVENTS)
    if further is not None:
        return Step(erasure.within(erasure.about, further), MOST_EVENTS // _DELETED)
    copy_ids.delete(erasure.about)
    _off_its_sheet(erasure.sender, erasure.about)
    return Step(None, MOST_EVENTS // _DELETED)


def _contact(erasure: Erasure, most: int) -> Step:
    """The contact's send time, and its share in those of its domain and of all; the contact too, unless it only refused,
    or was written to since."""
    contact = contacts.find(erasure.sender, erasure.about)
    if contact is None:
        return Step(None, 1)
    (share,) = contacts.given(erasure.sender, [contact])
    shared = [] if share is None else contacts.audiences(erasure.sender, [EVERYBODY, domain_of(erasure.about)])
    left = [audiences.without(each, share or Share()) for each in shared]
    whole = erasure.what is What.CONTACT and not contact.messages
    try:
        contacts.forget(erasure.sender, contact, left, erasure.before, whole=whole)
    except Conflict:
        return Step(erasure, 4)
    return Step(None, 4)


def _account_messages(erasure: Erasure, most: int) -> Step:
    """The next of all messages."""
    page, more = lists.listed(erasure.sender, lambda _: True, after=erasure.after, limit=max(most // 5, 1))
    taken = _LOOKING
    for stored in page:
        further = _whole(stored.message, erasure.place_in(stored.message.id))
        taken += 5
        if further is not None:
            return Step(erasure.within(stored.message.id, further), taken + MOST_EVENTS // _DELETED)
        erasure = replace(erasure, after=stored.message.id, place=None)
        if taken >= most:
            return Step(erasure, taken)
    return Step(erasure if more else erasure.next_part(), taken)


def _devices(erasure: Erasure, most: int) -> Step:
    """The next devices, which SNS forgets as well."""
    devices = accounts.devices(erasure.sender)
    some = devices[: max(most // 3, 1)]
    for device in some:
        if device.platform is not Platform.WEB:
            push.unregister(device.endpoint, erasure.sender)
        accounts.remove_device(erasure.sender, device.id)
    return Step(erasure if len(some) < len(devices) else erasure.next_part(), 1 + 3 * len(some))


def _desk(erasure: Erasure, most: int) -> Step:
    """Whatever else the sender has."""
    done = desk.clear(erasure.sender, MOST_ENTRIES)
    return Step(erasure.next_part() if done else erasure, MOST_ENTRIES // _DELETED)


def _last_look(erasure: Erasure, most: int) -> Step:
    """A minute later: what was under way when the account went may have left something."""
    return Step(None if desk.is_clear(erasure.sender) else replace(erasure, part=0, after=None, place=None), 1)


_STEPS: dict[What, tuple[Callable[[Erasure, int], Step], ...]] = {
    What.REFUSED: (_messages, _feed, _contact),
    What.CONTACT: (_messages, _feed, _contact),
    What.MESSAGE: (_told_of_message, _timeline),
    What.ACCOUNT: (_account_messages, _devices, _desk, _last_look),
}
