"""Fair turns: what is due is done within a time of its own, and every sender has a turn before any has a second.

However much one sender has, or however it fails, another's waits for one piece of it at most. What fails is due again in
the next tick.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from chalicelib.log import logger

Piece = TypeVar("Piece")
Clock = Callable[[], float]
"""Seconds that only grow, as those of time.monotonic."""


class NoMore(Exception):  # noqa: N818
    """None of this kind can be done now, whosever it is: what is left waits for the next tick."""


class Kind(NamedTuple, Generic[Piece]):
    """One kind of work.

    `waiting` lists the pieces that are due at a time, each with whose it is, the longest waiting first. `act` does some of
    them, `together` at most, given the tick's time and now. What it returns, again with whose it is, goes on once the
    others had their turn. When `seconds` are over the other kinds have theirs, so a piece is small: a few seconds at most.
    `about` is what the log is told of a piece that fails.
    """

    name: str
    seconds: float
    waiting: Callable[[float], Iterable[tuple[str, Piece]]]
    act: Callable[[Sequence[Piece], float, float], Iterable[tuple[str, Piece]]]
    together: int = 1
    about: Callable[[Piece], Mapping[str, str]] = lambda piece: {}


def turns(kind: Kind[Piece], at: float, now: float, clock: Clock) -> Iterator[None]:
    """Do what is due of one kind at `at`, in turns, while its time lasts. One piece's failure is no other's.

    Each step is one such time: what is left when it is over goes on in the next.
    """
    queues: dict[str, deque[Piece]] = {}
    for whose, piece in kind.waiting(at):
        queues.setdefault(whose, deque()).append(piece)
    ends = clock() + kind.seconds
    while queues:
        pieces = list(_dealt(queues, kind.together))
        try:
            left = list(kind.act(pieces, at, now))
        except NoMore:
            return
        except Exception:  # noqa: BLE001 - it is due again; the others have their turn
            logger().exception("Work that was due broke off.", extra={"kind": kind.name, **kind.about(pieces[0])})
            left = []
        for whose, piece in left:
            queues.setdefault(whose, deque()).appendleft(piece)
        if queues and clock() >= ends:
            yield
            ends = clock() + kind.seconds


def _dealt(queues: dict[str, deque[Piece]], most: int) -> Iterable[Piece]:
    """The first piece of whoever waits longest, who stands behind all others then; `most` times."""
    while queues and most:
        whose = next(iter(queues))
        queue = queues.pop(whose)
        yield queue.popleft()
        if queue:
            queues[whose] = queue
        most -= 1
