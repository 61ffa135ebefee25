"""What the sender is told, and when: once for each thing, on the first event that counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.events import EventKind, Verdict
from chalicelib.domain.messages import Message
from chalicelib.domain.verdicts.judging import Judgement

KINDS = (EventKind.OPEN, EventKind.CLICK, EventKind.REPLY, EventKind.BOUNCE, EventKind.COMPLAINT)
"""What is told of at all."""


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing the sender is told. It holds all that the telling needs, so that nothing else must be read.

    `at` is when it happened, unix seconds; `first` is True where no other recipient of the message did it before. A
    `correction` takes back what was told: it did not happen after all.
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
    correction: bool = False

    @property
    def what(self) -> str:
        """The name of the thing told: while it holds, the same thing is not told twice."""
        return what(self.kind, self.recipient)

    @property
    def id(self) -> str:
        """The name of this telling: a correction has one of its own."""
        return f"{self.message}:{self.what}{':not' if self.correction else ''}"


def what(kind: EventKind, recipient: int) -> str:
    """The name of a thing that may be told."""
    return f"{kind}:{recipient}"


def first_time(message: Message, judgements: Sequence[Judgement], told: frozenset[str]) -> tuple[Notification, ...]:
    """What there is to tell of the judged events (in order of time) that was not told before.

    A click or a reply says that the mail was read: an open that comes after one is no news.
    """
    found: dict[str, Notification] = {}
    for each in judgements:
        kind, recipient = each.event.kind, each.event.recipient
        if kind not in KINDS or recipient >= len(message.recipients) or not _tells(each):
            continue
        known = told | found.keys()
        said_by = {what(kind, recipient)}
        if kind is EventKind.OPEN:
            said_by |= {what(EventKind.CLICK, recipient), what(EventKind.REPLY, recipient)}
        if not said_by & known:
            found[what(kind, recipient)] = _notification(message, each, first=not _others(kind, known))
    return tuple(found.values())


def corrections(
    message: Message, judgements: Sequence[Judgement], told: frozenset[str], holds: frozenset[str]
) -> tuple[Notification, ...]:
    """What was told of opens and clicks and does not hold any more, each with the verdict that the latest event has now.

    `holds` names what the counts still say. What waits to be looked at again is not taken back yet.
    """
    found = []
    for name in sorted(told - holds):
        kind, recipient = EventKind(name.partition(":")[0]), int(name.partition(":")[2])
        about = [each for each in judgements if (each.event.kind, each.event.recipient) == (kind, recipient)]
        if kind in (EventKind.OPEN, EventKind.CLICK) and about and not any(each.counted for each in about):
            first = not _others(kind, told - {name})
            found.append(_notification(message, about[-1], first=first, correction=True))
    return tuple(found)


def _tells(judgement: Judgement) -> bool:
    hit = judgement.event.kind in (EventKind.OPEN, EventKind.CLICK)
    return judgement.counted if hit else True


def _others(kind: EventKind, known: Iterable[str]) -> bool:
    return any(name.startswith(f"{kind}:") for name in known)


def _notification(message: Message, judgement: Judgement, *, first: bool, correction: bool = False) -> Notification:
    event = judgement.event
    recipient = message.recipients[event.recipient]
    return Notification(
        message=message.id,
        sender=message.sender,
        kind=event.kind,
        recipient=event.recipient,
        email=recipient.email,
        name=recipient.name,
        subject=message.subject,
        sent_at=message.sent_at,
        at=event.at,
        verdict=judgement.verdict,
        first=first,
        link=message.links[event.link] if event.link is not None and event.link < len(message.links) else "",
        correction=correction,
    )
