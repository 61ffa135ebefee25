"""Preparing a mail: tokens, a copy for each recipient, and the message in the table, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain import drafts
from chalicelib.domain.consent import CUT, NO_PIXEL, SHARED, Tracking, Untracked, settles, untracked
from chalicelib.domain.contacts import Contact, write_to
from chalicelib.domain.drafts import Draft
from chalicelib.domain.errors import BadInput, Conflict, TooLarge
from chalicelib.domain.messages import Door, Message, message_id
from chalicelib.domain.outgoing import destinations
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.state import State, Tally
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.timeline import PREPARED_FOR
from chalicelib.domain.trackability import trackability
from chalicelib.domain.words.sentences import say
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.store.telling import reminders
from chalicelib.work.messages import copying, reminding
from chalicelib.work.messages.copying import ours
from chalicelib.work.messages.treating import Treatment, together, treat
from chalicelib.work.retrying import AT_ONCE, retried

_HOUR = 3600.0


class Prepared(NamedTuple):
    """A new message, the copies for its recipients as copying.made gives them, and its reminder."""

    stored: Stored
    copies: list[Copy]
    reminder: Reminder | None = None


@retried(2)  # where the same request's other copy was quicker, the second try finds its message
def prepare(
    sender: str,
    draft: Draft,
    at: float,
    request_id: str,
    key: str = "",
    *,
    packed: bool = False,
    after: tuple[str, int] | None = None,
) -> Prepared:
    """A new message and the copies for its recipients, as many as one answer can hold, which goes compressed if `packed`.

    It is that of the same request, where `key` names one before, or where that one's answer could not hold all copies:
    `after` says which message it made, and at which recipient to go on.
    Raises BadInput or TooLarge, naming the field, or Conflict; nothing is written then.
    """
    draft, treated, wishes = treat(sender, drafts.check(draft, at), at)
    given = tuple(
        destinations.check(ours()(url) or url, field=f"links[{number}]") for number, url in enumerate(draft.links)
    )
    mail = copying.read(draft)
    links = mail.links + given
    if draft.plain:
        why = "" if links else Reason.PLAIN.value
        treated = [how._replace(not_tracked=how.not_tracked or why, pixel=False) for how in treated]
    message = message_of(sender, draft, links, at, request_id, "links" if given else "html", treated)
    treated = together(draft, treated)
    made = made_before(message, key, after)
    message = made.message if made else message
    copies = copying.made(
        message,
        draft,
        treated,
        lambda number, how: copying.written(message, number, draft, mail, how, wishes.footer),
        copying.room(draft, packed=packed),
        after[1] if after else 0,
    )
    if made:
        return Prepared(made, copies, reminders.load(sender, message.id))
    treated = [how._replace(cut=copy.cut) for how, copy in zip(treated, copies, strict=True)]
    reminder = reminding.of_new(message, draft.remind, wishes.remind, wishes.time_zone, at)
    came(message, wishes.last_mail, at)
    return Prepared(create(message, treated, at, key, reminder, wishes.known), copies, reminder)


def made_before(message: Message, key: str, after: tuple[str, int] | None = None) -> Stored | None:
    """The message that this request made when it came before: known by its key, or by where its copies go on, `after`.

    Raises BadInput where it was another request.
    """
    if after:
        made = messages.load(message.sender, after[0])
        if made is None or _content(made.message) != _content(message):
            raise BadInput("The copies go on with the very request that began them.", "after")
        return made
    made = messages.made_with(message.sender, key) if key else None
    if made and _content(made.message) != _content(message):
        raise BadInput("This key was already used for a different message.", "Idempotency-Key")
    return made


def _content(message: Message) -> tuple[object, ...]:
    return message.subject, message.recipients, message.links, message.thread, message.shared


def message_of(
    sender: str,
    draft: Draft,
    links: tuple[str, ...],
    at: float,
    request_id: str,
    field: str = "links",
    treated: Sequence[Treatment] = (),
) -> Message:
    """The message that a checked draft becomes, with these links. Raises TooLarge, naming `field`, if they are too many.

    A copy that only one person shares with the sender's own addresses is that person's.
    """
    group = tuple(number for number, how in enumerate(treated) if draft.shared and not how.apart)
    if sum(map(len, links)) > drafts.LARGEST_LINKS:
        raise TooLarge(say("All links together may be {most:,} bytes at most.", most=drafts.LARGEST_LINKS), field)
    trap = links[:1] if draft.trap_link and not draft.plain else ()
    return Message(
        id=message_id(at, request_id),
        sender=sender,
        subject=draft.subject,
        recipients=tuple(each.recipient for each in draft.addressees),
        links=links + trap,
        sent_at=at if draft.sent_at is None else draft.sent_at,
        created_at=at,
        thread=draft.thread,
        trap_link=len(links) if trap else None,
        counts_only=draft.counts_only,
        shared=group if len(group) > 1 else (),
        prepared=draft.prepared,
        door=draft.door,
    )


def came(message: Message, last: Mapping[Door, float], at: float) -> None:
    """Note that a mail came by its door, where that is not known of this hour. Of what is only prepared that is not known."""
    if not message.prepared and at - last.get(message.door, 0.0) >= _HOUR:
        accounts.note_mail(message.sender, message.door, at)


def create(
    message: Message,
    treated: Sequence[Treatment],
    at: float,
    key: str = "",
    reminder: Reminder | None = None,
    known: Sequence[Contact] = (),
) -> Stored:
    """Put a new message into the table, all or nothing, with how each recipient's copy was treated, and its reminder.

    Others may be made for the same contacts at the same moment: then the contacts, `known` as they were a moment ago, are
    read anew. `key` is the caller's name of the request. Raises Conflict if there is a message with its id, or key, already.
    """
    if known and not message.prepared:  # what writes no contact would not notice that one changed meanwhile
        try:
            return _created(message, known, treated, at, key, reminder)
        except Conflict:
            if _is_made(message, treated, at, key, reminder):
                raise
    return _read_and_created(message, treated, at, key, reminder)


def _is_made(message: Message, treated: Sequence[Treatment], at: float, key: str, reminder: Reminder | None) -> bool:
    sender = message.sender
    return bool(messages.load(sender, message.id) or (key and messages.made_with(sender, key)))


@retried(AT_ONCE, lasting=_is_made)
def _read_and_created(
    message: Message, treated: Sequence[Treatment], at: float, key: str, reminder: Reminder | None
) -> Stored:
    known = contacts.load(message.sender, [each.email for each in message.recipients])
    return _created(message, known, treated, at, key, reminder)


def _created(
    message: Message,
    known: Sequence[Contact],
    treated: Sequence[Treatment],
    at: float,
    key: str,
    reminder: Reminder | None,
) -> Stored:
    tallies = [_tally(contact, each) for contact, each in zip(known, treated, strict=True)]
    state = _state(message, tallies, at)
    messages.create(message, state, [] if message.prepared else _written_to(message, state, known, at), key, reminder)
    return Stored(message, state, 1)


@retried(5)
def confirm(sender: str, message_id: str, at: float) -> None:
    """A prepared message was sent: its recipients were written to. Raises Conflict."""
    stored = messages.load(sender, message_id)
    if stored is None or not stored.message.prepared:
        return
    message = replace(stored.message, prepared=False)
    account = accounts.load(sender)
    came(message, account.last_mail if account else {}, at)
    known = contacts.load(sender, [each.email for each in message.recipients])
    messages.confirm(replace(stored, message=message), _written_to(message, stored.state, known, at))


def _written_to(message: Message, state: State, known: Sequence[Contact], at: float) -> list[Contact]:
    return [
        write_to(contact, message, each.name, at, blank=not tally.shows_opens)
        for contact, tally, each in zip(known, state.tallies, message.recipients, strict=True)
        if tally.not_tracked != Untracked.SELF and not each.erased
    ]


def _state(message: Message, tallies: Sequence[Tally], at: float) -> State:
    """The state of a new message. Of a shared copy each recipient's own opens do not show."""
    group = [tallies[number] for number in message.shared]
    blind = group[0].blind if group and all(each.blind for each in group) else ""
    one = Tally(blind=blind, not_tracked=_why_not(group)) if group else None
    own = [
        replace(each, blind=SHARED) if number in message.shared and not each.not_tracked else each
        for number, each in enumerate(tallies)
    ]
    return State(
        tallies=tuple(own),
        as_of=at,
        due_at=message.created_at + PREPARED_FOR if message.prepared else None,
        shared=one,
    )


def _why_not(group: Sequence[Tally]) -> str:
    """Why nothing is kept of what one of them does: what one of them refused stands for all."""
    reasons = [each.not_tracked for each in group if each.not_tracked]
    return next(filter(settles, reasons), reasons[0] if reasons else "")


def _tally(contact: Contact, treated: Treatment) -> Tally:
    """A new tally. Who refused in the same moment has the pixel, and nothing is kept of it."""
    said = "" if treated.not_tracked == Untracked.SELF else untracked(contact.consent, Tracking.FULL)
    reason = said or treated.not_tracked
    blind = trackability(contact).blind or (CUT if treated.cut else "")
    return Tally(blind=blind if treated.pixel else NO_PIXEL, not_tracked=reason)
