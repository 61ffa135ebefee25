"""What stands out of what one recipient did: a mail opened again and again, or after long; passed on; somebody away."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from chalicelib.domain.events import EventKind, VerdictKind
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Unusual
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL
from chalicelib.domain.verdicts.judging import Judgement

_Found = tuple[Judgement, str]


def unusual(events: Sequence[Judgement], wanted: Unusual) -> Iterator[tuple[NotificationKind, Judgement, str]]:
    """What stands out of one recipient's events (in order of time): its kind, the event that shows it, and a note on it.

    The note is how many opens it were, how many days without one, how it was passed on, or until when they are away.
    """
    opens = [each for each in events if each.event.kind is EventKind.OPEN and each.counted]
    for kind, found in (
        (NotificationKind.HOT, _hot(opens, wanted)),
        (NotificationKind.REVIVED, _revived(opens, wanted)),
        (NotificationKind.SHARED, _shared(events)),
        (NotificationKind.AWAY, _away(events)),
    ):
        if found is not None:
            yield kind, *found


def _hot(opens: Sequence[Judgement], wanted: Unusual) -> _Found | None:
    """The open that made so many within so few hours."""
    many, within = max(wanted.hot_opens, 2), wanted.hot_hours * 3600
    for first, last in zip(opens, opens[many - 1 :], strict=False):
        if last.event.at - first.event.at <= within:
            return last, str(many)
    return None


def _revived(opens: Sequence[Judgement], wanted: Unusual) -> _Found | None:
    """The open that came after so many days without one."""
    silence = wanted.revived_days * 86_400
    for before, after in pairwise(opens):
        if after.event.at - before.event.at >= silence:
            return after, str(round((after.event.at - before.event.at) / 86_400))
    return None


def _shared(events: Sequence[Judgement]) -> _Found | None:
    """The first sign that they passed the mail on: a reader elsewhere, or a preview in a chat."""
    for each in events:
        if each.forwarded:
            return each, "forwarded"
        if each.verdict.kind is VerdictKind.UNFURLER:
            return each, "unfurled"
    return None


def _away(events: Sequence[Judgement]) -> _Found | None:
    """The first automatic reply that states until when."""
    for each in events:
        if each.event.kind is EventKind.AUTO_REPLY:
            stated = next((reason for reason in each.event.guess.reasons if reason.startswith(AWAY_UNTIL)), "")
            if stated:
                return each, stated.removeprefix(AWAY_UNTIL)
    return None
