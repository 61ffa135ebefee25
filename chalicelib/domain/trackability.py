"""Whether an open by a contact would show at all. It decides if silence means *no evidence* or *cannot know*."""

from enum import StrEnum

from chalicelib.domain import providers
from chalicelib.domain.contacts import Contact
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import Sentence, many, say

FEWEST = 2  # messages that must say the same before it is believed of a contact


class Reports(StrEnum):
    """What a contact's mail client lets us see."""

    SHOWS = "shows"  # opens were seen
    HIDES = "hides"  # read for certain (clicked, answered), and no open was seen
    MASKS = "masks"  # every picture is loaded by the client itself: a reader cannot be told from nobody
    UNKNOWN = "unknown"


@record
class Trackability:
    """What a contact's client lets us see, how sure that is (0 to 1), on how many messages it rests, in one sentence."""

    reports: Reports
    confidence: float
    n: int
    evidence: str

    @property
    def blind(self) -> str:
        """The reason to give where an open would not show; "" where it would, or where nobody knows."""
        return self.reports.value if self.reports in (Reports.HIDES, Reports.MASKS) else ""


def trackability(contact: Contact) -> Trackability:
    """What is known of a contact: from its newest messages if they say anything, else from its address's provider."""
    shown = sum(each.opens > 0 for each in contact.exchanges)
    read = [each for each in contact.exchanges if each.clicks > 0 or each.replied_at is not None]
    hidden = sum(not each.opens and not each.blank for each in read)
    masked = sum(each.masked and not each.opens for each in contact.exchanges)
    if shown and shown >= max(hidden, masked):
        return _learnt(Reports.SHOWS, shown, say("Opened {messages} visibly.", messages=_messages(shown)))
    if hidden >= FEWEST and hidden >= masked:
        return _learnt(
            Reports.HIDES,
            hidden,
            say("Clicked or replied to {messages} without a visible open.", messages=_messages(hidden)),
        )
    if masked >= FEWEST:
        return _learnt(
            Reports.MASKS,
            masked,
            say("In {messages} the client loaded the pictures automatically.", messages=_messages(masked)),
        )
    if providers.strips(contact.email):
        return Trackability(Reports.HIDES, 0.7, 0, say("The address's provider removes pixels from mails."))
    if providers.masks(contact.email):
        return Trackability(Reports.MASKS, 0.7, 0, say("Addresses of this provider are mostly read in Apple Mail."))
    # One message is no habit. But where the client loads the pictures and the person then shows that they read, both are seen.
    if any(each.masked and not each.opens for each in read):
        return _learnt(
            Reports.MASKS,
            1,
            say("Read one message for certain, in which the client had loaded the pictures by itself."),
        )
    if hidden:
        return Trackability(
            Reports.UNKNOWN,
            0.0,
            0,
            say("Clicked or replied to one message without a visible open: one more would tell."),
        )
    return Trackability(Reports.UNKNOWN, 0.0, 0, say("Nothing is known yet."))


def _learnt(reports: Reports, n: int, evidence: str) -> Trackability:
    return Trackability(reports, (n + 1) / (n + 2), n, evidence)  # Laplace's rule of succession


def _messages(n: int) -> Sentence:
    return many("{n} message", "{n} messages", n)
