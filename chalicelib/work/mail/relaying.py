"""Raw mails, as a client wrote them: each recipient's copy is the same bytes with a pixel and links of their own.

The API, the relay and the gateway all come here. `prepare_mail` refuses; `relay` never does: what cannot be tracked goes
out as it came, and says why.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from chalicelib.config import config
from chalicelib.domain import drafts
from chalicelib.domain.consent import NO_PIXEL
from chalicelib.domain.drafts import Addressee, Draft
from chalicelib.domain.errors import BadInput, Conflict, TooLarge
from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.mail import mails
from chalicelib.domain.mail.gateway_addresses import real_address
from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.messages import MOST_RECIPIENTS, Door, Message, Recipient, address, message_id
from chalicelib.domain.outgoing import raw_mails
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.outgoing.mime import NotTracked
from chalicelib.domain.outgoing.raw_mails import Trackable
from chalicelib.domain.preferences import Preferences
from chalicelib.log import logger
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import inbox
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.work.messages import copying, reminding
from chalicelib.work.messages.copying import Room, ours, untouched, urls
from chalicelib.work.messages.preparing import came, create, made_before, message_of
from chalicelib.work.messages.treating import Treatment, together, treat
from chalicelib.work.retrying import retried
from chalicelib.work.tracking import recording

_ALL = Room(0, lambda _: 0, "body")  # a mail on its way has room for every copy


@retried(2)  # as preparing.prepare
def prepare_mail(
    sender: str,
    raw: bytes,
    addressees: Sequence[Addressee],
    at: float,
    request_id: str,
    most_bytes: int | None = None,
    key: str = "",
    text_links: bool | None = None,
    *,
    shared: bool = False,
    prepared: bool = False,
    door: Door = Door.API,
    after: tuple[str, int] | None = None,
) -> tuple[Stored, list[Copy]]:
    """A new message and the copies for its recipients, as many as `most_bytes` hold, as preparing.prepare gives them.

    `text_links`, `shared`, `prepared` and `door` are as in a Draft.
    Raises BadInput or TooLarge, naming the field, or Conflict if this request was handled before; nothing is written then.
    """
    draft = Draft(mails.subject(raw), tuple(addressees), text_links=text_links, thread=mails.thread(raw))
    draft = replace(draft, shared=shared, prepared=prepared, door=door)
    draft, treated, wishes = treat(sender, drafts.check(draft, at), at)
    mail = raw_mails.read(raw, text_links=bool(draft.text_links), ours=ours())
    links = () if isinstance(mail, NotTracked) else mail.links
    treated = [_at_the_gateway(each) or how for each, how in zip(draft.addressees, treated, strict=True)]
    message = message_of(sender, draft, links, at, request_id, "body", treated)
    treated = together(draft, treated)
    if isinstance(mail, Trackable) and not mail.shows_opens:
        treated = [how._replace(pixel=False) for how in treated]
    made = made_before(message, key, after)
    message = made.message if made else message
    room = _ALL if most_bytes is None else Room(most_bytes, lambda copy: _size(raw, copy), "body")
    copies = _copies(message, draft, raw, mail, treated, wishes.footer, room, after[1] if after else 0)
    treated = [
        how if shared and how.apart else how._replace(not_tracked=copy.not_tracked, cut=copy.cut)
        for how, copy in zip(treated, copies, strict=True)
    ]
    reminder = reminding.of_new(message, draft.remind, wishes.remind, wishes.time_zone, at)
    came(message, wishes.last_mail, at)
    return made or create(message, treated, at, key, reminder, wishes.known), copies


def relay(
    sender: str, raw: bytes, recipients: Sequence[str], at: float, request_id: str, door: Door = Door.RELAY
) -> list[Copy]:
    """The copy for each recipient, each once. Never raises: what fails leaves a mail as it came, not tracked.

    The same request again gives the same copies of the same message.
    """
    names = {each.email: each for each in mails.recipients(raw)}
    edits = _cleaned(raw)
    known: dict[str, Recipient] = {}
    strange: list[Copy] = []
    for given in recipients:
        if real_address(given, config().inbound_domain):
            strange.append(Copy(given, "gateway", edits=edits))
            continue
        try:
            email = address(given, "recipient")
        except BadInput:
            strange.append(Copy(given, "no_address", edits=edits))
        else:
            known[email] = names.get(email, Recipient(email))
    everybody = list(known.values())
    some = [everybody[start : start + MOST_RECIPIENTS] for start in range(0, len(everybody), MOST_RECIPIENTS)]
    return strange + [
        copy for number, few in enumerate(some) for copy in _relay(sender, raw, few, at, f"{request_id}.{number}", door)
    ]


def _relay(sender: str, raw: bytes, recipients: list[Recipient], at: float, request_id: str, door: Door) -> list[Copy]:
    try:
        return prepare_mail(sender, raw, [Addressee(each) for each in recipients], at, request_id, door=door)[1]
    except Conflict:
        if again := _prepared(sender, raw, message_id(at, request_id)):
            return again
        reason = "failed"
    except TooLarge:
        reason = "too_large"
    except Exception:  # noqa: BLE001 - a mail goes out, whatever is wrong with us
        logger().exception("A mail could not be rewritten: it goes out as it came.")
        reason = "failed"
    return _untracked(sender, raw, recipients, at, request_id, reason, door)


def _prepared(sender: str, raw: bytes, name: str) -> list[Copy] | None:
    """The copies of a message that was made before, if it was."""
    try:
        stored = messages.load(sender, name)
        if stored is None:
            return None
        account = accounts.load(sender)
        treated = [Treatment(tally.not_tracked, tally.blind != NO_PIXEL) for tally in stored.state.tallies]
        wishes = account.preferences if account else Preferences()
        mail = raw_mails.read(raw, text_links=wishes.text_links, ours=ours())
        return _copies(
            stored.message, Draft("", ()), raw, mail, treated, wishes.language if wishes.footer else "", _ALL
        )
    except Exception:  # noqa: BLE001 - as above
        logger().exception("A mail could not be rewritten again: it goes out as it came.")
        return None


def _untracked(
    sender: str, raw: bytes, recipients: list[Recipient], at: float, request_id: str, reason: str, door: Door
) -> list[Copy]:
    """The mail as it came, for everybody; the table shall know of it, if it can."""
    draft = Draft(mails.subject(raw), tuple(map(Addressee, recipients)), thread=mails.thread(raw), door=door)
    try:
        draft, treated, wishes = treat(sender, draft, at)
        message = message_of(sender, draft, (), at, request_id)
        reminder = reminding.of_new(message, draft.remind, wishes.remind, wishes.time_zone, at)
        create(message, [Treatment(how.not_tracked or reason) for how in treated], at, reminder=reminder)
    except Exception:  # noqa: BLE001 - as above
        logger().exception("A mail that is not tracked could not be noted.", extra={"reason": reason})
        return [Copy(each.email, reason, edits=_cleaned(raw)) for each in recipients]
    edits = _cleaned(raw)
    return [replace(untouched(message, number, reason), edits=edits) for number in range(len(recipients))]


def _cleaned(raw: bytes) -> tuple[Edit[bytes], ...]:
    """What goes of another mail of ours, whatever else is wrong."""
    try:
        return raw_mails.cleaned(raw, ours())
    except Exception:  # noqa: BLE001 - as above
        logger().exception("A mail could not be searched for what is ours: it goes out as it came.")
        return ()


def _at_the_gateway(addressee: Addressee) -> Treatment | None:
    """How the copy is treated of a mail that is tracked later, at the gateway."""
    return Treatment("gateway") if real_address(addressee.recipient.email, config().inbound_domain) else None


def _copies(
    message: Message,
    draft: Draft,
    raw: bytes,
    mail: Trackable | NotTracked,
    treated: Sequence[Treatment],
    footer: str,
    room: Room,
    start: int = 0,
) -> list[Copy]:
    some_stay = isinstance(mail, NotTracked) or any(how.not_tracked for how in treated)
    clean = raw_mails.cleaned(raw, ours()) if some_stay else ()
    return copying.made(
        message, draft, treated, lambda number, how: _copy(message, number, raw, mail, how, footer, clean), room, start
    )


def _copy(
    message: Message,
    number: int,
    raw: bytes,
    mail: Trackable | NotTracked,
    treated: Treatment,
    footer: str,
    clean: tuple[Edit[bytes], ...],
) -> Copy:
    left = mail.reason.value if isinstance(mail, NotTracked) else ""
    copy = untouched(message, number, treated.not_tracked or left)
    if isinstance(mail, NotTracked) or copy.not_tracked:
        return replace(copy, edits=clean)
    pixel_url, tracked = urls(message, number)
    done, cut = raw_mails.rewritten(
        raw,
        mail,
        pixel_url=pixel_url if treated.pixel else None,
        tracked=tracked,
        page_url=copy.page_url if footer else None,
        language=footer,
    )
    if isinstance(done, NotTracked):
        return replace(copy, not_tracked=done.reason.value, edits=raw_mails.cleaned(raw, ours()))
    links = tuple(zip(message.links, tracked, strict=True))
    return replace(copy, pixel_url=pixel_url if treated.pixel else "", links=links, edits=done.edits, cut=cut)


def _size(raw: bytes, copy: Copy) -> int:
    """About how many bytes an answer holds of it, beside the little that our own header field takes."""
    grown = sum(len(edit.after) - len(edit.before) for edit in copy.edits)
    return len(raw) + grown + sum(len(url) + len(tracked) for url, tracked in copy.links)


def remember(raw: bytes, given: str, message: str, number: int, at: float) -> None:
    """Note the ids that a copy went out with, for answers to find it: the mail's own, and `given` by SES, if it was."""
    own = mails.identity(raw) or ""
    try:
        if given:
            inbox.remember_id(given, message, number, at, own)
        if own:
            inbox.remember_id(own, message, number, at)
    except Exception:  # noqa: BLE001 - the mail is out: an answer may still be known by its address or its links
        logger().exception("The ids of a mail could not be noted.", extra={"message_id": message})


def bounced(message: str, number: int, at: float, by: str) -> None:
    """Note that a copy could not be handed over. `by` is the reason that says who would not take it."""
    name = sha256(f"{message} {number} not handed over".encode()).hexdigest()[:32]
    sure = Verdict(VerdictKind.BOT, 0.99, ("bounce", by))
    recording.put(Event(name, message, number, EventKind.BOUNCE, at, sure))
