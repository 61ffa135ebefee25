"""What a sender wants to be told."""

import pytest

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Channel, Preferences, Tell


@pytest.mark.parametrize("kind", NotificationKind)
def test_by_default_each_recipients_first_is_told_but_what_is_passed_on(kind):
    wish = Preferences().wish(Channel.EMAIL, kind)
    assert wish is (Tell.NEVER if kind is NotificationKind.SHARED else Tell.EACH)


def test_a_channel_that_is_off_tells_nothing():
    assert Preferences(email=False).wish(Channel.EMAIL, NotificationKind.REPLY) is Tell.NEVER
    assert Preferences(email=False).wish(Channel.PUSH, NotificationKind.REPLY) is Tell.EACH


def test_one_senders_wishes_are_not_anothers():
    Preferences().tell[NotificationKind.REPLY] = Tell.NEVER
    assert Preferences().wish(Channel.EMAIL, NotificationKind.REPLY) is Tell.EACH


def test_a_kind_is_looked_for_where_any_channel_tells_it():
    nobody = dict.fromkeys(NotificationKind, Tell.NEVER)
    assert not Preferences(tell=nobody, tell_push=nobody).wanted(NotificationKind.HOT)
    assert Preferences(tell=nobody).wanted(NotificationKind.HOT)
