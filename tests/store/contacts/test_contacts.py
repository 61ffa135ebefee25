"""Contacts and summaries in the table: by address, page by page, and on the list of those that changed."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.contacts import Contact, write_to
from chalicelib.domain.errors import Conflict
from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import Audience, Share
from chalicelib.domain.summaries import summarise
from chalicelib.store import table
from chalicelib.store.contacts import contact_items, contacts
from tests.embedded import Embedded
from tests.makers import SENT, a_message

ANN, EVE = "5e7de75e7de75e7d", "e7e0e7e0e7e0e7e0"


def put(*emails: str, sender: str = ANN, at: float = SENT) -> None:
    for email in emails:
        contact = write_to(Contact(email), a_message(), "", at)
        table.write([table.put(contact_items.of_contact(sender, replace(contact, version=1)), was=None)])


def addresses(found: list[Contact]) -> list[str]:
    return [each.email for each in found]


def test_contacts_come_in_the_order_they_were_asked_for_and_new_ones_are_new(fresh_table: Embedded):
    put("bob@example.com", "carol@example.com")
    found = contacts.load(ANN, ["carol@example.com", "dan@example.com", "bob@example.com"])
    assert addresses(found) == ["carol@example.com", "dan@example.com", "bob@example.com"]
    assert [each.messages for each in found] == [1, 0, 1]
    assert found[1] == Contact("dan@example.com")


def test_fifty_recipients_are_loaded_at_once(fresh_table: Embedded):
    emails = [f"b{number:02}@example.com" for number in range(50)]
    put(*emails)
    assert [each.messages for each in contacts.load(ANN, emails)] == [1] * 50


def test_one_contact_is_found_and_a_stranger_is_none(fresh_table: Embedded):
    put("bob@example.com")
    bob = contacts.find(ANN, "bob@example.com")
    assert bob is not None and (bob.messages, bob.due_at, bob.version) == (1, SENT, 1)
    assert contacts.find(ANN, "carol@example.com") is None
    assert contacts.find(EVE, "bob@example.com") is None


_EMAILS = sorted(["~tilde@example.com", "{brace}@example.com", "a@example.com", "b@example.com", "zoe@example.com"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(_EMAILS)), st.integers(1, 6))
def test_pages_of_any_size_lead_through_all_contacts_once(fresh_table: Embedded, emails, limit):
    fresh_table.reset()
    put(*emails)
    put("eves@example.com", sender=EVE)
    found: list[str] = []
    after: str | None = None
    for _ in range(len(emails) // limit + 1):
        page, after = contacts.listed(ANN, after=after, limit=limit)
        assert len(page) <= limit
        found += addresses(page)
        if after is None:
            break
    assert after is None
    assert found == sorted(emails)


def test_summaries_are_listed_by_address_and_by_sender(fresh_table: Embedded):
    put("bob@example.com", "~carol@example.com")
    put("bob@example.com", sender=EVE)
    known = contacts.listed(ANN, after=None, limit=9)[0]
    contacts.save_summaries(ANN, known, [summarise(contact, SENT) for contact in known], [])
    first, after = contacts.summaries(ANN, after=None, limit=1)
    rest, end = contacts.summaries(ANN, after=after, limit=1)
    assert [each.email for each in first + rest] == ["bob@example.com", "~carol@example.com"]
    assert end is None
    assert contacts.summaries(EVE, after=None, limit=9) == ([], None)


def test_who_changed_waits_on_the_list_until_the_summary_is_written(fresh_table: Embedded):
    put("bob@example.com", at=SENT)
    put("carol@example.com", at=SENT + 60)
    put("bob@example.com", sender=EVE, at=SENT)
    assert set(contacts.changed(SENT - 1)) == set()
    assert set(contacts.changed(SENT)) == {(ANN, "bob@example.com"), (EVE, "bob@example.com")}
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    contacts.save_summaries(ANN, [bob], [summarise(bob, SENT)], [])
    assert set(contacts.changed(SENT + 60)) == {(ANN, "carol@example.com"), (EVE, "bob@example.com")}


def test_who_changed_while_the_summary_was_made_stays_on_the_list_and_nothing_is_written(fresh_table: Embedded):
    put("bob@example.com", "carol@example.com")
    bob, carol = contacts.load(ANN, ["bob@example.com", "carol@example.com"])
    changed = replace(bob, messages=2, version=2)
    table.write([table.put(contact_items.of_contact(ANN, changed), was=1)])
    found = [summarise(each, SENT) for each in (bob, carol)]
    with pytest.raises(Conflict):
        contacts.save_summaries(ANN, [bob, carol], found, [])
    assert len(set(contacts.changed(SENT))) == 2
    assert contacts.find(ANN, "bob@example.com") == changed
    assert contacts.summaries(ANN, after=None, limit=9) == ([], None)


def test_an_audience_comes_back_as_it_was_and_is_never_written_over_a_change(fresh_table: Embedded):
    share = Share(bytes([9, 167]), (128, 64), bytes([3, 0]))
    firm, everybody = (audiences.changed(Audience(name), None, share, SENT) for name in ("firm.example", ""))
    contacts.save_summaries(ANN, [], [], [firm, everybody])
    assert contacts.audiences(ANN, ["", "firm.example", "x.example"]) == [
        everybody._replace(version=1),
        firm._replace(version=1),
        Audience("x.example"),
    ]
    assert contacts.domains(ANN, after=None, limit=9) == ([firm._replace(version=1)], None)
    with pytest.raises(Conflict):
        contacts.save_summaries(ANN, [], [], [firm])


def test_what_a_contact_gave_is_known_afterwards(fresh_table: Embedded):
    put("bob@example.com", "carol@example.com")
    bob, carol = contacts.load(ANN, ["bob@example.com", "carol@example.com"])
    read = replace(bob, exchanges=tuple(replace(each, opened_at=SENT + 3600) for each in bob.exchanges))
    found = summarise(replace(read, time_zone="Asia/Tokyo"), SENT + 7200)
    contacts.save_summaries(ANN, [bob], [found], [])
    assert contacts.given(ANN, [carol, bob]) == [None, found.share]
    assert len(found.share.hours) == 1


def test_a_contact_is_never_written_over_a_change(fresh_table: Embedded):
    put("bob@example.com")
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    table.write([table.put(contact_items.of_contact(ANN, replace(bob, version=2)), was=1)])
    with pytest.raises(Conflict):
        table.write([table.put(contact_items.of_contact(ANN, replace(bob, version=2)), was=1)])
