"""What messages look like in the API. The OpenAPI document is made from these types."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.domain.consent import Untracked
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.state import Status
from chalicelib.domain.telling.news import of_several
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import ENGLISH, said
from chalicelib.routes.resources.event_shapes import EventShape, event_shape
from chalicelib.routes.resources.message_inputs import Copies
from chalicelib.routes.resources.shapes import Time, as_time, as_time_if
from chalicelib.store.messages.messages import Stored

if TYPE_CHECKING:
    from chalicelib.domain.outgoing.copies import Copy

WhyNot = Annotated[str, Meta(extra_json_schema={"enum": [*Reason, *Untracked, "gateway", "failed"]})]


class TrackedLink(Struct, frozen=True):
    """Where a link leads, and the URL that leads there through us."""

    url: str
    tracked_url: str


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
    them only what is theirs alone: an answer, a bounce. A message that is only `prepared` was not sent, as far as is known.
    With `next` there was no room for some of the new copies: the same request, `?after=` that, gives the next ones.
    """

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
    next: str | UnsetType = UNSET


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
    next: str | None = None,
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
        events=UNSET if judged is None else [event_shape(message, each, language) for each in judged],
        next=next or UNSET,
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
