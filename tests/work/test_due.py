"""The tick: every kind of work has its time, whatever becomes of another."""

import time
from collections.abc import Sequence

import pytest

from chalicelib.work import due
from chalicelib.work.turns import Kind
from tests.makers import CHROME, SENT
from tests.system import System
from tests.trouble import TABLE_REFUSES, refusing, the_table


def test_a_kind_that_cannot_be_listed_keeps_no_other_from_its_time_and_is_raised_in_the_end(system: System):
    system.clicked(system.send(), 60, CHROME)
    system.follow()
    system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    assert [whose for whose, _ in due.KINDS[0].waiting(SENT + 7200)] == []
    with (
        refusing(the_table(), "Query", "AccessDeniedException", most=1),
        pytest.raises(ExceptionGroup) as said,
    ):
        due.run(SENT + 7200, SENT + 7200, time.monotonic)
    (failure,) = said.value.exceptions
    assert isinstance(failure, TABLE_REFUSES)


def test_the_times_of_all_kinds_are_well_within_a_functions():
    assert sum(kind.seconds for kind in due.KINDS) <= 60, (
        "a function has 120, and the last piece of each may take some more"
    )


class Day:
    """Kinds of work whose pieces take a second each, by a clock of their own."""

    def __init__(self, **pieces: int) -> None:
        self.seconds, self.done = 0.0, ""
        self.kinds = [
            Kind(name, 3.0, lambda at, name=name, n=n: [(name, name)] * n, self.act) for name, n in pieces.items()
        ]

    def act(self, pieces: Sequence[str], at: float, now: float) -> list[tuple[str, str]]:
        self.seconds += 1
        self.done += pieces[0]
        return []

    def run(self) -> str:
        due.run(SENT, SENT, lambda: self.seconds, self.kinds)
        return self.done


def test_each_kind_has_its_time_and_then_what_is_left_of_the_tick_is_shared_out():
    assert Day(a=5, b=1, c=4).run() == "aaabcccaac"


def test_a_tick_ends_when_the_next_is_near_but_every_kind_has_had_its_time():
    assert Day(a=1_000, b=1_000).run() == "aaabbb" * 7 + "aaa"
    assert Day(**{chr(97 + n): 1_000 for n in range(20)}).run() == "".join(chr(97 + n) * 3 for n in range(20))
