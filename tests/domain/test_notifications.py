"""What a notification is called: one name for a thing while it holds, and another once it is taken back."""

from dataclasses import replace

from chalicelib.domain.events import EventKind
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import what
from tests.makers import a_message, a_notification


def test_a_thing_is_named_by_its_kind_and_who_did_it_and_each_further_time_by_its_number():
    assert what("open", 0) == what("open", 0, 1) == a_notification().what == "open:0"
    assert what("open", 1, 2) == a_notification(recipient=1, times=2).what == "open:1:2"
    assert len({what(kind, recipient) for kind in NotificationKind for recipient in range(3)}) == 3 * len(
        NotificationKind
    )


def test_a_correction_is_another_telling_of_the_same_thing():
    told = a_notification(EventKind.CLICK)
    taken_back = replace(told, correction=True)
    assert taken_back.what == told.what
    assert (told.id, taken_back.id) == (f"{a_message().id}:click:0", f"{a_message().id}:click:0:not")
