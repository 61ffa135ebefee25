"""What each event of a message means, seen together with all the others: a pure function of their set.

Each event starts from its first guess. Then the timeline speaks, in this order of strength: the sender's own devices,
trap links, bursts, machines caught in the act and whatever else they fetched, one client in many recipients' copies;
then what clears the doubtful: a second fetch, a click, a reply. The verdicts do not depend on the time of asking; only
how long to wait before telling does (`hold_until`).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.bursts import Burst, bursts, machine
from chalicelib.domain.events import COUNTED, Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.forwarding import forwarded
from chalicelib.domain.messages import Message
from chalicelib.domain.signatures import BY_NAME
from chalicelib.domain.verdicts import DEFAULT, Settings, log_odds, probability

_ORDINARY = ("browser", "bare_webkit", "app_library", "empty", "other")  # agents that scanners borrow
_CAUGHT = 0.8  # how sure a machine must be for what it did elsewhere to count against it
_HITS = (EventKind.OPEN, EventKind.CLICK)
_ANSWERS = (EventKind.REPLY, EventKind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Judgement:
    """An event and what it means. `hold_until` (unix seconds) says that it is doubtful and not to be told before then;
    `forwarded` that it is possibly somebody else's device, kept apart from the recipient's own count."""

    event: Event
    verdict: Verdict
    hold_until: float | None
    forwarded: bool = False

    @property
    def counted(self) -> bool:
        """Whether it changes what the sender is told about the recipient."""
        return self.verdict.kind in COUNTED and not self.forwarded


def judge(message: Message, events: Sequence[Event], at: float, settings: Settings = DEFAULT) -> list[Judgement]:
    """One judgement for each event, in the order of time (ties by id), as it looks at `at` (unix seconds).

    Neither the order nor the repetition of `events` matters.
    """
    ordered = sorted({event.id: event for event in events}.values(), key=lambda event: (event.at, event.id))
    crowds = _crowds(ordered, settings)
    timelines: dict[int, list[Event]] = defaultdict(list)
    for event in ordered:
        timelines[event.recipient].append(event)
    judged: dict[str, Judgement] = {}
    for timeline in timelines.values():
        verdicts = _Timeline(message, timeline, settings).verdicts(crowds)
        elsewhere = forwarded(timeline, verdicts, settings)
        for event, verdict, apart in zip(timeline, verdicts, elsewhere, strict=True):
            until = event.at + _hold(message, event, verdict, settings)
            judged[event.id] = Judgement(event, verdict, until if event.at < until and at < until else None, apart)
    return [judged[event.id] for event in ordered]


def _crowds(ordered: Sequence[Event], settings: Settings) -> frozenset[str]:
    """The ids of hits that one client made in several recipients' copies faster than a person goes from mail to mail."""
    by_client: dict[str, list[Event]] = defaultdict(list)
    for event in ordered:
        if event.evidence.client and event.kind in _HITS and event.guess.kind is VerdictKind.HUMAN:
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


