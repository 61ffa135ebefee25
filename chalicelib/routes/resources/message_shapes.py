"""What messages look like in the API. The types validate, and the OpenAPI document is made from them."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.domain.consent import Consent, Untracked
from chalicelib.domain.events import EventKind, Verdict
from chalicelib.domain.messages import MOST_RECIPIENTS, ONE_OF_THEM, Message
from chalicelib.domain.outgoing.reasons import Reason
from chalicelib.domain.state import Status
from chalicelib.domain.telling.news import of_several
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.verdicts.explanations import explain
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import ENGLISH, said
from chalicelib.routes.resources.shapes import Address, Input, Limit, Time, as_time, as_time_if
from chalicelib.store.messages.messages import Stored

if TYPE_CHECKING:
    from chalicelib.domain.outgoing.copies import Copy

WhyNot = Annotated[str, Meta(extra_json_schema={"enum": [*Reason, *Untracked, "gateway", "failed"]})]


class NewRecipient(Input, frozen=True):
    """Someone a message goes to, and what they said of being tracked."""

    email: Address
    name: Annotated[str, Meta(max_length=200)] = ""
    consent: Consent = Consent.UNKNOWN


class Copies(StrEnum):
    """Whether each recipient gets a copy of their own, or all get one, as mail programs send it."""

    EACH = "each"
    SHARED = "shared"


Remind = Annotated[str, Meta(min_length=1, max_length=40)]


class NewMessage(Input, frozen=True):
    """A mail to be tracked. `links` are destinations beyond those in `html` and `text`.

    A plain `text` has no pixel: alone it is not tracked, unless links of it are. They show where they lead, so they are
    tracked only with `text_links`, which is, if it is not said, as in your preferences; beside `html` those that are
    tracked there, as the same ones. `trap_link` adds a link that no person sees and leads where the first
    one does: what follows it is a machine.

    With `copies` as `shared` there is one copy for all: what is done with it was done by one of them, and of nobody in
    particular it is known. It stands with the first recipient. A mail that is only `prepared` is not sent yet: what is
    loaded of it counts for nothing. It is gone after a day, unless it was confirmed (PATCH).
    """

    subject: Annotated[str, Meta(max_length=998)]
    recipients: Annotated[
        list[Address | NewRecipient], Meta(extra_json_schema={"minItems": 1, "maxItems": MOST_RECIPIENTS})
    ]
    html: str = ""
    text: str = ""
    text_links: bool | UnsetType = UNSET
    links: list[str] = field(default_factory=list)
    sent_at: Time | None = None
    thread: Annotated[str, Meta(max_length=998)] | None = None
    trap_link: bool = False
    remind: Remind | UnsetType | None = UNSET
    copies: Copies = Copies.EACH
    prepared: bool = False


class MessageChange(Input, frozen=True):
    """What can change of a message: `muted` stops its notifications, `thread_muted` those of its thread, `sent_at` says when it
    really went out. `message_id` is the Message-ID that it went out with: answers are known by it. Either confirms a prepared
    message, as `sent` does; with false it was never sent, and is deleted. `remind` is when to be reminded of it: "tomorrow",
    "two_business_days", "week", a date, a time; null for never.
    """

    muted: bool | UnsetType = UNSET
    thread_muted: bool | UnsetType = UNSET
    sent_at: Time | UnsetType = UNSET
    sent: bool | UnsetType = UNSET
    message_id: Annotated[str, Meta(min_length=3, max_length=998)] | UnsetType = UNSET
    remind: Remind | UnsetType | None = UNSET


class NewReply(Input, frozen=True):
    """A reply by a recipient, as a mail client saw it; without `at` it came just now."""

    recipient: Address
    at: Time | None = None


class Wanted(StrEnum):
    """What a list of messages may be narrowed to: a recipient's status, a complaint, or whatever is a problem (it bounced, it
    was called spam, or it is not tracked).
    """

    NO_EVIDENCE = Status.NO_EVIDENCE.value
    OPENED = Status.OPENED.value
    CLICKED = Status.CLICKED.value
    REPLIED = Status.REPLIED.value
    BOUNCED = Status.BOUNCED.value
    CANNOT_KNOW = Status.CANNOT_KNOW.value
    NOT_TRACKED = Status.NOT_TRACKED.value
    COMPLAINED = "complained"
    PROBLEM = "problem"


class MessageQuery(Input, frozen=True):
    """Which messages: with a recipient of this status, to this address, with these words in the subject."""

    status: Wanted | None = None
    recipient: str | None = None
    q: str | None = None
    after: str | None = None
    limit: Limit = 50


class TrackedLink(Struct, frozen=True):
    """Where a link leads, and the URL that leads there through us."""

    url: str
    tracked_url: str


class EventShape(Struct, frozen=True):
    """One thing that happened. Only a counted one changes what the sender is told; one held waits until then.

    What one of several did has no `recipient`, and is `shared`.
    """

    id: str
    kind: EventKind
    at: Time
    recipient: str
    link: str | None
    verdict: Verdict
    explanation: str
    device: str | None
    counted: bool
    possibly_forwarded: bool
    held_until: Time | None
    shared: bool


class RecipientShape(Struct, frozen=True, omit_defaults=True):
    """What is known of one recipient; one that was erased has no `email`. The copy is given once, when it is made:
    `pixel_url`, `links`, `html` and `text`, or `raw`. With it, and with a single message, stand `reply_to`, the address at
    which answers to it are noted and handed on, and `page_url`, the page on which the recipient sees what is kept, and may
    refuse.
    """

    email: str
    name: str
    status: Status
    opens: int
    clicks: int
    replies: int
    machine_hits: int
    inferred_open: bool
    opened_at: Time | None = None
    clicked_at: Time | None = None
    replied_at: Time | None = None
    bounced_at: Time | None = None
    complained_at: Time | None = None
    away_until: date | None = None
    not_tracked: WhyNot | None = None
    pixel_url: str | UnsetType = UNSET
    page_url: str | UnsetType = UNSET
    html: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    raw: bytes | UnsetType = UNSET
    reply_to: str | UnsetType = UNSET
    links: list[TrackedLink] | UnsetType = UNSET


class SharedCopy(Struct, frozen=True):
    """What one of several did with the copy that went to all of them, in numbers and in words (`text`)."""

    one_of: list[str]
    text: str
    status: Status
    opens: int
    clicks: int
    machine_hits: int
    opened_at: Time | None
    clicked_at: Time | None
    replied_at: Time | None
    not_tracked: WhyNot | None


class MessageShape(Struct, frozen=True):
    """A message and its state. `status` is the strongest of its recipients'. `events` are in order of time. With `at_least`
    there were more hits than are counted. What is known of a copy that went to several stands in `shared_copy`; of each of
    them only what is theirs alone: an answer, a bounce. A message that is only `prepared` was not sent, as far as is known."""

    id: str
    subject: str
    status: Status
    sent_at: Time
    created_at: Time
    thread: str | None
    muted: bool
    at_least: bool
    recipients: list[RecipientShape]
    copies: Copies
    shared_copy: SharedCopy | None
    prepared: bool
    remind_at: Time | None = None
    thread_muted: bool | UnsetType = UNSET
    events: list[EventShape] | UnsetType = UNSET


class MessageList(Struct, frozen=True):
    """Messages, newest first. `next` leads on; a page may be short and still lead on: then it was searched that far back."""

    items: list[MessageShape]
    next: str | None
    searched_back_to: Time | None = None


_STRENGTH = (
    Status.REPLIED,
    Status.CLICKED,
    Status.OPENED,
    Status.BOUNCED,
    Status.NO_EVIDENCE,
    Status.CANNOT_KNOW,
    Status.NOT_TRACKED,
)


def message_shape(
    stored: Stored,
    copies: "list[Copy] | None" = None,
    judged: list[Judgement] | None = None,
    raw: bytes | None = None,
    *,
    made: bool = False,
    reminder: Reminder | None = None,
    thread_muted: bool | UnsetType = UNSET,
    language: str = ENGLISH,
) -> MessageShape:
    """A message as the API shows it; with its events when asked. Of its recipients' copies it shows where answers and the
    recipients themselves go, and all when they were just made.

    `raw` is the mail, where it came as a whole; `language` is that of the explanations.
    """
    message, state = stored.message, stored.state
    recipients = [
        _recipient(stored, number, copies[number] if copies else None, raw, made=made)
        for number in range(len(message.recipients))
    ]
    return MessageShape(
        id=message.id,
        subject=message.subject,
        status=min((tally.status for tally in state.known(message)), key=_STRENGTH.index),
        sent_at=as_time(message.sent_at),
        created_at=as_time(message.created_at),
        thread=message.thread,
        muted=state.muted,
        at_least=state.full,
        recipients=recipients,
        copies=Copies.SHARED if message.shared else Copies.EACH,
        shared_copy=_shared_copy(stored, language),
        prepared=message.prepared,
        remind_at=as_time_if(None if reminder is None else reminder.at),
        thread_muted=thread_muted,
        events=UNSET if judged is None else [_event(message, each, language) for each in judged],
    )


def _shared_copy(stored: Stored, language: str) -> SharedCopy | None:
    message, one = stored.message, stored.state.shared
    if one is None:
        return None
    return SharedCopy(
        one_of=[each.email for each in message.among],
        text=said(of_several(message.among, one), language),
        status=one.status,
        opens=one.opens,
        clicks=one.clicks,
        machine_hits=one.machine,
        opened_at=as_time_if(one.opened_at),
        clicked_at=as_time_if(one.clicked_at),
        replied_at=as_time_if(one.replied_at),
        not_tracked=one.not_tracked or None,
    )


def _recipient(stored: Stored, number: int, copy: "Copy | None", raw: bytes | None, *, made: bool) -> RecipientShape:
    message, tally = stored.message, stored.state.tallies[number]
    recipient = message.recipients[number]
    given = copy if made else None
    whole = None if given is None or given.elsewhere else given
    there = None if recipient.erased else copy
    return RecipientShape(
        email=recipient.email,
        name=recipient.name,
        status=stored.state.status_of(message, number),
        opens=tally.opens,
        clicks=tally.clicks,
        replies=tally.replies,
        machine_hits=tally.machine,
        inferred_open=tally.inferred_open,
        opened_at=as_time_if(tally.opened_at),
        clicked_at=as_time_if(tally.clicked_at),
        replied_at=as_time_if(tally.replied_at),
        bounced_at=as_time_if(tally.bounced_at),
        complained_at=as_time_if(tally.complained_at),
        away_until=date.fromisoformat(tally.away_until) if tally.away_until else None,
        not_tracked=tally.not_tracked or None,
        pixel_url=given.pixel_url if given and given.pixel_url else UNSET,
        page_url=there.page_url if there else UNSET,
        html=whole.html if whole and raw is None and (whole.html or not whole.text) else UNSET,
        text=whole.text if whole and whole.text else UNSET,
        raw=whole.of(raw) if whole and raw is not None else UNSET,
        reply_to=there.reply_to if there else UNSET,
        links=[TrackedLink(*pair) for pair in whole.links] if whole else UNSET,
    )


def _event(message: Message, judgement: Judgement, language: str) -> EventShape:
    event = judgement.event
    known = event.link is not None and event.link < len(message.links)
    return EventShape(
        id=event.id,
        kind=event.kind,
        at=as_time(event.at),
        recipient="" if event.recipient == ONE_OF_THEM else message.recipients[event.recipient].email,
        link=message.links[event.link or 0] if known else None,
        verdict=judgement.verdict.rounded,
        explanation=said(explain(judgement.verdict), language),
        device=event.evidence.device or None,
        counted=judgement.counted,
        possibly_forwarded=judgement.forwarded,
        held_until=as_time_if(judgement.hold_until),
        shared=event.recipient == ONE_OF_THEM,
    )
