"""What callers send of messages, and ask of them. The types validate, and the OpenAPI document is made from them."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.domain.consent import Consent
from chalicelib.domain.messages import MOST_RECIPIENTS, Door
from chalicelib.domain.state import Status
from chalicelib.routes.resources.shapes import Address, Input, Limit, Time


class NewRecipient(Input, frozen=True):
    """Someone a message goes to, and what they said of being tracked."""

    email: Address
    name: Annotated[str, Meta(max_length=200)] = ""
    consent: Consent = Consent.UNKNOWN


class Copies(StrEnum):
    """Whether each recipient gets a copy of their own, or all get one, as mail programs send it."""

    EACH = "each"
    SHARED = "shared"


OfClients = Literal["api", "compose", "thunderbird", "outlook"]
Remind = Annotated[str, Meta(min_length=1, max_length=40)]


class NewMessage(Input, frozen=True):
    """A mail to be tracked. `links` are destinations beyond those in `html` and `text`.

    A plain `text` has no pixel: alone it is not tracked, unless links of it are. They show where they lead, so they are
    tracked only with `text_links`, which is, if it is not said, as in your preferences; beside `html` those that are
    tracked there, as the same ones. `trap_link` adds a link that no person sees and leads where the first
    one does: what follows it is a machine.

    With `copies` as `shared` there is one copy for all: what is done with it was done by one of them, and of nobody in
    particular it is known. It stands with the first recipient. A mail that is only `prepared` is not sent yet: what is
    loaded of it counts for nothing. It is gone after a day, unless it was confirmed (PATCH). `door` is what asks for it.
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
    door: OfClients = Door.API.value


class CopiesQuery(Input, frozen=True):
    """Where the copies of a new message go on, where one answer could not hold all: the same request again, `after` the place
    that it gave as `next`.
    """

    after: str | None = None


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
