"""Preparing a mail: tokens, a copy for each recipient, and the message in the table, all or nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain import drafts
from chalicelib.domain.accounts import Patience, Preferences
from chalicelib.domain.consent import CUT, NO_PIXEL, SHARED, Consent, Tracking, Untracked, settles, tracking, untracked
from chalicelib.domain.contacts import Contact, write_to
from chalicelib.domain.drafts import Draft
from chalicelib.domain.errors import BadInput, TooLarge
from chalicelib.domain.mail.addresses import CopyId, reply_address
from chalicelib.domain.mail.splicing import splice
from chalicelib.domain.messages import ONE_OF_THEM, Door, Message, message_id
from chalicelib.domain.outgoing import alternatives, destinations
from chalicelib.domain.outgoing.alternatives import Both, Changed
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.outgoing.ours import Ours
from chalicelib.domain.outgoing.reasons import Reason
from chalicelib.domain.state import State, Tally
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.timeline import PREPARED_FOR
from chalicelib.domain.tokens import Claim, TokenKind, mint
from chalicelib.domain.trackability import trackability
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.work.contacts import consenting
from chalicelib.work.messages import reminding
from chalicelib.work.retrying import AT_ONCE, retried

_HOUR = 3600.0


class Treatment(NamedTuple):
    """How a recipient's copy is treated: the reason why it is not tracked, "" if it is, and whether it has a pixel.

    `cut` is whether that stands where Gmail cuts the mail off.
    """

    not_tracked: str = ""
    pixel: bool = True
    cut: bool = False

    @property
    def apart(self) -> bool:
        """Whether they are none of those whom a shared copy is tracked for: the sender, and who gets another at the gateway."""
        return self.not_tracked in (Untracked.SELF, "gateway")


class Wishes(NamedTuple):
    """What a sender wants of their mails: whether they say that they are tracked; when to be reminded, on which clock. And when
    the last one came by each door.
    """

    footer: bool = False
    remind: Patience = Patience()
    time_zone: str = "UTC"
    last_mail: Mapping[Door, float] = {}


@retried(2)  # where the same request's other copy was quicker, the second try finds its message
def prepare(sender: str, draft: Draft, at: float, request_id: str, key: str = "") -> tuple[Stored, list[Copy]]:
    """A new message and the copy for each of its recipients; that of the same request, where `key` names one before.

    Raises BadInput or TooLarge, naming the field, or Conflict; nothing is written then.
    """
    draft, treated, wishes = treat(sender, drafts.check(draft, at), at)
    given = tuple(
        destinations.check(ours()(url) or url, field=f"links[{number}]") for number, url in enumerate(draft.links)
    )
    links = alternatives.links(_both(draft), ours=ours()) + given
    if draft.plain:
        why = "" if links else Reason.PLAIN.value
        treated = [how._replace(not_tracked=how.not_tracked or why, pixel=False) for how in treated]
    message = message_of(sender, draft, links, at, request_id, "links" if given else "html", treated)
    treated = together(draft, treated)
    made = made_before(message, key)
    message = made.message if made else message
    copies = copies_of(message, draft, treated, lambda number, how: _copy(message, number, draft, how, wishes.footer))
    if sum(map(_size, copies)) > drafts.LARGEST_ANSWER:
        raise TooLarge(
            "All copies together are more than one response can hold: send them in several requests.", "recipients"
        )
    treated = [how._replace(cut=copy.cut) for how, copy in zip(treated, copies, strict=True)]
    reminder = reminding.of_new(message, draft.remind, wishes.remind, wishes.time_zone, at)
    came(message, wishes.last_mail, at)
    return made or create(message, treated, at, key, reminder), copies


def together(draft: Draft, treated: list[Treatment]) -> list[Treatment]:
    """How a copy is treated that all share: as the one wants it who wants the least. Who refuses, refuses for it."""
    group = [how for how in treated if not how.apart]
    if not draft.shared or len(group) < 2:
        return treated
    refused = any(settles(how.not_tracked) for how in group)
    pixel = all(how.pixel for how in group)
    return [
        how
        if how.apart
        else how._replace(not_tracked=how.not_tracked or (Reason.COMPANY if refused else ""), pixel=pixel)
        for how in treated
    ]


def copies_of(
    message: Message, draft: Draft, treated: Sequence[Treatment], copy: Callable[[int, Treatment], Copy]
) -> list[Copy]:
    """The copy for each recipient. The one that all share stands with the first; the others have what is theirs of it.

    `copy` makes the one of a number, or of ONE_OF_THEM.
    """
    group = [number for number, how in enumerate(treated) if not how.apart]
    if not draft.shared or not group:
        return [copy(number, how) for number, how in enumerate(treated)]
    one = copy(message.copy_of(group[0]), treated[group[0]])
    rest = replace(one, html="", text="", edits=(), links=(), elsewhere=True)
    return [replace(rest if number else one, email=each.email) for number, each in enumerate(message.recipients)]


def made_before(message: Message, key: str) -> Stored | None:
    """The message that this request made when it came before. Raises BadInput where the key was another request's."""
    made = messages.made_with(message.sender, key) if key else None
    if made and _content(made.message) != _content(message):
        raise BadInput("This key was already used for a different message.", "Idempotency-Key")
    return made


