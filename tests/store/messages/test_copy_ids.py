"""The Message-IDs of copies: listed with whose copy it was, and gone with it, wherever they lead from."""

import pytest

from chalicelib.store.mail import inbox
from chalicelib.store.messages import copy_ids
from tests.embedded import Embedded
from tests.makers import SENT, a_message

MESSAGE = a_message().id
SENDER = a_message().sender


@pytest.fixture(autouse=True)
def remembered(fresh_table: Embedded) -> None:
    """Two copies to Bob, the second sent again, and one to Carol."""
    for local, number in (("bob-1", 0), ("bob-2", 0), ("a#carol", 1)):
        inbox.remember_id(local, MESSAGE, number, SENT)


def test_each_is_listed_with_its_recipient():
    assert sorted(copy_ids.listed(MESSAGE)) == [("a#carol", 1), ("bob-1", 0), ("bob-2", 0)]
    assert copy_ids.listed("another") == []


def test_those_of_one_recipient_go_and_the_others_stay():
    copy_ids.delete(MESSAGE, 0)
    assert copy_ids.listed(MESSAGE) == [("a#carol", 1)]


def test_all_go_at_once_and_nothing_leads_to_them_any_more(fresh_table: Embedded):
    copy_ids.delete(MESSAGE)
    assert copy_ids.listed(MESSAGE) == [] and fresh_table.items() == []
    copy_ids.delete(MESSAGE)
