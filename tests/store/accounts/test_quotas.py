"""A sender's day has an end, and each day is a new one."""

from chalicelib.store.accounts import quotas
from tests.embedded import Embedded
from tests.makers import SENT, a_message

ANN = a_message().sender


def test_what_is_left_of_a_day_can_be_taken_and_no_more(fresh_table: Embedded):
    assert quotas.take(ANN, "gateway", 3, 5, SENT)
    assert not quotas.take(ANN, "gateway", 3, 5, SENT)
    assert quotas.take(ANN, "gateway", 2, 5, SENT)
    assert not quotas.take(ANN, "gateway", 1, 5, SENT)
    assert not quotas.take("another sender", "gateway", 6, 5, SENT)


def test_another_day_another_thing_and_another_sender_have_their_own(fresh_table: Embedded):
    assert quotas.take(ANN, "gateway", 5, 5, SENT)
    assert quotas.take(ANN, "gateway", 5, 5, SENT + quotas.DAY)
    assert quotas.take(ANN, "told", 5, 5, SENT)
    assert quotas.take("another sender", "gateway", 5, 5, SENT)
    fresh_table.clock.advance(SENT + 4 * quotas.DAY)
    assert fresh_table.sweep() == 4


def test_what_a_name_stands_for_is_counted_once_and_refused_as_long_as_there_is_no_room(fresh_table: Embedded):
    for _ in range(3):
        assert quotas.take_once(ANN, "answers", "one mail", 2, 5, SENT)
    assert quotas.take_once(ANN, "answers", "another", 3, 5, SENT)
    assert not quotas.take_once(ANN, "answers", "a third", 1, 5, SENT)
    assert not quotas.take_once(ANN, "answers", "of too many", 6, 5, SENT + quotas.DAY)
    assert quotas.take_once(ANN, "answers", "one mail", 2, 5, SENT), "it was counted when there was room"
    assert quotas.used(ANN, "answers", SENT) == 5
    assert quotas.take_once(ANN, "answers", "a third", 1, 5, SENT + quotas.DAY)
    fresh_table.clock.advance(SENT + 4 * quotas.DAY)
    assert fresh_table.sweep() == 2
