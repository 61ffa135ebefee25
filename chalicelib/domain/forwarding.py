"""Whether a later reader may be somebody else: a stated guess, kept apart from the recipient's own count."""

from collections.abc import Sequence

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.weights import Settings


def forwarded(timeline: Sequence[Event], verdicts: Sequence[Verdict], settings: Settings) -> list[bool]:
    """For each of one recipient's events in order of time, whether it was possibly made by somebody else.

    Conservative, since people read on a phone and on a computer: only another kind of device, in another
    neighbourhood, a day or more after the reader was last seen, and only where that reader was seen by more than an
    image proxy (which hides the device). A reply ends the guess: whoever answers is the recipient.
    """
    readers: list[Event] = []
    strangers: set[str] = set()
    apart = [False] * len(timeline)
    for place, (event, verdict) in enumerate(zip(timeline, verdicts, strict=True)):
        if event.kind in (EventKind.REPLY, EventKind.COMPLAINT):
            strangers.clear()
            continue
        seen = event.evidence
        if (
            verdict.kind is not VerdictKind.HUMAN
            or not seen.client
            or event.kind not in (EventKind.OPEN, EventKind.CLICK)
        ):
            continue
        known = any(
            seen.subnet == reader.evidence.subnet or seen.device == reader.evidence.device for reader in readers
        )
        if seen.client in strangers or (
            readers and not known and seen.device and event.at - readers[-1].at >= settings.forwarded_after
        ):
            strangers.add(seen.client)
            apart[place] = True
        else:
            readers.append(event)
    return apart
