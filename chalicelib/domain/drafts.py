"""A mail before it is sent: what the sender hands over, and the limits it must keep."""

from dataclasses import replace

from chalicelib.domain.consent import Consent
from chalicelib.domain.errors import BadInput, TooLarge
from chalicelib.domain.messages import MOST_RECIPIENTS, Door, Recipient, address
from chalicelib.domain.preferences import Keep
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import say

LARGEST_HTML = 1_000_000  # bytes of one copy
LARGEST_ANSWER = (
    4_400_000  # bytes of the copies in one answer, as JSON: Lambda answers with 6 MB, a quarter lost to base64
)
LARGEST_LINKS = 200_000  # bytes of all destinations together: they share an item of the table, which holds 400 KB
CLOCK_SKEW = 120  # seconds that a sender's clock may be ahead


BY_DEFAULT, NEVER = "", "never"  # reminders: as the sender's preferences have it; none


@record
class Addressee:
    """A recipient with what they said of being tracked."""

    recipient: Recipient
    consent: Consent = Consent.UNKNOWN


@record
class Draft:
    """What a sender hands over. `links` are destinations to be tracked that do not stand in the HTML.

    The links of a plain text are tracked with `text_links`; None leaves it to the sender's preferences. With `trap_link` the
    copies get a link that no person sees, to where the first link leads. With `counts_only` its events are kept no longer
    than judging takes. With `shared` one copy goes to all, as mail programs send it. What is only `prepared` is sent once that
    is confirmed. `remind` is when to remind of it (domain/telling/calendar.py), BY_DEFAULT or NEVER. `door` is the way by
    which it came.
    """

    subject: str
    addressees: tuple[Addressee, ...]
    html: str = ""
    text: str = ""
    text_links: bool | None = None
    links: tuple[str, ...] = ()
    sent_at: float | None = None
    thread: str | None = None
    trap_link: bool = False
    counts_only: bool = False
    remind: str = BY_DEFAULT
    shared: bool = False
    prepared: bool = False
    door: Door = Door.API

    @property
    def plain(self) -> bool:
        """Whether it is a plain text alone, which can carry no pixel. A client that only wants URLs hands over neither."""
        return bool(self.text) and not self.html


def reduced(draft: Draft, keep: Keep) -> Draft:
    """The draft with no more in it than is to be kept. A thread that mail programs know (`<id@host>`) answers need."""
    if keep is Keep.FULL:
        return draft
    thread = draft.thread if draft.thread and draft.thread.startswith("<") else None
    less = replace(draft, subject="", thread=thread, counts_only=keep is Keep.COUNTS_ONLY)
    if keep is Keep.NO_SUBJECT:
        return less
    nameless = (Addressee(Recipient(each.recipient.email), each.consent) for each in draft.addressees)
    return replace(less, addressees=tuple(nameless))


def check_sent_at(sent_at: float, at: float) -> None:
    """Raises BadInput if a mail cannot have been sent at that unix time."""
    if sent_at > at + CLOCK_SKEW:
        raise BadInput("It cannot have been sent in the future.", "sent_at")
    if sent_at < 0:
        raise BadInput("It cannot have been sent before 1970.", "sent_at")


def check(draft: Draft, at: float) -> Draft:
    """The draft with its addresses in the form they are kept in. Raises BadInput or TooLarge, naming the field."""
    if not draft.addressees:
        raise BadInput("A message needs at least one recipient.", "recipients")
    if len(draft.addressees) > MOST_RECIPIENTS:
        raise BadInput(
            say("A message has {most} recipients at most: send it in several requests.", most=MOST_RECIPIENTS),
            "recipients",
        )
    if draft.sent_at is not None:
        check_sent_at(draft.sent_at, at)
    size = 0
    for field, said in (("html", draft.html), ("text", draft.text)):
        size += len(said.encode("utf-8", "surrogatepass"))
        if size > LARGEST_HTML:
            raise TooLarge(
                say("HTML and text have {size:,} bytes; {most:,} is the limit.", size=size, most=LARGEST_HTML), field
            )
    known: set[str] = set()
    addressees = []
    for number, each in enumerate(draft.addressees):
        field = f"recipients[{number}]"
        email = address(each.recipient.email, f"{field}.email")
        if email in known:
            raise BadInput(say("{email} is listed twice among the recipients.", email=email), field)
        known.add(email)
        addressees.append(Addressee(Recipient(email, each.recipient.name.strip()), each.consent))
    return replace(draft, addressees=tuple(addressees))
