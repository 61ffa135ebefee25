"""What was told, and what of it was taken back."""

from itertools import permutations

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling.taken_back import Entry, apart
from tests.makers import SENT, a_notification


def told(after: float, **changes) -> Entry:
    return Entry(a_notification(**changes), SENT + after)


def test_what_was_told_stands_newest_first():
    first, last, middle = told(60), told(180, kind=NotificationKind.CLICK), told(120, kind=NotificationKind.REPLY)
    assert apart([first, last, middle]) == ([last, middle, first], [])


def test_a_correction_takes_back_what_it_names_in_whatever_order_they_come():
    click, opened, correction = (
        told(60, kind=NotificationKind.CLICK),
        told(90),
        told(120, kind=NotificationKind.CLICK, correction=True),
    )
    for entries in permutations([click, opened, correction]):
        assert apart(entries) == ([opened], [click])


def test_what_is_told_anew_after_a_correction_stands():
    before, correction, again = told(60), told(120, correction=True), told(180)
    assert apart([before, correction, again]) == ([again], [before])


def test_a_correction_takes_back_nothing_of_another_message_or_recipient():
    others = [told(60, message="e" * 32), told(50, recipient=1)]
    assert apart([*others, told(120, correction=True)]) == (others, [])
