"""What each event of a message means, seen together with all the others: a pure function of their set.

Each event starts from its first guess. Then the timeline speaks, in this order of strength: the sender's own devices,
trap links, bursts, machines caught in the act and whatever else they fetched, one client in many recipients' copies;
then what clears the doubtful: a second fetch, a click, a reply. The verdicts do not depend on the time of asking; only
how long to wait before telling does (`hold_until`).
"""

from collections import defaultdict
from collections.abc import Sequence

from chalicelib.domain.events import COUNTED, Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.records import record
from chalicelib.domain.verdicts.forwarding import forwarded
from chalicelib.domain.verdicts.readers import doubtful
from chalicelib.domain.verdicts.weighing import ORDINARY, Weighing
from chalicelib.domain.verdicts.weights import DEFAULT, Settings

_HITS = (EventKind.OPEN, EventKind.CLICK)


@record
class Judgement:
    """An event and what it means. `hold_until` (unix seconds) says that it is doubtful and not to be told before then;
    `forwarded` that it is possibly somebody else's device, kept apart from the recipient's own count; `corrected` that it
    was told of, until something later showed that it should not have been (domain/correcting.py)."""

    event: Event
    verdict: Verdict
    hold_until: float | None
    forwarded: bool = False
    corrected: bool = False

    @property
    def counted(self) -> bool:
        """Whether it changes what the sender is told about the recipient."""
        return self.verdict.kind in COUNTED and not self.forwarded

    @property
    def may_change(self) -> bool:
        """Whether a later hit may change what it means, however much later: the reader may show yet."""
        return self.forwarded or doubtful(self.verdict)


def judge(message: Message, events: Sequence[Event], at: float, settings: Settings = DEFAULT) -> list[Judgement]:
    """One judgement for each event, in the order of time (ties by id), as it looks at `at` (unix seconds).

    Neither the order nor the repetition of `events` matters.
    """
    first: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        first.setdefault(event.id, event)
    ordered = list(first.values())
    timelines: dict[int, list[Event]] = defaultdict(list)
    for event in ordered:
        timelines[event.recipient].append(event)
    crowds = _crowds(ordered, settings) if len(timelines) > 1 else frozenset[str]()
    judged: dict[str, Judgement] = {}
    for number, timeline in timelines.items():
        verdicts = Weighing(message, timeline, settings).verdicts(crowds)
        several = number == ONE_OF_THEM  # another device is another of them
        elsewhere = [False] * len(timeline) if several else forwarded(timeline, verdicts, settings)
        for event, verdict, apart in zip(timeline, verdicts, elsewhere, strict=True):
            until = event.at + _hold(message, event, verdict, settings)
            judged[event.id] = Judgement(event, verdict, until if event.at < until and at < until else None, apart)
    return [judged[event.id] for event in ordered]


def _crowds(ordered: Sequence[Event], settings: Settings) -> frozenset[str]:
    """The ids of hits that one browser made in several recipients' copies at once, as a gateway does.

    Mail programs are left out: colleagues have the same, behind one address, and may show a new mail to all at once.
    """
    by_client: dict[str, list[Event]] = defaultdict(list)
    for event in ordered:
        seen = event.evidence
        if seen.client and seen.agent in ORDINARY and event.kind in _HITS and event.guess.kind is VerdictKind.HUMAN:
            by_client[event.evidence.client].append(event)
    found: set[str] = set()
    for hits in by_client.values():
        for recipients, seconds in settings.many_recipients:
            first = 0
            for last in range(len(hits)):
                while hits[last].at - hits[first].at > seconds:
                    first += 1
                near = hits[first : last + 1]
                if len({hit.recipient for hit in near}) >= recipients:
                    found.update(hit.id for hit in near)
    return frozenset(found)


def _hold(message: Message, event: Event, verdict: Verdict, settings: Settings) -> float:
    """How many seconds the event is too doubtful to tell, 0 if it is settled."""
    soon = event.at - message.sent_at < settings.hold_delivery
    if event.kind is EventKind.CLICK and verdict.kind in COUNTED and len(message.links) > 1:
        return settings.hold_click if soon else settings.hold_late_click
    if event.kind is not EventKind.OPEN:
        return 0.0
    if "early" in verdict.reasons:
        return settings.hold_proxy
    if verdict.kind is VerdictKind.HUMAN and event.evidence.agent in ORDINARY and soon:
        return settings.hold_open
    return 0.0
