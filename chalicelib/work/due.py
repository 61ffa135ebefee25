"""The tick: all that is due each minute, kind by kind, each within its time and in fair turns (turns.py).

A kind of work that waits in the due list is one line here. Those that tell somebody stand first, what can wait last; a
function has two minutes for all of them, and for the last piece of each.
"""

from typing import Any

from chalicelib.work.erasure import erasing
from chalicelib.work.mail import waiting_mails
from chalicelib.work.telling import coming_due, delivering, notifying, pushing
from chalicelib.work.tracking import folding
from chalicelib.work.turns import Clock, Kind, take

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


def run(at: float, now: float, clock: Clock) -> None:
    """Do what is due at `at`, and tell of it at `now`. Raises what kept a kind from being listed, once the others are done."""
    failures = []
    for kind in KINDS:
        try:
            take(kind, at, now, clock)
        except Exception as failure:  # noqa: BLE001 - the other kinds have their time all the same
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some kinds of work could not be listed.", failures)
