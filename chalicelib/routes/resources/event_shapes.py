"""What the events of a message look like in the API. The OpenAPI document is made from this type."""

from msgspec import Struct

from chalicelib.domain.events import EventKind, Verdict
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.verdicts.explanations import explain
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import said
from chalicelib.routes.resources.shapes import Time, as_time, as_time_if


class EventShape(Struct, frozen=True):
    """One thing that happened. Only a counted one changes what the sender is told; one held waits until then. One that was
    `corrected` was told, until something later showed that it should not have been.

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
    corrected: bool
    shared: bool


def event_shape(message: Message, judgement: Judgement, language: str) -> EventShape:
    """An event of a message with its verdict, explained in a language."""
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
        corrected=judgement.corrected,
        shared=event.recipient == ONE_OF_THEM,
    )
