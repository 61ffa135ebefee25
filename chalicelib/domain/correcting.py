"""What was told and then taken back stays in sight, marked, so that nobody has to doubt their memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from chalicelib.domain.events import COUNTED
from chalicelib.domain.notifications import TAKEN_BACK, what
from chalicelib.domain.verdicts.judging import Judgement


def marked(judgements: Sequence[Judgement], told: Collection[str]) -> list[Judgement]:
    """The judgements, in order of time, with those `corrected` that were told of and then taken back, by the state's `told`.

    Told of was the first that counted: the first that a hit alone spoke for, and that counts no more.
    """
    found = []
    left = {name.removeprefix(TAKEN_BACK) for name in told if name.startswith(TAKEN_BACK)}
    for each in judgements:
        name = what(each.event.kind, each.event.recipient)
        if name in left and each.event.guess.kind in COUNTED and not each.counted:
            left.discard(name)
            found.append(replace(each, corrected=True))
        else:
            found.append(each)
    return found
