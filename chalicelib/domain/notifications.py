"""What the sender is told, and when: once for each thing, on the first event that counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.events import EventKind, Verdict
from chalicelib.domain.judging import Judgement
from chalicelib.domain.messages import Message

_KINDS = (EventKind.OPEN, EventKind.CLICK, EventKind.REPLY, EventKind.BOUNCE)


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing the sender is told. It holds all that the telling needs, so that nothing else must be read.

    `at` is when it happened, unix seconds; `first` is True where no other recipient of the message did it before.
    """

    message: str
    sender: str
    kind: EventKind
    recipient: int
    email: str
    name: str
    subject: str
    sent_at: float
    at: float
    verdict: Verdict
    first: bool
    link: str = ""

    @property
    def what(self) -> str:
        """The name of the thing told: the same thing is never told twice."""
        return f"{self.kind}:{self.recipient}"


def first_time(message: Message, judgements: Sequence[Judgement], told: frozenset[str]) -> tuple[Notification, ...]:
    """What there is to tell of the judged events (in order of time) that was not told before.

    A click or a reply says that the mail was read: an open that comes after one is no news.
    """
    found: dict[str, Notification] = {}
    kinds = {what.partition(":")[0] for what in told}
    for each in judgements:
        event = each.event
        if event.kind not in _KINDS or event.recipient >= len(message.recipients) or not _tells(each):
            continue
        known = told | found.keys()
        if f"{event.kind}:{event.recipient}" in known or (
            event.kind is EventKind.OPEN and _read(event.recipient) & known
        ):
            continue
        recipient = message.recipients[event.recipient]
        link = message.links[event.link] if event.link is not None and event.link < len(message.links) else ""
        news = Notification(
            message=message.id,
            sender=message.sender,
            kind=event.kind,
            recipient=event.recipient,
            email=recipient.email,
            name=recipient.name,
            subject=message.subject,
            sent_at=message.sent_at,
            at=event.at,
            verdict=each.verdict,
            first=event.kind not in kinds,
            link=link,
        )
        found[news.what] = news
        kinds.add(event.kind)
    return tuple(found.values())


def _tells(judgement: Judgement) -> bool:
    hit = judgement.event.kind in (EventKind.OPEN, EventKind.CLICK)
    return judgement.counted if hit else True


def _read(recipient: int) -> frozenset[str]:
    return frozenset({f"{EventKind.CLICK}:{recipient}", f"{EventKind.REPLY}:{recipient}"})
