"""How long people take: until they open a mail, until they answer it, and such a time in words."""

from collections.abc import Callable, Sequence

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.words.sentences import Sentence, many


def time_to_open(exchanges: Sequence[Exchange]) -> float | None:
    """The median of the seconds from sending to the first open; None if none was opened."""
    return _median_to(exchanges, lambda each: each.opened_at)


def time_to_reply(exchanges: Sequence[Exchange]) -> float | None:
    """The median of the seconds from sending to the first reply; None if none was answered."""
    return _median_to(exchanges, lambda each: each.replied_at)


def median(delays: Sequence[float]) -> float:
    """The middle one of some delays, in seconds."""
    import statistics  # it loads fractions and random, and a list of messages waits for what is loaded above

    return statistics.median(delays)


def duration(seconds: float) -> Sentence:
    """In words: "20 minutes", "5 hours", "3 days"."""
    if seconds >= 1.5 * zones.DAY:
        return many("{n} day", "{n} days", round(seconds / zones.DAY))
    if seconds >= 1.5 * 3600:
        return many("{n} hour", "{n} hours", round(seconds / 3600))
    return many("{n} minute", "{n} minutes", max(1, round(seconds / 60)))


def _median_to(exchanges: Sequence[Exchange], when: Callable[[Exchange], float | None]) -> float | None:
    delays = [at - each.sent_at for each in exchanges if (at := when(each)) is not None]
    return median(delays) if delays else None
