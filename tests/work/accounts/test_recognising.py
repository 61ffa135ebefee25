"""Recognising the sender: a device that signs in is theirs, for 90 days, whoever else signs in at the same moment."""

from chalicelib.config import config
from chalicelib.domain.verdicts.hits import marks
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts.recognising import DAY, KEPT, MOST, remember
from tests.counting import counting
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.trouble import meanwhile, the_table

ANN = "5e7de75e7de75e7d"


def known() -> set[str]:
    return set(accounts.own_marks(ANN)[0])


def test_a_device_that_signs_in_is_known_by_its_marks(fresh_table):
    remember(ANN, HOME, THUNDERBIRD, SENT)
    assert known() == set(marks(HOME, THUNDERBIRD, config().key))


def test_a_second_use_on_the_same_day_writes_nothing(fresh_table):
    remember(ANN, HOME, THUNDERBIRD, SENT)
    with counting(fresh_table) as calls:
        remember(ANN, HOME, THUNDERBIRD, SENT + 60)
    assert [(call.operation, call.write_units) for call in calls] == [("GetItem", 0)]


def test_a_loopback_address_is_nobodys(fresh_table):
    remember(ANN, "127.0.0.1", THUNDERBIRD, SENT)
    assert known() == set()


def test_a_device_is_forgotten_after_its_time(fresh_table):
    remember(ANN, HOME, THUNDERBIRD, SENT)
    remember(ANN, "81.2.69.160", THUNDERBIRD, SENT + (KEPT + 1) * DAY)
    assert known() == set(marks("81.2.69.160", THUNDERBIRD, config().key))


def test_the_newest_devices_are_kept(fresh_table):
    for number in range(MOST):
        remember(ANN, f"81.2.{number}.1", THUNDERBIRD, SENT + number * DAY)
    assert len(known()) == MOST
    assert set(marks(f"81.2.{MOST - 1}.1", THUNDERBIRD, config().key)) <= known()


def test_two_devices_at_the_same_moment_are_both_known(fresh_table):
    with meanwhile(the_table(), "PutItem", lambda: remember(ANN, "81.2.69.160", THUNDERBIRD, SENT)):
        remember(ANN, HOME, THUNDERBIRD, SENT)
    assert known() == {*marks(HOME, THUNDERBIRD, config().key), *marks("81.2.69.160", THUNDERBIRD, config().key)}