class _Timeline:
    """One recipient's events in order of time, and the verdict of each while it is being weighed."""

    def __init__(self, message: Message, events: list[Event], settings: Settings) -> None:
        self.message, self.events, self.settings = message, events, settings
        self.times = [event.at for event in events]
        self.now = [event.guess for event in events]

    def verdicts(self, crowds: frozenset[str]) -> list[Verdict]:
        self._own_devices()
        self._trap_link()
        self._bursts()
        for place, event in enumerate(self.events):
            if event.id in crowds:
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.85, ("many_recipients",)))
        self._caught()
        self._twins()
        self._readers()
        self._bounced()
        return self.now

    def _hits(self, start: float, end: float) -> Iterable[int]:
        """The places of opens and clicks from `start` to `end`."""
        place = bisect_left(self.times, start)
        while place < len(self.times) and self.times[place] <= end:
            if self.events[place].kind in _HITS:
                yield place
            place += 1

    def _doubt(self, place: int, verdict: Verdict) -> None:
        """Takes what was not surely a machine or the sender as `verdict` says; the old reasons follow its own."""
        if self.now[place].kind in COUNTED or self._weak(place):
            reasons = (
                *verdict.reasons,
                *(reason for reason in self.now[place].reasons if reason not in verdict.reasons),
            )
            self.now[place] = Verdict(verdict.kind, verdict.confidence, reasons)

    def _weak(self, place: int) -> bool:
        """Whether the verdict rests on weak signs only, so that better ones may replace it."""
        verdict = self.now[place]
        return verdict.kind is VerdictKind.UNKNOWN or (
            verdict.kind is VerdictKind.SCANNER and verdict.confidence < _CAUGHT
        )

    def _own_devices(self) -> None:
        """The sender: before the send, by a device that is known to be theirs, or from an address that is."""
        own = self.message.own
        places = {mark.partition(".")[0]: mark for mark in sorted(own, reverse=True) if "." in mark}
        for place, event in enumerate(self.events):
            if event.kind not in _HITS:
                continue
            verdict, address = self.now[place], event.evidence.client.partition(".")[0]
            if event.at < self.message.sent_at:
                self.now[place] = Verdict(VerdictKind.SELF, 0.95, ("before_sending",))
            elif verdict.kind not in COUNTED and not self._weak(place):
                continue
            elif event.evidence.client and event.evidence.client in own:
                self._doubt(place, Verdict(VerdictKind.SELF, 0.95, ("own_device",)))
            elif address and address in places:
                if places[address].endswith("."):
                    self._doubt(place, Verdict(VerdictKind.SELF, 0.8, ("own_address",)))
                elif event.at - self.message.sent_at < self.settings.own_address_soon:
                    self._doubt(place, Verdict(VerdictKind.SELF, 0.6, ("own_address", "soon")))
                else:
                    self._weigh(place, self.settings.own_address, "own_address")
            elif event.evidence.subnet and event.evidence.subnet in own:
                self._weigh(place, self.settings.own_neighbourhood, "own_neighbourhood")

    def _weigh(self, place: int, weight: float, reason: str) -> None:
        """Lowers the confidence in a person without changing the verdict: never lose a reader for a neighbour."""
        verdict = self.now[place]
        if verdict.kind is VerdictKind.HUMAN:
            sure = max(0.5, probability(log_odds(verdict.confidence) + weight))
            self.now[place] = Verdict(verdict.kind, sure, (*verdict.reasons, reason))

    def _trap_link(self) -> None:
        """Who follows a link that no person can see, and what they follow with it."""
        trap, settings = self.message.trap_link, self.settings
        for place, event in enumerate(self.events):
            if trap is None or event.kind is not EventKind.CLICK or event.link != trap:
                continue
            self._doubt(place, Verdict(VerdictKind.SCANNER, 0.9, ("trap_link",)))
            for other in self._hits(event.at - settings.trap_window, event.at + settings.trap_window):
                if self.events[other].kind is EventKind.CLICK:
                    self._doubt(other, Verdict(VerdictKind.SCANNER, 0.85, ("near_trap_link",)))

    def _bursts(self) -> None:
        """Many links faster than a person, and the pixel that the same machine fetched before them."""
        settings = self.settings
        clicks = [
            place
            for place, event in enumerate(self.events)
            if event.kind is EventKind.CLICK and self.now[place].kind is not VerdictKind.SELF
        ]
        for burst in bursts(self.events, clicks, settings):
            sure = settings.burst_confidence[min(burst.links, 4) - 2]
            members = [place for place in burst.places if self._has_ally(place, burst.places)]
            for place in members:
                self._doubt(place, Verdict(VerdictKind.SCANNER, sure, ("burst",)))
            self._pixel_of(burst, [self.events[place] for place in members])

    def _pixel_of(self, burst: Burst, clicks: Sequence[Event]) -> None:
        """The pixel that the burst's machine fetched too. A mail program at the gateway's address may be a reader's."""
        fleets = {machine(click) for click in clicks if click.evidence.network}
        clients = {click.evidence.client for click in clicks} - {""}
        addresses = {client.partition(".")[0] for client in clients}
        agents = {client.partition(".")[2] for client in clients}
        window = self.settings.pixel_before_burst
        for place in self._hits(burst.start - window, burst.end + window):
            seen = self.events[place].evidence
            if self.events[place].kind is not EventKind.OPEN:
                continue
            address, _, agent = seen.client.partition(".")
            near = address in addresses or any(seen.subnet == click.evidence.subnet for click in clicks if seen.subnet)
            ordinary = seen.agent in _ORDINARY
            if (
                machine(self.events[place]) in fleets
                or (near and agent in agents)
                or (address in addresses and ordinary)
            ):
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.85, ("pixel_before_burst",)))
            elif near or agent in agents:
                self._weigh(place, -1.5, "pixel_before_burst")

    def _has_ally(self, place: int, burst: Sequence[int]) -> bool:
        """Whether a click belongs to the burst it falls into: a person may click while a known scanner is at work.

        They are alone if every other link of the burst was followed by a known machine that neither carries the same
        agent nor lives in the same neighbourhood.
        """
        event = self.events[place]
        agent = event.evidence.client.partition(".")[2]
        return any(
            self.events[other].link != event.link
            and (
                self.now[other].kind in COUNTED
                or self._weak(other)
                or "burst" in self.now[other].reasons
                or machine(self.events[other]) == machine(event)
                or self.events[other].evidence.client.partition(".")[2] == agent
            )
            for other in burst
        )

    def _caught(self) -> None:
        """What a client fetched around the time when it was caught as a machine."""
        settings = self.settings
        for place, event in enumerate(self.events):
            verdict, client = self.now[place], event.evidence.client
            if not client or verdict.kind is not VerdictKind.SCANNER or verdict.confidence < _CAUGHT:
                continue
            if "same_machine" in verdict.reasons:
                continue
            for other in self._hits(event.at - settings.pixel_before_burst, event.at + settings.same_machine_after):
                if self.events[other].evidence.client == client:
                    self._doubt(other, Verdict(VerdictKind.SCANNER, 0.85, ("same_machine",)))

    def _twins(self) -> None:
        """One click seen twice: the same link again, within seconds, by another program from elsewhere."""
        for place, event in enumerate(self.events):
            if event.kind is not EventKind.CLICK or self.now[place].kind is not VerdictKind.HUMAN:
                continue
            for other in self._hits(event.at, event.at + self.settings.twin):
                twin = self.events[other]
                if other <= place or twin.kind is not EventKind.CLICK or twin.link != event.link:
                    continue
                one, two = event.evidence, twin.evidence
                if one.subnet != two.subnet and one.device != two.device and self.now[other].kind is VerdictKind.HUMAN:
                    self.now[other] = Verdict(VerdictKind.UNKNOWN, 0.5, ("twin", *self.now[other].reasons))

    def _readers(self) -> None:
        """What clears a doubtful hit: a reader who was surely there."""
        answered = max((e.at for e in self.events if e.kind in _ANSWERS), default=None)
        clicked = max(
            (
                e.at
                for e, v in zip(self.events, self.now, strict=True)
                if e.kind is EventKind.CLICK and v.kind is VerdictKind.HUMAN
            ),
            default=None,
        )
        last_fetch: dict[str, float] = {}
        for event in self.events:
            if (
                event.kind is EventKind.OPEN
                and BY_NAME[event.evidence.agent or "empty"].kind is VerdictKind.PROXY_HUMAN
            ):
                last_fetch[event.evidence.agent] = event.at
        prefetched = float("-inf")
        for place, event in enumerate(self.events):
            verdict = self.now[place]
            if event.evidence.agent == "gmail_prefetch":
                prefetched = event.at
            if verdict.kind is not VerdictKind.PREFETCH or "early" not in verdict.reasons:
                continue
            if event.evidence.agent == "gmail_proxy" and event.at - prefetched <= self.settings.prefetch_then_reader:
                self._clear(place, 0.8, "after_prefetch")
            elif answered is not None and answered > event.at:
                self._clear(place, 0.75, "confirmed_by_reply")
            elif clicked is not None and clicked > event.at:
                self._clear(place, 0.75, "confirmed_by_click")
            elif last_fetch.get(event.evidence.agent, event.at) > event.at + 1:
                self._clear(place, 0.7, "second_fetch")

    def _clear(self, place: int, sure: float, reason: str) -> None:
        reasons = (reason, *(old for old in self.now[place].reasons if old != "early"))
        self.now[place] = Verdict(VerdictKind.PROXY_HUMAN, sure, reasons)

    def _bounced(self) -> None:
        """A mail that was not delivered was not read, unless its recipient answered it all the same."""
        bounce = next((event.at for event in self.events if event.kind is EventKind.BOUNCE), None)
        if bounce is None or any(event.kind in _ANSWERS for event in self.events):
            return
        for place, event in enumerate(self.events):
            if event.kind in _HITS:
                if event.at < bounce:
                    self._doubt(place, Verdict(VerdictKind.SCANNER, 0.75, ("bounced",)))
                else:
                    self._doubt(place, Verdict(VerdictKind.SELF, 0.75, ("after_bounce",)))


def _hold(message: Message, event: Event, verdict: Verdict, settings: Settings) -> float:
    """How many seconds the event is too doubtful to tell, 0 if it is settled."""
    soon = event.at - message.sent_at < settings.hold_delivery
    if event.kind is EventKind.CLICK and verdict.kind in COUNTED and len(message.links) > 1:
        return settings.hold_click if soon else settings.hold_late_click
    if event.kind is not EventKind.OPEN:
        return 0.0
    if "early" in verdict.reasons:
        return settings.hold_proxy
    if verdict.kind is VerdictKind.HUMAN and event.evidence.agent in _ORDINARY and soon:
        return settings.hold_open
    return 0.0
