"""Many people's moments together: shares go in and out exactly, and what all do is found."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import FEWEST_READERS, MOST_OF_ONE, PARTS, Audience, Share
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.rhythms import HOURS

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
NOW = datetime(2025, 11, 14, 12, tzinfo=ZoneInfo(BERLIN)).timestamp()
NOBODY = Audience("firm.example")

moments = st.tuples(st.integers(0, HOURS - 1), st.integers(0, 1024), st.integers(0, 73))
shares = st.lists(moments, max_size=9).map(
    lambda found: Share(*(kind(each[place] for each in found) for place, kind in enumerate((bytes, tuple, bytes))))
)


def reader(hour: int, zone: str, weeks: int, known: bool = True, wait: int = 60) -> Share:
    """What somebody gives who reads on Tuesdays at that hour of a zone, mail that had been sent some hours before."""
    first = datetime(2025, 11, 11, hour, 20, tzinfo=ZoneInfo(zone))
    read = [(first - timedelta(weeks=week)).timestamp() for week in range(weeks)]
    sent = [at - wait * 3600 for at in read]
    return audiences.share(weigh([(at, 1.0) for at in read], sent, zone if known else None, NOW), NOW)


def of(*found: Share) -> Audience:
    audience = NOBODY
    for each in found:
        audience = audiences.changed(audience, None, each, NOW)
    return audience


@given(st.lists(st.tuples(shares, shares), max_size=6))
def test_what_a_share_turned_into_is_all_that_is_left_of_it(found):
    audience = of(*(was for was, _ in found))
    for was, now in found:
        audience = audiences.changed(audience, was, now, NOW)
    assert audience == of(*(now for _, now in found))


@given(st.lists(shares, max_size=6))
def test_the_order_in_which_shares_come_does_not_matter_and_none_are_left_at_last(found):
    assert of(*found) == of(*found[::-1])
    audience = of(*found)
    for each in found:
        audience = audiences.changed(audience, each, Share(), NOW)
    assert (audience.sums, audience.moments, audience.readers, audience.people) == (0, 0, 0, len(found))


@given(st.lists(shares, max_size=6))
def test_of_any_sums_there_is_a_send_time(found):
    send_time = audiences.send_time(of(*found))
    assert abs(sum(send_time.weights) - 1) < 1e-6
    assert send_time.gain >= 0


def test_a_firm_that_reads_in_the_evening_is_written_to_in_the_evening():
    send_time = audiences.send_time(of(*(reader(20, BERLIN, 6) for _ in range(8))))
    assert send_time.enough_data
    offset = int(send_time.time_zone[3:6] or 0) if send_time.time_zone != "UTC" else 0
    assert (send_time.hour - offset) % 24 in (18, 19, 20)  # in UTC


def test_those_who_know_their_zone_and_those_who_do_not_are_added_at_one_time():
    known, unknown = reader(20, NEW_YORK, 1), reader(20, NEW_YORK, 1, known=False)
    assert known.hours[0] == unknown.hours[0] == 48 + 1  # Wednesday, in UTC


def test_a_firm_of_few_readers_is_said_nothing_of_however_much_they_read():
    few = of(*(reader(20, BERLIN, 12) for _ in range(FEWEST_READERS - 1)))
    enough = of(*(reader(20, BERLIN, 12) for _ in range(FEWEST_READERS)))
    assert not audiences.send_time(few).enough_data
    assert audiences.send_time(enough).enough_data


def test_one_who_reads_very_much_does_not_decide_alone():
    assert sum(reader(20, BERLIN, 40).parts) <= MOST_OF_ONE * PARTS + 40


def test_what_came_at_once_says_nothing_of_the_hour():
    send_time = audiences.send_time(of(*(reader(3, BERLIN, 9, wait=0) for _ in range(9))))
    assert not send_time.enough_data
    assert send_time.events == 81


def test_who_leaves_takes_their_share_with_them_and_nothing_else():
    mine, theirs = Share(bytes([9, 33]), (128, 64), bytes([3, 5])), Share(bytes([9]), (128,), bytes([1]))
    one = audiences.changed(Audience("example.com"), None, theirs, 0.0)
    both = audiences.changed(one, None, mine, 0.0)
    assert audiences.without(both, mine) == one
    assert audiences.without(one, theirs)[1:5] == (0, 0, 0, 0)
