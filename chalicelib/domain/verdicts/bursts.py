"""Bursts: links followed faster than a person can. The best sign of a scanner, whatever it calls itself.

836 logged bursts of nine to ten links each took under a second, at a median of 43 s after the send
(https://github.com/putyourlightson/craft-campaign/issues/546): no delay tells them from people, the pace does.
"""

from collections import defaultdict
from collections.abc import Sequence

from chalicelib.domain.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.verdicts.networks import CLOUDS, SECURITY
from chalicelib.domain.verdicts.weights import Settings


def bursts(
    timeline: Sequence[Event], clicks: Sequence[int], doubtful: Sequence[int], message: Message, settings: Settings
) -> list[list[int]]:
    """The bursts among the clicks: places in one recipient's timeline, in order of time.

    Clicks are taken together that one machine made, or that one program made anywhere, or that are all `doubtful`,
    whoever made them. A person who clicks while a known scanner is at work is none of these.
    """
    machines: dict[str, list[int]] = defaultdict(list)
    programs: dict[str, list[int]] = defaultdict(list)
    for place in clicks:
        machines[machine(timeline[place])].append(place)
        programs[timeline[place].evidence.client.partition(".")[2]].append(place)
    delivered = message.sent_at + settings.hold_delivery
    sweep = ((len(message.links), len(message.links) * settings.sweep_seconds),)
    found = _paced(timeline, doubtful, settings.burst)
    for name, theirs in programs.items():
        found += _paced(timeline, theirs, settings.burst) if name else []
    for name, theirs in machines.items():
        if name:
            early = [place for place in theirs if timeline[place].at < delivered]
            found += _paced(timeline, theirs, settings.burst + settings.slow_burst)
            found += _paced(timeline, early, settings.early_burst)
            found += _paced(timeline, early, sweep) if len(message.links) >= settings.sweep_links else []
    return found


def machine(event: Event) -> str:
    """What stands for one machine or fleet: a cloud or a vendor as a whole, else one program in one neighbourhood."""
    seen = event.evidence
    if seen.network in CLOUDS or seen.network in SECURITY:
        return seen.network
    return f"{seen.subnet}.{seen.client.partition('.')[2]}" if seen.client else ""


def _paced(timeline: Sequence[Event], places: Sequence[int], paces: tuple[tuple[int, float], ...]) -> list[list[int]]:
    """Runs of `places` that hold at least so many different links within so many seconds, overlapping runs joined."""
    runs: list[tuple[int, int]] = []
    steps = [(timeline[place].at, timeline[place].link) for place in places]
    different = len({link for _, link in steps})
    for links, seconds in paces:
        if links > different:
            continue
        first, inside = 0, dict[int | None, int]()
        for last, (at, link) in enumerate(steps):
            inside[link] = inside.get(link, 0) + 1
            while at - steps[first][0] > seconds:
                gone = steps[first][1]
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
    return [list(places[first : last + 1]) for first, last in joined]
