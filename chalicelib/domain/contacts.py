"""A contact: one address over time, for one sender. Totals, and the newest messages in short.

Every change of a message's state changes its recipients' contacts by the difference, so a verdict that is taken back is
taken back here too.
"""

from dataclasses import replace

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.messages import Message
from chalicelib.domain.records import record
from chalicelib.domain.state import Tally

NEWEST = 32  # messages that a contact remembers one by one; with them most items stay below one kilobyte


@record
class Exchange:
    """One message to this contact in short. Times are unix seconds, kept to the minute.

    `message` is the `short_id` of the message: enough to find the entry again. `masked` is whether a
    client loaded it in a way that hides whether a person looked, `blank` whether it carried no pixel, so no open could show,
    `bounced` whether it came back. `away_until` is the date (YYYY-MM-DD) that an automatic reply to it stated.
    """

    message: str
    sent_at: float
    opens: int = 0
    clicks: int = 0
    masked: bool = False
    opened_at: float | None = None
    clicked_at: float | None = None
    replied_at: float | None = None
    blank: bool = False
    bounced: bool = False
    away_until: str = ""


@record
class Contact:
    """One address over time. Counts are for all time; `exchanges` are the newest messages, oldest first.

    `opened`, `clicked` and `replied` count messages; `opens`, `clicks` and `replies` count events.
    `time_zone` is set by the sender: an IANA name or an offset. `offset` is how many minutes their clock was ahead of UTC
    at `offset_at`, according to their newest reply with a usable Date.
    `due_at` is since when the contact has been waiting for its summary; None: nothing changed since the last one.
    `written_at` is when the last message to it was created. `consent_by` and `consent_at` say who recorded `consent`, and
    when. Nothing is kept of what they do with messages created before `forgotten_before`.
    `spam` counts the messages that they marked as spam. `muted`: the sender wants to be told nothing of what they do.
    """

    email: str
    name: str = ""
    messages: int = 0
    opened: int = 0
    clicked: int = 0
    replied: int = 0
    bounced: int = 0
    spam: int = 0
    opens: int = 0
    clicks: int = 0
    replies: int = 0
    muted: bool = False
    exchanges: tuple[Exchange, ...] = ()
    time_zone: str = ""
    offset: int | None = None
    offset_at: float | None = None
    due_at: float | None = None
    written_at: float | None = None
    consent: Consent = Consent.UNKNOWN
    consent_by: By | None = None
    consent_at: float | None = None
    forgotten_before: float | None = None
    version: int = 0

    @property
    def refused(self) -> bool:
        """Whether they refused tracking themselves: only they can allow it again."""
        return self.consent is Consent.DENIED and self.consent_by is By.RECIPIENT

    def forgets(self, message: Message) -> bool:
        """Whether nothing is to be kept of what they do with a message."""
        return self.forgotten_before is not None and message.created_at < self.forgotten_before

    @property
    def away_until(self) -> str:
        """The latest date (YYYY-MM-DD) until which an automatic reply says that they are away; "" if none does."""
        return max((each.away_until for each in self.exchanges), default="")

    @property
    def last_at(self) -> float | None:
        """When the contact last read, clicked or answered one of the newest messages for the first time."""
        return max((at for each in self.exchanges for at in _moments(each) if at is not None), default=None)


def write_to(contact: Contact, message: Message, name: str, at: float, blank: bool = False) -> Contact:
    """The contact after one more message was sent to it, in a copy without a pixel if that is `blank`."""
    exchange = Exchange(short_id(message.id), message.sent_at, blank=blank)
    exchanges = sorted((*contact.exchanges, exchange), key=lambda each: (each.sent_at, each.message))
    return replace(
        contact,
        name=name or contact.name,
        messages=contact.messages + 1,
        written_at=at,
        exchanges=tuple(exchanges[-NEWEST:]),
        due_at=contact.due_at if contact.due_at is not None else at,
    )


