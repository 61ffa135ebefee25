"""A message's events, read and taken away in part."""

from chalicelib.store.tracking import events, timelines
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import SENT, a_message, an_open


def test_of_the_events_until_a_time_each_goes_and_no_later_one_is_read(fresh_table: Embedded):
    for after in (1, 2, 2.0004, *range(60, 260)):
        events.put(an_open(after))
    early, late = SENT + 2.0004, SENT + 61
    with counting(fresh_table) as calls:
        timelines.delete_settled(a_message().id, lambda event: event.at <= early, early)
    assert sum(call.read_units for call in calls if call.operation == "Query") == 1
    assert [event.at for event in timelines.oldest(a_message().id, None, 2)] == [SENT + 60, late]
