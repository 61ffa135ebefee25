"""One recipient's events weighed together: what came before and after changes what each of them means.

The rules run from the strongest to the weakest, each only over what the ones before left doubtful; those that clear a
reader come last. judging.py says what goes in and what comes out.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from chalicelib.domain.events import COUNTED, Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.messages import Message
from chalicelib.domain.verdicts.bursts import bursts, machine
from chalicelib.domain.verdicts.first_guess import first_guess
from chalicelib.domain.verdicts.networks import CLOUDS
from chalicelib.domain.verdicts.readers import cleared
from chalicelib.domain.verdicts.weights import Settings, log_odds, probability

ORDINARY = ("browser", "bare_webkit", "app_library", "empty", "other", "program")
"""Agents that scanners borrow."""

_CAUGHT = 0.8  # how sure a machine must be for what it did elsewhere to count against it
_HITS = (EventKind.OPEN, EventKind.CLICK)
_ANSWERS = (EventKind.REPLY, EventKind.COMPLAINT)


class Weighing:
    """One recipient's events in order of time, and the verdict of each while it is being weighed."""

    def __init__(self, message: Message, events: list[Event], settings: Settings) -> None:
        self.message, self.events, self.settings = message, events, settings
        self.times = [event.at for event in events]
        self.now = [_guess(message, event, settings) for event in events]

    def verdicts(self, crowds: frozenset[str]) -> list[Verdict]:
        self._own_devices()
        self._trap_link()
        self._bursts()
        for place, event in enumerate(self.events):
            if event.id in crowds:
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.85, ("many_recipients",)))
        self._caught()
        self._twins()
        self.now = cleared(self.events, self.now, self.settings)
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
            if self.message.prepared or event.at < self.message.sent_at:
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
        if verdict.kind is VerdictKind.HUMAN and reason not in verdict.reasons:
            sure = max(0.5, probability(log_odds(verdict.confidence) + weight))
            self.now[place] = Verdict(verdict.kind, sure, (*verdict.reasons, reason))

    def _trap_link(self) -> None:
        """Who follows a link that no person can see, and what they follow with it.

        One sign among others: long after the delivery and at a reader's pace, a screen reader may have read it out.
        """
        trap, settings = self.message.trap_link, self.settings
        for place, event in enumerate(self.events):
            if trap is None or event.kind is not EventKind.CLICK or event.link != trap:
                continue
            delivery = event.at - self.message.sent_at < settings.hold_delivery
            near = [
                other
                for other in self._hits(event.at - settings.trap_window, event.at + settings.trap_window)
                if self.events[other].kind is EventKind.CLICK
                and self.events[other].link != trap
                and (delivery or machine(self.events[other]) == machine(event))
            ]
            alone = not (near or delivery)
            self._doubt(place, Verdict(VerdictKind.SCANNER, 0.65 if alone else 0.9, ("trap_link",)))
            for other in near:
                self._doubt(other, Verdict(VerdictKind.SCANNER, 0.85, ("near_trap_link",)))

    def _bursts(self) -> None:
        """Many links faster than a person, and the pixel that the same machine fetched before them."""
        settings = self.settings
        clicks = [
            place
            for place, event in enumerate(self.events)
            if event.kind is EventKind.CLICK and self.now[place].kind is not VerdictKind.SELF
        ]
        doubtful = [place for place in clicks if self.now[place].kind in COUNTED or self._weak(place)]
        for burst in bursts(self.events, clicks, doubtful, self.message, settings):
            links = len({self.events[place].link for place in burst})
            sure = settings.burst_confidence[min(links, 4) - 2]
            for place in burst:
                self._doubt(place, Verdict(VerdictKind.SCANNER, sure, ("burst",)))
                if self.now[place].kind is VerdictKind.BOT:  # a library that follows all links is a gateway's
                    self.now[place] = Verdict(VerdictKind.SCANNER, 0.85, ("burst", *self.now[place].reasons))
            self._pixel_of([self.events[place] for place in burst], many=links > 2)

    def _pixel_of(self, clicks: Sequence[Event], many: bool) -> None:
        """The pixel that the machine of a burst fetched too. A mail program at the gateway's address may be a reader's."""
        start, end = clicks[0].at, clicks[-1].at
        fleets = {machine(click) for click in clicks if click.evidence.network}
        clients = {click.evidence.client for click in clicks} - {""}
        addresses = {client.partition(".")[0] for client in clients}
        agents = {client.partition(".")[2] for client in clients}
        subnets = {click.evidence.subnet for click in clicks} - {""}
        window = self.settings.pixel_before_burst
        for place in self._hits(start - window, end + window):
            seen = self.events[place].evidence
            if self.events[place].kind is not EventKind.OPEN:
                continue
            address, _, agent = seen.client.partition(".")
            near = address in addresses or seen.subnet in subnets
            ordinary = seen.agent in ORDINARY
            same_machine = machine(self.events[place]) in fleets or address in addresses
            at = self.events[place].at
            hasty = many and at < start and at - self.message.sent_at < self.settings.early_pixel
            if (ordinary and same_machine) or (near and agent in agents):
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.85, ("pixel_before_burst",)))
            elif ordinary and hasty:
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.7, ("pixel_before_burst", "soon")))
            elif near or agent in agents:
                self._weigh(place, -1.5, "pixel_before_burst")

    def _caught(self) -> None:
        """What a machine fetched around the time when it was caught; in a cloud, under other names too."""
        before, after = self.settings.pixel_before_burst, self.settings.same_machine_after
        caught: dict[str, list[float]] = defaultdict(list)
        for event, verdict in zip(self.events, self.now, strict=True):
            if verdict.kind is VerdictKind.SCANNER and verdict.confidence >= _CAUGHT and event.evidence.client:
                caught[event.evidence.client].append(event.at)
                caught[event.evidence.client.partition(".")[0]].append(event.at)
        for place, event in enumerate(self.events):
            seen = event.evidence
            if event.kind not in _HITS or not seen.client:
                continue
            renamed = seen.network in CLOUDS and seen.agent in ORDINARY and seen.client.partition(".")[0]
            if _any_within(caught.get(seen.client, ()), event.at - after, event.at + before) or (
                renamed and _any_within(caught.get(renamed, ()), event.at - before, event.at + before)
            ):
                self._doubt(place, Verdict(VerdictKind.SCANNER, 0.85, ("same_machine",)))

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
                elsewhere = one.client.partition(".")[0] != two.client.partition(".")[0]
                if elsewhere and one.device != two.device and self.now[other].kind is VerdictKind.HUMAN:
                    self.now[other] = Verdict(VerdictKind.UNKNOWN, 0.5, ("twin", *self.now[other].reasons))

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


def _guess(message: Message, event: Event, settings: Settings) -> Verdict:
    """The first guess; made anew if the mail may have gone out at another time than its tokens say."""
    if event.kind not in _HITS or message.sent_at == message.created_at:
        return event.guess
    return first_guess(event.kind, event.evidence, event.at - message.sent_at, settings)


def _any_within(times: Sequence[float], start: float, end: float) -> bool:
    """Whether one of the times, in order, lies from `start` to `end`."""
    place = bisect_left(times, start)
    return place < len(times) and times[place] <= end
