"""Accounts, addresses and devices: one account for an address, wishes as they were given."""

from dataclasses import fields, replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.accounts import Account, Address, Change, Device, Platform
from chalicelib.domain.errors import Conflict
from chalicelib.domain.events import EventKind
from chalicelib.domain.preferences import Keep, Preferences, Tell
from chalicelib.store.accounts import accounts
from tests.embedded import Embedded
from tests.makers import SENT
from tests.trouble import meanwhile, the_table

ANN = Account("5e7de75e7de75e7d", "ann@sender.example", "Ann", "Europe/Berlin", SENT)
IPHONE = Device("d1", Platform.APNS, "Ann's iPhone", "arn:aws:sns:us-east-1:123456789012:endpoint/APNS/x/1", SENT)


def test_an_account_is_found_by_its_sender_and_its_address(fresh_table: Embedded):
    accounts.create(ANN)
    assert accounts.load(ANN.sender) == ANN
    assert accounts.sender_of_address("ann@sender.example") == ANN.sender
    assert accounts.load("nobody") is None
    assert accounts.sender_of_address("eve@sender.example") is None


def test_an_address_has_one_account(fresh_table: Embedded):
    accounts.create(ANN)
    before = fresh_table.items()
    with pytest.raises(Conflict):
        accounts.create(replace(ANN, sender="another"))
    assert fresh_table.items() == before


def test_a_sender_has_several_addresses_and_each_has_one_owner(fresh_table: Embedded):
    accounts.create(ANN)
    home = Address("ann@home.example", SENT + 1)
    accounts.add_address(ANN.sender, home)
    assert accounts.addresses(ANN.sender) == [home, Address(ANN.email, SENT)]
    assert accounts.sender_of_address(home.email) == ANN.sender
    before = fresh_table.items()
    for sender in (ANN.sender, "another"):
        with pytest.raises(Conflict):
            accounts.add_address(sender, home)
    assert fresh_table.items() == before and accounts.addresses("another") == []


def test_an_address_that_was_taken_away_is_anybodys(fresh_table: Embedded):
    accounts.create(ANN)
    accounts.add_address(ANN.sender, Address("ann@home.example", SENT))
    accounts.remove_address(ANN.sender, "ann@home.example")
    assert accounts.sender_of_address("ann@home.example") is None
    accounts.add_address("another", Address("ann@home.example", SENT))
    assert accounts.sender_of_address("ann@home.example") == "another"


def test_an_address_that_is_somebody_elses_by_now_stays_theirs(fresh_table: Embedded):
    accounts.create(ANN)
    home = Address("ann@home.example", SENT)
    accounts.add_address(ANN.sender, home)

    def moved() -> None:
        accounts.remove_address(ANN.sender, home.email)
        accounts.add_address("another", home)

    with meanwhile(the_table(), "TransactWriteItems", moved), pytest.raises(Conflict):
        accounts.remove_address(ANN.sender, home.email)
    assert accounts.sender_of_address(home.email) == "another"
    assert accounts.addresses("another") == [home]


_wishes = st.builds(
    Preferences,
    email=st.booleans(),
    address=st.sampled_from(["", "ann@home.example"]),
    push=st.booleans(),
    keep=st.sampled_from(Keep),
    footer=st.booleans(),
    text_links=st.booleans(),
    through=st.none() | st.booleans(),
    tell=st.fixed_dictionaries({kind: st.sampled_from(Tell) for kind in Preferences().tell}),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_wishes)
def test_wishes_are_kept_as_they_were_given_and_the_rest_of_the_account_stays(fresh_table: Embedded, wishes):
    fresh_table.reset()
    accounts.create(ANN)
    given = {each.name: getattr(wishes, each.name) for each in fields(Preferences)}
    after = accounts.change(ANN.sender, Change(**given))
    assert accounts.load(ANN.sender) == after == replace(ANN, preferences=wishes)


def test_two_changes_at_once_both_stand(fresh_table: Embedded):
    accounts.create(ANN)
    other = partial(accounts.change, ANN.sender, Change(push=False, tell={EventKind.CLICK: Tell.NEVER}))
    with meanwhile(the_table(), "UpdateItem", other):
        after = accounts.change(ANN.sender, Change(footer=True, tell={EventKind.OPEN: Tell.EACH}))
    told = {**Preferences().tell, EventKind.CLICK: Tell.NEVER, EventKind.OPEN: Tell.EACH}
    assert accounts.load(ANN.sender) == after
    assert after is not None and after.preferences == Preferences(push=False, footer=True, tell=told)


def test_a_change_brings_back_no_account_that_was_erased(fresh_table: Embedded):
    assert accounts.change(ANN.sender, Change(push=False)) is None
    assert accounts.change(ANN.sender, Change()) is None
    assert fresh_table.items() == []


def test_a_wish_for_a_kind_that_is_not_told_of_by_default_is_kept_too(fresh_table: Embedded):
    wishes = Preferences(tell={**Preferences().tell, EventKind.COMPLAINT: Tell.EACH})
    accounts.create(ANN)
    accounts.change(ANN.sender, Change(tell=wishes.tell))
    assert accounts.load(ANN.sender) == replace(ANN, preferences=wishes)


def test_devices_are_listed_replaced_and_taken_away(fresh_table: Embedded):
    tablet = Device("d2", Platform.FCM, "Tablet", "arn:2", SENT + 1)
    accounts.add_device(ANN.sender, IPHONE)
    accounts.add_device(ANN.sender, tablet)
    assert accounts.devices(ANN.sender) == [IPHONE, tablet]
    accounts.add_device(ANN.sender, replace(IPHONE, name="Another name"))
    assert [each.name for each in accounts.devices(ANN.sender)] == ["Another name", "Tablet"]
    accounts.remove_device(ANN.sender, "d1")
    accounts.remove_device(ANN.sender, "d1")
    assert accounts.devices(ANN.sender) == [tablet]


def test_devices_are_of_their_sender_only(fresh_table: Embedded):
    accounts.add_device(ANN.sender, IPHONE)
    accounts.remove_device("e7e0e7e0e7e0e7e0", IPHONE.id)
    assert accounts.devices("e7e0e7e0e7e0e7e0") == []
    assert accounts.devices(ANN.sender) == [IPHONE]
