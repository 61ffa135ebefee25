"""The export: all that is kept for a sender, page by page, in the API's shapes; and the end of their account."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.domain.accounts import Account
from chalicelib.domain.contacts import Contact
from chalicelib.domain.errors import BadInput
from chalicelib.domain.feed import feed_entry
from chalicelib.domain.messages import LONGEST_ADDRESS
from chalicelib.domain.summaries import summarise
from chalicelib.routes.api.cursors import cursor, position
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources import access, account, forwarding, webhooks
from chalicelib.routes.resources.contact_shapes import ContactShape, Erasing, contact_shape
from chalicelib.routes.resources.message_shapes import message_shape
from chalicelib.routes.resources.send_time_shapes import send_time_shape
from chalicelib.routes.resources.shapes import Input, PageQuery, as_time, fitting
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import copy_ids, lists, messages
from chalicelib.store.telling import outbox
from chalicelib.store.tracking import timelines
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising
from chalicelib.work.erasure import erasing

LONGEST_POSITION = 2 * LONGEST_ADDRESS
LOOKED_AT = 100  # messages on a page of events...
MOST_QUERIED = 40  # ...and those among them to which something happened: each takes a call


class Exported(Struct, frozen=True):
    """One thing that is kept, and of what kind it is. Most have the shape in which the API shows such a thing.

    An `event` is here as it was seen, with its first guess; a `message` has its links and the ids that it went out with.
    """

    kind: str
    content: dict[str, Any]


class Export(Struct, frozen=True):
    """Things that are kept. A page may be empty and still lead on."""

    items: list[Exported]
    next: str | None


class Farewell(Input, frozen=True):
    """The account's own address, to say that it is meant, and the code that came to it. Without one, it is on its way."""

    email: str
    code: Annotated[str, Meta(max_length=20)] = ""


_Page = tuple[list[Exported], str | None]


def listed(call: Call, query: PageQuery) -> Export:
    """Everything kept for the sender, page by page."""
    part, _, where = (position("export", query.after, LONGEST_POSITION) or "account").partition("|")
    if part not in _PARTS:
        raise BadInput("This is not a cursor of this list: use the list's “next”.", "after")
    found, last = _page(part, call, where or None, query.limit)
    following = dict(zip(_PARTS, list(_PARTS)[1:], strict=False)).get(part)
    return Export(found, cursor("export", following if last is None else f"{part}|{last}"))


def _page(part: str, call: Call, after: str | None, limit: int) -> _Page:
    """A page of a part, of as many things as one answer can hold."""
    while True:
        found, last = _PARTS[part](call, after, limit)
        if limit == 1 or len(fitting(found)) == len(found):
            return found, last
        limit //= 2


def leave(call: Call, body: Farewell) -> Erasing:
    """Delete the account and everything kept for it. All its tokens stop working."""
    return Erasing(erasing.erase_account(call.sender, body.email, body.code, call.at))


def _account(call: Call, after: str | None, limit: int) -> _Page:
    """The account, and the few things of which there are never many."""
    marks, _ = accounts.own_marks(call.sender)
    found = [_exported("account", account.show(call)), _exported("preferences", account.preferences(call))]
    found += [_exported("address", each) for each in access.addresses(call).items]
    found += [_exported("token", each) for each in access.tokens(call).items]
    found += [_exported("device", each) for each in account.devices(call).items]
    found += [_exported("webhook", each) for each in webhooks.listed(call).items]
    found += [_exported("forwarding", forwarding.show(call))]
    found += [_exported("own_device", {"mark": mark, "last_seen_day": day}) for mark, day in marks.items()]
    return found, None


def _messages(call: Call, after: str | None, limit: int) -> _Page:
    page, last = lists.listed(call.sender, lambda _: True, after=after, limit=limit, eventually=True)
    found = []
    for stored, may_have_ids in lists.whole(page):
        content = msgspec.to_builtins(message_shape(stored))
        pairs = copy_ids.listed(stored.message.id) if may_have_ids else ()
        ids = [{"id": local, "recipient": number} for local, number in pairs]
        found.append(_exported("message", content | {"links": stored.message.links, "ids": ids}))
    return found, last


def _events(call: Call, after: str | None, limit: int) -> _Page:
    """The events of one message after the other. A position is a message that is done, or `message/event` within one."""
    done, _, event = (after or "").partition("/")
    if event:
        if messages.load(call.sender, done) is None:
            return [], done
        found, last = timelines.page(done, event, limit)
        return [_exported("event", _event(asdict(each))) for each in found], f"{done}/{last}" if last else done
    page, last = lists.listed(call.sender, lambda _: True, after=done or None, limit=LOOKED_AT, eventually=True)
    all_found: list[Exported] = []
    queried, before = 0, after
    for stored in page:
        if stored.version == 1:  # nothing happened to it yet
            continue
        if queried == MOST_QUERIED:
            return all_found, before
        found, within = timelines.page(stored.message.id, None, limit)
        queried, before = queried + 1, stored.message.id
        all_found += [_exported("event", _event(asdict(each))) for each in found]
        if within or len(all_found) >= limit:
            return all_found, f"{stored.message.id}/{within}" if within else stored.message.id
    return all_found, last


def _event(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"at": as_time(content["at"])}


def _contacts(call: Call, after: str | None, limit: int) -> _Page:
    page, last = contacts.listed(call.sender, after=after, limit=limit)
    owner = owning.account(call.sender)
    shapes = [(each, msgspec.to_builtins(_contact(each, owner, call.at))) for each in page]
    return [_exported("contact", shape | {"exchanges": each.exchanges}) for each, shape in shapes], last


def _contact(contact: Contact, owner: Account, at: float) -> ContactShape:
    summary = summarise(contact, at)
    return contact_shape(advising.seen(contact, owner.time_zone, at, summary), summary)


def _send_times(call: Call, after: str | None, limit: int) -> _Page:
    page, last = contacts.summaries(call.sender, after=after, limit=limit)
    return [
        _exported("send_time", {"email": each.email, "send_time": send_time_shape(each, call.at)}) for each in page
    ], last


def _feed(call: Call, after: str | None, limit: int) -> _Page:
    page, last = outbox.listed(call.sender, after=after, limit=limit)
    return [_exported("feed", feed_entry(each.notification, each.at)) for each in page], last


def _refusals(call: Call, after: str | None, limit: int) -> _Page:
    page, last = contacts.refusals(call.sender, after=after, limit=limit)
    return [_exported("refusal", {"mark": mark, "by": by, "at": as_time(at)}) for mark, by, at in page], last


def _exported(kind: str, content: Any) -> Exported:
    return Exported(kind, msgspec.to_builtins(content))


_PARTS: dict[str, Callable[[Call, str | None, int], _Page]] = {
    "account": _account,
    "messages": _messages,
    "events": _events,
    "contacts": _contacts,
    "send_times": _send_times,
    "feed": _feed,
    "refusals": _refusals,
}
