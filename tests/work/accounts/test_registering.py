"""Registering: who may send, and the devices that take their pushes."""

from contextlib import ExitStack
from functools import partial

import pytest

from chalicelib.domain.accounts import Address, Change, Platform
from chalicelib.domain.errors import BadInput, Conflict, NotFound
from chalicelib.domain.letters import Push
from chalicelib.domain.preferences import Preferences
from chalicelib.senders import push
from chalicelib.store.accounts import accounts, api_tokens
from chalicelib.work.accounts.registering import add_device, register, remove_device
from tests.embedded import Embedded
from tests.makers import SENT
from tests.trouble import meanwhile, the_table

HELLO = Push("Bob opened “Offer”", "90%.", {"message": "1"})


def ann(token: str = "a token", email: str = "Ann@sender.example") -> str:
    return register(email, "Ann", "Europe/Berlin", token, SENT)


def sender_of(token: str) -> str | None:
    found = api_tokens.find(token, SENT)
    return found.sender if found else None


def test_a_sender_has_an_account_and_a_token_that_speaks_for_them(fresh_table: Embedded):
    sender = ann()
    account = accounts.load(sender)
    assert account is not None
    assert (account.email, account.name, account.time_zone) == ("ann@sender.example", "Ann", "Europe/Berlin")
    assert sender_of("a token") == sender


def test_the_same_address_again_is_the_same_sender_with_one_more_token(fresh_table: Embedded):
    assert ann("one") == ann("two", " ANN@sender.example")
    assert sender_of("one") == sender_of("two")


def test_registering_again_keeps_what_the_sender_had_wished(fresh_table: Embedded):
    sender = ann("one")
    accounts.change(sender, Change(email=False))
    register("ann@sender.example", "Another name", "UTC", "two", SENT)
    after = accounts.load(sender)
    assert after is not None and (after.preferences, after.name) == (Preferences(email=False), "Ann")


def test_nobody_gets_an_account_that_is_taken_back_at_that_moment(fresh_table: Embedded):
    eve = "e7e0e7e0e7e0e7e0"
    with ExitStack() as stack:

        def taken_for_a_moment() -> None:
            accounts.add_address(eve, Address("ann@sender.example", SENT))
            free = partial(accounts.remove_address, eve, "ann@sender.example")
            stack.enter_context(meanwhile(the_table(), "GetItem", free))

        stack.enter_context(meanwhile(the_table(), "TransactWriteItems", taken_for_a_moment))
        with pytest.raises(Conflict):
            ann()
    assert sender_of("a token") is None


def test_no_address_is_no_sender(fresh_table: Embedded):
    with pytest.raises(BadInput) as refused:
        ann(email="ann")
    assert refused.value.field == "email"
    assert fresh_table.items() == []


@pytest.mark.parametrize("platform", [Platform.APNS, Platform.FCM])
def test_a_device_that_was_added_takes_pushes(fresh_table: Embedded, platform):
    sender = ann()
    device = add_device(sender, platform, "a device token", "Ann's phone", SENT)
    assert accounts.devices(sender) == [device]
    push.send(HELLO, device.endpoint)
    assert [sent["token"] for sent in fresh_table.pushes()] == ["a device token"]


def test_the_same_device_again_is_one_device_with_its_newest_name(fresh_table: Embedded):
    sender = ann()
    first = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    second = add_device(sender, Platform.APNS, "a device token", "Ann's phone", SENT)
    assert first.id == second.id
    assert [device.name for device in accounts.devices(sender)] == ["Ann's phone"]


def test_a_device_that_was_disabled_takes_pushes_again_when_it_registers_again(fresh_table: Embedded):
    sender = ann()
    device = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    fresh_table.client("sns").set_endpoint_attributes(EndpointArn=device.endpoint, Attributes={"Enabled": "false"})
    again = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    push.send(HELLO, again.endpoint)
    assert len(fresh_table.pushes()) == 1


def test_a_device_that_was_removed_takes_none_and_its_endpoint_is_gone(fresh_table: Embedded):
    sender = ann()
    device = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    remove_device(sender, device.id)
    assert accounts.devices(sender) == []
    with pytest.raises(push.Gone):
        push.send(HELLO, device.endpoint)


def test_only_its_sender_removes_a_device_and_only_once(fresh_table: Embedded):
    sender, eve = ann(), register("eve@sender.example", "Eve", "UTC", "another token", SENT)
    device = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    for who, name in ((eve, device.id), (sender, "no device")):
        with pytest.raises(NotFound, match=r"^No such device\.$"):
            remove_device(who, name)
    assert accounts.devices(sender) == [device]
    remove_device(sender, device.id)
    with pytest.raises(NotFound):
        remove_device(sender, device.id)


def test_a_device_that_another_registers_and_removes_goes_on_taking_pushes(fresh_table: Embedded):
    sender, eve = ann(), register("eve@sender.example", "Eve", "UTC", "another token", SENT)
    device = add_device(sender, Platform.APNS, "a device token", "phone", SENT)
    hers = add_device(eve, Platform.APNS, "a device token", "phone", SENT)
    assert hers.id != device.id
    remove_device(eve, hers.id)
    push.send(HELLO, device.endpoint)
    assert len(fresh_table.pushes()) == 1


def test_a_token_that_two_senders_were_given_does_not_make_one_of_them(fresh_table: Embedded):
    sender = ann("the same token")
    eve = register("eve@sender.example", "Eve", "UTC", "the same token", SENT)
    assert sender != eve
    account = accounts.load(sender)
    assert account is not None and account.email == "ann@sender.example"
