"""Fair turns: whoever waits has a turn before anybody has a second, whatever the others have, fail at or take."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.work.turns import Kind, NoMore, turns
from tests.trouble import logged

AT, NOW = 1_000.0, 1_002.0


class Watch:
    """A clock that work moves on."""

    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def done(
    waiting: Iterable[tuple[str, int]],
    seconds: float = 1e9,
    together: int = 1,
    each_takes: float = 1.0,
    failing: frozenset[tuple[str, int]] = frozenset(),
    steps: int = 1,
    times: int = 1,
) -> list[list[tuple[str, int]]]:
    """What was done together, in order, in so many times. Each act takes so many seconds, each piece so many steps."""
    watch, found, left = Watch(), [], {}

    def act(pieces: Sequence[tuple[str, int]], at: float, now: float) -> list[tuple[str, tuple[str, int]]]:
        assert (at, now) == (AT, NOW)
        watch.seconds += each_takes
        found.append(list(pieces))
        if failing & set(pieces):
            raise ValueError(pieces)
        for each in pieces:
            left[each] = left.get(each, steps) - 1
        return [(each[0], each) for each in pieces if left[each]]

    def listed(at: float) -> list[tuple[str, tuple[str, int]]]:
        return [(whose, (whose, n)) for whose, n in waiting]

    for _ in islice(turns(Kind("tests", seconds, listed, act, together), AT, NOW, watch), times):
        pass
    return found


def one_by_one(found: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return list(chain.from_iterable(found))


def test_every_sender_has_a_turn_before_any_has_a_second():
    waiting = [*(("ann", n) for n in range(1_000)), ("bob", 0), ("bob", 1), ("eve", 0)]
    assert one_by_one(done(waiting))[:6] == [("ann", 0), ("bob", 0), ("eve", 0), ("ann", 1), ("bob", 1), ("ann", 2)]


def test_none_is_begun_once_the_time_is_over_and_one_is_begun_however_short_it_is():
    waiting = [("ann", n) for n in range(9)]
    assert len(done(waiting, seconds=3)) == 3
    assert len(done(waiting, seconds=0.1)) == 1


def test_what_is_left_when_the_time_is_over_goes_on_in_the_next():
    waiting = [("ann", n) for n in range(9)]
    assert done(waiting, seconds=3, times=2) == done(waiting)[:6]
    assert done(waiting, seconds=3, times=5) == done(waiting)


def test_what_goes_on_goes_on_when_the_others_had_their_turn():
    assert one_by_one(done([("ann", 0), ("ann", 1), ("bob", 0)], steps=2)) == [
        *(("ann", 0), ("bob", 0), ("ann", 0), ("bob", 0), ("ann", 1), ("ann", 1))
    ]


def test_what_fails_is_logged_and_in_nobodys_way():
    with logged() as lines:
        found = done([("ann", 0), ("ann", 1), ("bob", 0)], failing=frozenset({("ann", 0)}))
    assert one_by_one(found) == [("ann", 0), ("bob", 0), ("ann", 1)]
    assert [(line["message"], line["kind"]) for line in lines] == [("Work that was due broke off.", "tests")]


def test_some_are_done_together_and_each_is_another_senders_where_it_can_be():
    waiting = [("ann", 0), ("ann", 1), ("ann", 2), ("bob", 0), ("eve", 0)]
    assert done(waiting, together=3) == [[("ann", 0), ("bob", 0), ("eve", 0)], [("ann", 1), ("ann", 2)]]


def test_where_there_is_no_more_to_be_had_all_others_wait():
    tried = []

    def act(pieces: Sequence[str], at: float, now: float) -> list[tuple[str, str]]:
        tried.extend(pieces)
        raise NoMore

    assert not list(turns(Kind("tests", 9.0, lambda at: [("ann", "a"), ("bob", "b")], act), AT, NOW, Watch()))
    assert tried == ["a"]


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 10_000)), unique=True, max_size=60),
    st.integers(1, 5),
    st.integers(1, 3),
    st.data(),
)
def test_whatever_waits_is_done_and_nobody_is_ahead_of_anybody_by_more_than_a_turn(waiting, together, steps, data):
    failing = frozenset(data.draw(st.sets(st.sampled_from(waiting)))) if waiting else frozenset()
    order = one_by_one(done(waiting, together=together, steps=steps, failing=failing))
    assert set(order) == set(waiting)
    turns: dict[str, int] = dict.fromkeys((whose for whose, _ in waiting), 0)
    open_for = {whose: max(i for i, (other, _) in enumerate(order) if other == whose) for whose in turns}
    for place, (whose, _) in enumerate(order):
        turns[whose] += 1
        for other, taken in turns.items():
            assert turns[whose] <= taken + 1 + together or place > open_for[other]
