"""Erasing a contact or an account: nothing is left of them, wherever one looks in the table."""

from functools import partial

import pytest

from chalicelib.config import config
from chalicelib.domain.accounts import Address
from chalicelib.domain.consent import mark
from chalicelib.domain.contacts import Contact
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import desk, erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.work.accounts.registering import register
from chalicelib.work.erasure import erasing
from tests.makers import HOME, THUNDERBIRD
from tests.privacy import BOB, a_full_story, events_in_the_table
from tests.replies import an_answer
from tests.signing_in import left
from tests.system import System
from tests.traces import leftovers
from tests.trouble import TABLE_REFUSES, meanwhile, refusing, the_table


@pytest.mark.parametrize("refused", [False, True])
def test_an_erased_contact_is_in_no_attribute_of_no_item(system: System, refused):
    email, name = BOB["email"], BOB["name"]
    a_full_story(system, email, name)
    with_him = leftovers(system.aws, system.sender, email, name)
    assert len({where.partition(" / ")[2][:2] for where in with_him}) >= 4, "else the scan proves nothing"
    if refused:
        system.call("PUT", f"/v1/contacts/{email}/consent", {"consent": "denied"})
    answer = system.call("DELETE", f"/v1/contacts/{email}")
    assert (answer.status, answer.json) == (202, {"done": True})
    kept = (mark(system.sender, email, config().key),) if refused else ()
    assert leftovers(system.aws, system.sender, email, name, but=kept) == []
    assert bool(leftovers(system.aws, system.sender, email, name)) == refused, "the refusal is kept, as a mark"
    assert system.call("DELETE", f"/v1/contacts/{email}").status == 404
    shared = next(each for each in system.call("GET", "/v1/messages").json["items"] if each["subject"] == "Minutes")
    assert [(each["email"], each.get("not_tracked")) for each in shared["recipients"]] == [
        ("", "erased"),
        ("carol@example.com", None),
    ]
    (again,) = system.send(recipients=[email])["recipients"]
    assert again.get("not_tracked") == ("consent_denied" if refused else None)


def test_what_comes_for_an_erased_contact_is_not_kept(system: System):
    message = system.send(recipients=[BOB, "carol@example.com"])
    system.call("DELETE", f"/v1/contacts/{BOB['email']}")
    assert system.opened(message, 7200, THUNDERBIRD, HOME).status == 200
    system.follow()
    assert events_in_the_table(system.aws) == []
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []
    assert system.call("DELETE", f"/v1/messages/{message['id']}").status == 204, "one of its recipients is no contact"


def test_an_erasure_of_much_goes_on_by_itself(system: System):
    for number in range(3):
        system.opened(system.send(recipients=[BOB]), 7200 + number, THUNDERBIRD, HOME)
    system.follow()
    assert not erasing.erase_contact(system.sender, BOB["email"], system.now, most=1)
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"])
    system.minute(7200 + 200)
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []
    assert not any(item["pk"]["S"].startswith("x#") for item in system.aws.items())


def test_an_erasure_that_is_broken_off_goes_on_where_it_was(system: System):
    """Else one that takes longer than a function may run would begin again each minute, for ever."""
    for number in range(2):
        system.opened(system.send(recipients=[BOB]), 7200 + number, THUNDERBIRD, HOME)
    system.follow()
    with refusing(the_table(), "GetItem", "AccessDeniedException", after=1), pytest.raises(TABLE_REFUSES):
        erasing.erase_contact(system.sender, BOB["email"], system.now)  # the mails are gone, the contact is not
    ((_, key),) = erasures.due(system.now + 60)
    assert erasures.load(key) is not None, "it stands in the list until all is done"
    system.minute(7200 + 200)
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []


def test_two_who_are_erased_from_one_message_at_once_are_both_gone_from_its_links(system: System):
    links = "".join(f'<a href="https://example.com/?for={who}@example.com">{who}</a>' for who in ("carol", "dave"))
    system.send(recipients=[f"{who}@example.com" for who in ("bob", "carol", "dave")], html=links)
    carol = partial(erasing.erase_contact, system.sender, "carol@example.com", system.now)
    dave = Erasure(What.CONTACT, system.sender, system.now, "dave@example.com")
    with meanwhile(the_table(), "TransactWriteItems", carol):
        assert erasing.go_on(dave, system.now) is None
    assert leftovers(system.aws, system.sender, "carol@example.com") == []


def test_an_erased_account_leaves_nothing(system: System):
    register("eve@other.example", "Eve", "UTC", "eve's token", system.now)
    system.call("GET", "/v1/feed", token="eve's token")
    a_full_story(system, BOB["email"], BOB["name"])
    system.call("POST", "/v1/devices", {"platform": "apns", "token": "a device token"})
    accounts.add_address(system.sender, Address("ann@home.example", system.now))
    system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]})
    system.follow()
    wrong = system.call("DELETE", "/v1/account", {"email": "eve@other.example"})
    assert (wrong.status, wrong.json["field"]) == (422, "email")
    assert left(system).json == {"done": False}
    assert system.call("GET", "/v1/feed").status == 401
    system.minute(90_000)
    for email, name in ((BOB["email"], BOB["name"]), ("ann@sender.example", "Ann"), ("carol@example.com", "Carol")):
        assert leftovers(system.aws, system.sender, email, name) == []
    rest = [item for item in system.aws.items() if system.sender in str(item)]
    assert rest == []
    assert system.call("GET", "/v1/feed", token="eve's token").status == 200


def test_an_account_that_is_used_while_it_goes_is_looked_at_once_more(system: System):
    left(system)
    stale = system.sender
    assert desk.is_clear(stale)
    contacts.update(stale, Contact(BOB["email"]), system.now)  # a request that was under way
    system.minute(61)
    system.minute(200)
    assert desk.is_clear(stale) and leftovers(system.aws, stale, BOB["email"]) == []


def test_a_question_that_comes_for_an_erased_account_is_not_kept(system: System):
    rule = system.call("GET", "/v1/forwarding").json["address"]
    left(system)
    system.minute(200)
    system.receive(an_answer("Code: 12345678", From="forwarding-noreply@google.com"), rule)
    assert desk.is_clear(system.sender)
