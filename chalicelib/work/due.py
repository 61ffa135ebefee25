"""The tick: all that is due each minute, kind by kind, each within its time and in fair turns (turns.py).

A kind of work that waits in the due list is one line here. Those that tell somebody stand first, what can wait last. Each
has its own time in every tick, whatever the others have; what is left of the tick is shared out in the same order.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any

from chalicelib.work.erasure import erasing
from chalicelib.work.mail import waiting_mails
from chalicelib.work.telling import coming_due, delivering, notifying, pushing
from chalicelib.work.tracking import folding
from chalicelib.work.turns import Clock, Kind, turns

KINDS: tuple[Kind[Any], ...] = (
    folding.HELD,
    notifying.CODES,
    coming_due.REMINDERS,
    notifying.MAILS,
    pushing.PUSHES,
    coming_due.DIGESTS,
    delivering.BROKEN_OFF,
    delivering.WEBHOOKS,
    waiting_mails.RECEIVED,
    erasing.ERASURES,
)


SECONDS = 45.0
"""Once each kind had its time, what is left goes on, kind by kind, until the tick has lasted so long: the next one is near."""


def run(at: float, now: float, clock: Clock, kinds: Sequence[Kind[Any]] = KINDS) -> None:
    """Do what is due at `at`, and tell of it at `now`. Raises what kept a kind from being listed, once the others are done.

    What is not begun by then is due again in the next tick.
    """
    failures, ends = [], clock() + SECONDS
    going = deque(turns(kind, at, now, clock) for kind in kinds)
    first = len(going)
    while going and (first > 0 or clock() < ends):
        kind, first = going.popleft(), first - 1
        try:
            for _ in islice(kind, 1):
                going.append(kind)
        except Exception as failure:  # noqa: BLE001 - the other kinds have their time all the same
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some kinds of work could not be listed.", failures)
