"""The tick: every kind of work has its time, whatever becomes of another."""

import time

import pytest

from chalicelib.work import due
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