def _content(message: Message) -> tuple[object, ...]:
    return message.subject, message.recipients, message.links, message.thread, message.shared


def treat(sender: str, draft: Draft, at: float) -> tuple[Draft, list[Treatment], Wishes]:
    """A checked draft as the sender's preferences have it, how each recipient's copy is treated, and what else they want.

    No more is in the draft than is to be kept. What it says of consent is noted. Raises Conflict.
    """
    account = accounts.load(sender)
    wishes = account.preferences if account else Preferences()
    policy = Tracking(config().consent_policy)
    known = contacts.load(sender, [each.recipient.email for each in draft.addressees])
    own = {each.email for each in accounts.addresses(sender)}
    consents = {contact.email: contact.consent for contact in known}
    said = {
        each.recipient.email: each.consent
        for each, contact in zip(draft.addressees, known, strict=True)
        if each.consent not in (Consent.UNKNOWN, contact.consent) and not contact.refused and contact.email not in own
    }
    if said:
        consenting.note(sender, said, at)
        consents |= said
    consents |= dict.fromkeys(contacts.refused(sender, consents), Consent.DENIED)  # by whichever address of a mailbox
    treated = [
        Treatment(Untracked.SELF)
        if email in own
        else Treatment(untracked(consents[email], policy), pixel=tracking(consents[email], policy) is Tracking.FULL)
        for email in (each.recipient.email for each in draft.addressees)
    ]
    wanted = wishes.text_links if draft.text_links is None else draft.text_links
    zone = account.time_zone if account else "UTC"
    return (
        replace(drafts.reduced(draft, wishes.keep), text_links=wanted),
        treated,
        Wishes(wishes.footer, wishes.remind, zone, account.last_mail if account else {}),
    )


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
        raise TooLarge(f"All links together may be {drafts.LARGEST_LINKS:,} bytes at most.", field)
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


def urls(message: Message, number: int) -> tuple[str, tuple[str, ...]]:
    """The URLs of the pixel and of the tracked links in a recipient's copy."""
    claim = Claim(TokenKind.PIXEL, message.id, number, int(message.sent_at))
    links = (
        replace(claim, kind=TokenKind.LINK, link=index, destination=destination)
        for index, destination in enumerate(message.links)
    )
    return _url(claim), tuple(map(_url, links))


def ours() -> Ours:
    """What is ours in a mail."""
    return Ours(config().public_url, config().secrets)


def untouched(message: Message, number: int, reason: str = "") -> Copy:
    """A recipient's copy of a message before anything is tracked in it, with the `reason` if nothing shall be."""
    number = message.copy_of(number)
    email = "" if number == ONE_OF_THEM else message.recipients[number].email
    reply_to = reply_address(CopyId(message.id, number), config().inbound_domain, config().secrets)
    page = _url(Claim(TokenKind.PAGE, message.id, number, int(message.sent_at)))
    return Copy(email, reason, message.id, number, reply_to, page)


def _copy(message: Message, number: int, draft: Draft, treated: Treatment, footer: bool) -> Copy:
    copy = untouched(message, number, treated.not_tracked)
    mail = _both(draft)
    if copy.not_tracked:
        return _filled(copy, draft, alternatives.cleaned(mail, ours=ours()))
    pixel_url, tracked = urls(message, number)
    trap = message.trap_link
    changed = alternatives.changed(
        mail,
        pixel_url=pixel_url if treated.pixel else None,
        tracked=tracked,
        ours=ours(),
        trap_url=None if trap is None else tracked[trap],
        page_url=copy.page_url if footer else None,
    )
    links = tuple(zip(message.links, tracked, strict=True))[:trap]
    return _filled(replace(copy, pixel_url=pixel_url if treated.pixel else "", links=links), draft, changed)


def _filled(copy: Copy, draft: Draft, changed: Changed) -> Copy:
    return replace(
        copy,
        html=changed.pages[0].html if changed.pages else "",
        text=splice(draft.text, changed.text.edits) if changed.text else draft.text,
        cut=changed.cut,
    )


def _both(draft: Draft) -> Both:
    pages = () if draft.plain else (draft.html,)
    return Both(pages, draft.text or None, text_links=bool(draft.text_links))


def _size(copy: Copy) -> int:
    return len(json.dumps([copy.html, copy.text, copy.links], ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _url(claim: Claim) -> str:
    return f"{config().public_url}/{claim.kind}/{mint(claim, config().secrets)}"


def _is_made(
    message: Message, treated: Sequence[Treatment], at: float, key: str = "", reminder: Reminder | None = None
) -> bool:
    sender = message.sender
    return bool(messages.load(sender, message.id) or (key and messages.made_with(sender, key)))


@retried(AT_ONCE, lasting=_is_made)
def create(
    message: Message, treated: Sequence[Treatment], at: float, key: str = "", reminder: Reminder | None = None
) -> Stored:
    """Put a new message into the table, all or nothing, with how each recipient's copy was treated, and its reminder.

    Others may be made for the same contacts at the same moment. `key` is the caller's name of the request. Raises Conflict
    if there is a message with its id, or key, already.
    """
    emails = [each.email for each in message.recipients]
    known = contacts.load(message.sender, emails)
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
