"""Which addresses have no one person behind them."""

import pytest

from chalicelib.domain.habits.role_addresses import is_role_address


@pytest.mark.parametrize(
    "email",
    [
        "info@example.com", "Sales@Example.com", "support+42@example.com", "no-reply@example.com",
        "python-list@example.com", "team-berlin@example.com", "all-hands@example.com",
        "anything@googlegroups.com", "anything@lists.example.com",
    ],
)  # fmt: skip
def test_offices_and_lists_are_several_people(email):
    assert is_role_address(email)


@pytest.mark.parametrize(
    "email",
    [
        "bob@example.com",
        "infoma@example.com",
        "salesman@example.com",
        "listener@example.com",
        "bob@mylists.example.com",
    ],
)
def test_a_person_is_a_person_though_the_name_begins_like_an_office(email):
    assert not is_role_address(email)
