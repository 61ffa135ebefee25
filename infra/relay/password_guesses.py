"""Wrong passwords, counted by where they came from: who guesses is not listened to for a while."""

from collections.abc import Callable

from infra.relay.callers import neighbourhood

MOST = 20  # wrong passwords from one neighbourhood within, and a program tries each in two ways
WHILE = 600.0  # seconds
MOST_PEERS = 10_000  # neighbourhoods that are kept in mind: of more, the first ones are forgotten


class Guesses:
    """The wrong passwords of late. `now` is the time in unix seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._wrong: dict[str, tuple[float, int]] = {}

    def too_many(self, peer: str) -> bool:
        """Whether an address guessed so often that it is not asked any more, nor looked up."""
        return self._count(peer) >= MOST

    def note(self, peer: str) -> None:
        """A wrong password came from this address."""
        name, count = neighbourhood(peer), self._count(peer)
        since = self._wrong[name][0] if count else self._now()
        self._wrong.pop(name, None)
        while len(self._wrong) >= MOST_PEERS:
            del self._wrong[next(iter(self._wrong))]
        self._wrong[name] = since, count + 1

    def _count(self, peer: str) -> int:
        since, count = self._wrong.get(neighbourhood(peer), (0.0, 0))
        return count if self._now() < since + WHILE else 0