def learn(contact: Contact, message: Message, was: Tally, now: Tally, at: float) -> Contact:
    """The contact after what it did with one message turned from `was` to `now`.

    It waits for a new summary only if the moments changed at which it was first seen to read, click or answer, or what is
    known of its clock. Of a message that it forgets nothing is learnt, nor taken back: what it had taught is gone already.
    """
    if contact.forgets(message):
        return contact
    exchange = _exchange(message, now)
    moments = _moments(exchange) != _moments(_exchange(message, was))
    offset, offset_at = contact.offset, contact.offset_at
    if now.offset_at is not None and now.offset_at >= (offset_at or 0):
        offset, offset_at = now.offset, now.offset_at
    elif now.offset_at is None and was.offset_at is not None and was.offset_at == offset_at:
        offset, offset_at = None, None
    changed = moments or offset != contact.offset
    return replace(
        contact,
        opened=contact.opened + _read(now) - _read(was),
        clicked=contact.clicked + bool(now.clicks) - bool(was.clicks),
        replied=contact.replied + bool(now.replies) - bool(was.replies),
        bounced=contact.bounced + (now.bounced_at is not None) - (was.bounced_at is not None),
        spam=contact.spam + (now.complained_at is not None) - (was.complained_at is not None),
        opens=contact.opens + now.opens - was.opens,
        clicks=contact.clicks + now.clicks - was.clicks,
        replies=contact.replies + now.replies - was.replies,
        exchanges=tuple(exchange if each.message == exchange.message else each for each in contact.exchanges),
        offset=offset,
        offset_at=offset_at,
        due_at=at if changed and contact.due_at is None else contact.due_at,
    )


def in_zone(contact: Contact, zone: str, at: float) -> Contact:
    """The contact once the sender has said in which time zone it is; nothing said, if that is empty."""
    return replace(contact, time_zone=zone, due_at=at if contact.due_at is None else contact.due_at)


def forget(contact: Contact, message: Message, tally: Tally, at: float) -> Contact:
    """The contact as if the message had never been sent."""
    without = learn(contact, message, tally, Tally(), at)
    return replace(
        without,
        messages=contact.messages - 1,
        exchanges=tuple(each for each in without.exchanges if each.message != short_id(message.id)),
        due_at=at if contact.due_at is None else contact.due_at,
    )


def with_consent(contact: Contact, consent: Consent, by: By, at: float) -> Contact:
    """The contact after somebody told us what they say of being tracked. What the recipient refused stays refused.

    A refusal takes away what was learnt: of what was there before, address, name and the number of mails are left.
    """
    if contact.refused and by is By.SENDER:
        return contact
    said = replace(contact, consent=consent, consent_by=by, consent_at=at)
    return unlearnt(said, at) if consent is Consent.DENIED else said


def unlearnt(contact: Contact, at: float) -> Contact:
    """The contact without anything that it did with the messages made until `at`."""
    return Contact(
        email=contact.email,
        name=contact.name,
        messages=contact.messages,
        written_at=contact.written_at,
        consent=contact.consent,
        consent_by=contact.consent_by,
        consent_at=contact.consent_at,
        muted=contact.muted,
        forgotten_before=at,
        version=contact.version,
    )


def counts_differ(was: Tally, now: Tally) -> bool:
    """Whether what the recipient did changed, so that state and contact must change together."""
    return _counted(was) != _counted(now)


def note_differs(was: Tally, now: Tally) -> bool:
    """Whether the first hit came that hides a person's look: the contact remembers that of each message."""
    return bool(was.masked) != bool(now.masked)


def short_id(message: str) -> str:
    """Eight hex digits that name a message among a contact's newest: the end of its id, which is its random part."""
    return message[-8:]


def _read(tally: Tally) -> bool:
    return bool(tally.opens or tally.clicks or tally.replies)


def _counted(tally: Tally) -> Tally:
    return replace(tally, machine=0, masked=0, forwarded=0, auto_replies=0)


def _exchange(message: Message, tally: Tally) -> Exchange:
    return Exchange(
        message=short_id(message.id),
        sent_at=message.sent_at,
        opens=tally.opens,
        clicks=tally.clicks,
        masked=tally.masked > 0,
        opened_at=tally.opened_at,
        clicked_at=tally.clicked_at,
        replied_at=tally.replied_at,
        blank=not tally.shows_opens,
        bounced=tally.bounced_at is not None,
        away_until=tally.away_until,
    )


def _moments(exchange: Exchange) -> tuple[float | None, float | None, float | None]:
    return exchange.opened_at, exchange.clicked_at, exchange.replied_at
