"""The API's calls on messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET

from chalicelib.domain.drafts import BY_DEFAULT, NEVER, Addressee, Draft
from chalicelib.domain.errors import BadInput
from chalicelib.domain.messages import Door, Recipient, made_at
from chalicelib.domain.sheets import EVERYTHING, Search, search
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import ENGLISH
from chalicelib.routes.api.cursors import cursor, position
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.contact_shapes import FollowUpList, follow_up_shape
from chalicelib.routes.resources.message_inputs import (
    Copies,
    CopiesQuery,
    MessageChange,
    MessageQuery,
    NewMessage,
    NewRecipient,
    NewReply,
)
from chalicelib.routes.resources.message_shapes import MessageList, MessageShape, message_shape
from chalicelib.routes.resources.shapes import as_time_if, fitting
from chalicelib.store.messages import lists, searches, threads
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import reminders
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising
from chalicelib.work.messages import changing, reminding

if TYPE_CHECKING:
    from chalicelib.domain.outgoing.copies import Copy


def create(call: Call, body: NewMessage, query: CopiesQuery) -> MessageShape:
    """Prepare a mail: a pixel, tracked links and the rewritten HTML for each recipient."""
    draft = Draft(
        subject=body.subject,
        addressees=tuple(_addressee(each) for each in body.recipients),
        html=body.html,
        text=body.text,
        text_links=None if body.text_links is UNSET else body.text_links,
        links=tuple(body.links),
        sent_at=_unix(body.sent_at),
        thread=body.thread,
        trap_link=body.trap_link,
        remind=BY_DEFAULT if body.remind is UNSET else body.remind or NEVER,
        shared=body.copies is Copies.SHARED,
        prepared=body.prepared,
        door=Door(body.door),
    )
    from chalicelib.work.messages import preparing  # heavy: whoever lists messages need not wait for it

    stored, copies, reminder = preparing.prepare(
        call.sender, draft, call.at, call.request_id, call.key, packed=call.packs, after=place_of_copies(query.after)
    )
    return message_shape(stored, copies, made=True, reminder=reminder, next=next_copies(stored, copies))


def place_of_copies(after: str | None) -> tuple[str, int] | None:
    """The message whose copies go on, and at which recipient. Raises BadInput."""
    message, _, number = (position("copies", after) or "").partition(".")
    if message and not number.isdecimal():
        raise BadInput("This is not a cursor of this list: use the message's “next”.", "after")
    return (message, int(number)) if message else None


def next_copies(stored: Stored, copies: "Sequence[Copy]") -> str | None:
    """The cursor of the copies for which there was no room."""
    later = next((number for number, copy in enumerate(copies) if copy.later), None)
    return cursor("copies", None if later is None else f"{stored.message.id}.{later}")


def listed(call: Call, query: MessageQuery) -> MessageList:
    """The sender's messages, newest first."""
    after, wanted = position("messages", query.after), search(query.q, query.status)
    if query.recipient is not None:
        found, last = _listed_to(call.sender, query.recipient.lower(), wanted, after=after, limit=query.limit)
    elif wanted == EVERYTHING:
        found, last = lists.listed(
            call.sender, lambda each: not each.message.prepared, after=after, limit=query.limit, eventually=True
        )
    else:
        found, last = searches.searched(call.sender, wanted, after=after, limit=query.limit)
    due = _reminders(call.sender, [stored.message.id for stored in found], query)
    shapes = [message_shape(stored, reminder=due.get(stored.message.id)) for stored in found]
    kept = fitting(shapes)
    if len(kept) < len(shapes):
        return MessageList(kept, cursor("messages", kept[-1].id), None)
    cut = made_at(last) if last is not None and len(found) < query.limit else None
    return MessageList(shapes, cursor("messages", last), as_time_if(cut))


def _listed_to(
    sender: str, email: str, wanted: Search, *, after: str | None, limit: int
) -> tuple[list[Stored], str | None]:
    """A page of the messages to one address that are wanted, and where to go on."""

    def to_them(stored: Stored) -> bool:
        message = stored.message
        return any(each.email == email for each in message.recipients) and wanted.finds(message, stored.state)

    return lists.listed_to(sender, email, to_them, after=after, limit=limit)


def _reminders(sender: str, ids: list[str], query: MessageQuery) -> dict[str, Reminder]:
    """The reminders of a page's messages: in one piece, where those follow one upon the other."""
    if not ids:
        return {}
    if query.status is None and query.recipient is None and query.q is None:
        return reminders.between(sender, ids[-1], ids[0])
    return reminders.of_messages(sender, ids)


def show(call: Call, id: str) -> MessageShape:
    """One message with its state and every event, each with its verdict and the reasons."""
    stored, judged = changing.judged(call.sender, id, call.at)
    return _single(stored, judged)


def change(call: Call, id: str, body: MessageChange) -> MessageShape:
    """Mute a message or its thread, set when to be reminded of it, confirm that it was sent, or withdraw it."""
    if body.remind is not UNSET:
        reminding.remind(changing.load(call.sender, id).message, body.remind or NEVER, call.at)
    if body.thread_muted is not UNSET:
        changing.mute_thread(call.sender, id, muted=body.thread_muted)
    if body.sent is False:
        return _withdrawn(call, id)
    sent_at = None if body.sent_at is UNSET else _unix(body.sent_at)
    if sent_at is not None or body.message_id is not UNSET or body.sent is True:
        changing.confirm(call.sender, id, "" if body.message_id is UNSET else body.message_id, sent_at, call.at)
    changed = changing.change(
        call.sender,
        id,
        muted=None if body.muted is UNSET else body.muted,
        sent_at=sent_at,
        at=call.at,
    )
    return _single(changed)


def _withdrawn(call: Call, id: str) -> MessageShape:
    """A message that was never sent is deleted; what it was is the answer."""
    shape = _single(changing.load(call.sender, id))
    changing.remove(call.sender, id, call.at)
    return shape


def remove(call: Call, id: str) -> None:
    """Delete a message and everything kept about it. Its pixel and links still work, but nothing more is recorded."""
    changing.remove(call.sender, id, call.at)


def reply(call: Call, id: str, body: NewReply) -> MessageShape:
    """Report a reply that a mail client saw. Idempotent for the same time."""
    return _single(changing.reply(call.sender, id, body.recipient, _unix(body.at) or call.at, call.at))


def follow_up(call: Call, id: str) -> FollowUpList:
    """What to do about a message now, for each recipient: wait, remind, call or drop, when, and why."""
    stored = changing.load(call.sender, id)
    account = owning.account(call.sender)
    found = advising.follow_ups(account, stored, call.at)
    return FollowUpList([follow_up_shape(email, each, account.preferences.language) for email, each in found])


def _single(stored: Stored, judged: list[Judgement] | None = None) -> MessageShape:
    from chalicelib.work.messages import copying

    copies = [copying.untouched(stored.message, number) for number in range(len(stored.message.recipients))]
    message = stored.message
    shape = message_shape(
        stored,
        copies,
        judged,
        reminder=reminders.load(message.sender, message.id),
        thread_muted=threads.is_muted(message.sender, message.thread or ""),
        language=owning.account(message.sender).preferences.language if judged else ENGLISH,
    )
    if shape.events is not UNSET:
        shape.events[:] = fitting(shape.events[::-1])[::-1]  # the newest
    return shape


def _addressee(given: str | NewRecipient) -> Addressee:
    if isinstance(given, str):
        return Addressee(Recipient(given))
    return Addressee(Recipient(given.email, given.name), given.consent)


def _unix(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
