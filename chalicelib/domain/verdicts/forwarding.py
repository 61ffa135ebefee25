"""Whether a later reader may be somebody else: a stated guess, kept apart from the recipient's own count."""

from collections.abc import Sequence
from math import inf

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.verdicts.weights import Settings


def forwarded(timeline: Sequence[Event], verdicts: Sequence[Verdict], settings: Settings) -> list[bool]:
    """For each of one recipient's events in order of time, whether it was possibly made by somebody else.

    Conservative, since people read on a phone and on a computer: only another kind of device, in another
    neighbourhood, a day or more after the reader was last seen, and only where that reader was seen by more than an
    image proxy (which hides the device). A reply ends the guess: whoever answers is the recipient.
    """
    readers: set[str] = set()  # the devices and neighbourhoods in which the recipient was seen
    strangers: dict[str, set[str]] = {}
    last_seen = inf
    apart = [False] * len(timeline)
    for place, (event, verdict) in enumerate(zip(timeline, verdicts, strict=True)):
        seen = event.evidence
        if event.kind in (EventKind.REPLY, EventKind.COMPLAINT):
            readers.update(*strangers.values())
            strangers.clear()
        elif verdict.kind is VerdictKind.HUMAN and seen.client:
            signs = {f"device {seen.device}", f"subnet {seen.subnet}"}
            new = seen.device and signs.isdisjoint(readers) and event.at - last_seen >= settings.forwarded_after
            if new or seen.client in strangers:
                strangers[seen.client] = signs
                apart[place] = True
            else:
                readers |= signs
                last_seen = event.at
    return apart
