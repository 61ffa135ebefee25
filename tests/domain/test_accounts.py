"""What a sender wants to be told."""

import pytest

from chalicelib.domain.accounts import Preferences, Tell, wants
from chalicelib.domain.events import EventKind


@pytest.mark.parametrize(
    ("kind", "first", "later"),
    [
        (EventKind.OPEN, True, False),
        (EventKind.CLICK, True, False),
        (EventKind.REPLY, True, True),
        (EventKind.BOUNCE, True, True),
        (EventKind.COMPLAINT, True, True),
        (EventKind.AUTO_REPLY, False, False),
    ],
)
def test_by_default_a_mail_to_fifty_tells_of_its_first_reader_and_of_every_answer(kind, first, later):
    assert wants(Preferences(), kind, first=True) is first
    assert wants(Preferences(), kind, first=False) is later


@pytest.mark.parametrize(
    ("wish", "first", "later"), [(Tell.FIRST, True, False), (Tell.EACH, True, True), (Tell.NEVER, False, False)]
)
def test_a_wish_is_done_for_its_kind_alone(wish, first, later):
    preferences = Preferences(tell={**Preferences().tell, EventKind.OPEN: wish})
    assert wants(preferences, EventKind.OPEN, first=True) is first
    assert wants(preferences, EventKind.OPEN, first=False) is later
    assert wants(preferences, EventKind.REPLY, first=False)


def test_one_senders_wishes_are_not_anothers():
    Preferences().tell[EventKind.REPLY] = Tell.NEVER
    assert wants(Preferences(), EventKind.REPLY, first=True)
