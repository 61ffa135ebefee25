"""Bursts: links followed faster than a person can. The best sign of a scanner, whatever it calls itself.

836 logged bursts of nine to ten links each took under a second, at a median of 43 s after the send
(https://github.com/putyourlightson/craft-campaign/issues/546): no delay tells them from people, the pace does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.networks import CLOUDS, SECURITY
from chalicelib.domain.weights import Settings


@dataclass(frozen=True, slots=True)
class Burst:
    """Clicks that one machine made: their places in the timeline, and how many different links."""

    places: tuple[int, ...]
    links: int
    start: float
    end: float


def bursts(timeline: Sequence[Event], clicks: Sequence[int], message: Message, settings: Settings) -> list[Burst]:
    """The bursts among the clicks (places in one recipient's timeline, in order of time)."""
    found = _paced(timeline, clicks, settings.burst)
    machines: dict[str, list[int]] = {}
    for place in clicks:
        machines.setdefault(machine(timeline[place]), []).append(place)
    delivered = message.sent_at + settings.hold_delivery
    sweep = ((len(message.links), len(message.links) * settings.sweep_seconds),)
    for name, theirs in machines.items():
        if name:
            found += _paced(timeline, theirs, settings.slow_burst)
            early = [place for place in theirs if timeline[place].at < delivered]
            found += _paced(timeline, early, settings.early_burst)
            if len(message.links) >= settings.sweep_links:
                found += _paced(timeline, early, sweep)
    return found


def machine(event: Event) -> str:
    """What stands for one machine or fleet: a cloud or a vendor as a whole, else one program in one neighbourhood."""
    seen = event.evidence
    if seen.network in CLOUDS or seen.network in SECURITY:
        return seen.network
    return f"{seen.subnet}.{seen.client.partition('.')[2]}" if seen.client else ""


def _paced(timeline: Sequence[Event], places: Sequence[int], paces: tuple[tuple[int, float], ...]) -> list[Burst]:
    """Runs of `places` that hold at least so many different links within so many seconds, overlapping runs joined."""
    runs: list[tuple[int, int]] = []
    for links, seconds in paces:
        first, inside = 0, Counter[int | None]()
        for last, place in enumerate(places):
            inside[timeline[place].link] += 1
            while timeline[place].at - timeline[places[first]].at > seconds:
                gone = timeline[places[first]].link
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
                first += 1
            if len(inside) >= links:
                runs.append((first, last))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return [
        Burst(
            tuple(places[first : last + 1]),
            _links(timeline, places[first : last + 1]),
            timeline[places[first]].at,
            timeline[places[last]].at,
        )
        for first, last in joined
    ]


def _links(timeline: Sequence[Event], places: Iterable[int]) -> int:
    return len({timeline[place].link for place in places})
