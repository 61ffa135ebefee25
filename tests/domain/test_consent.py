"""What may be tracked, by what was said of it, and who has the last word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.consent import By, Consent, Tracking, Untracked, mark, settles, tracking, untracked
from chalicelib.domain.contacts import Contact, Exchange, with_consent
from tests.makers import SENT, a_message

BOB = Contact(
    "bob@example.com", "Bob", messages=3, opened=2, opens=9, exchanges=(Exchange("12345678", SENT),), version=4
)


@pytest.mark.parametrize("policy", Tracking)
def test_only_who_said_nothing_is_left_to_the_owners_policy(policy):
    assert tracking(Consent.GRANTED, policy) is Tracking.FULL
    assert tracking(Consent.DENIED, policy) is Tracking.NOTHING
    assert tracking(Consent.UNKNOWN, policy) is policy


@given(st.sampled_from(Consent), st.sampled_from(Tracking))
def test_there_is_a_reason_exactly_where_nothing_may_be_kept(consent, policy):
    reason = untracked(consent, policy)
    assert bool(reason) == (tracking(consent, policy) is Tracking.NOTHING) == settles(reason)


def test_a_mail_that_cannot_be_tracked_is_no_refusal():
    assert not settles("plain") and not settles("") and all(map(settles, Untracked))


@given(st.lists(st.tuples(st.sampled_from(Consent), st.sampled_from(By)), max_size=6))
def test_a_recipients_no_stands_until_they_take_it_back(said):
    contact = BOB
    last = None
    for consent, by in said:
        contact = with_consent(contact, consent, by, SENT)
        last = consent if by is By.RECIPIENT else last
        assert contact.refused == (last is Consent.DENIED)


def test_a_refusal_leaves_nothing_of_what_was_learnt():
    after = with_consent(BOB, Consent.DENIED, By.SENDER, SENT + 9)
    assert (after.email, after.name, after.messages, after.version) == ("bob@example.com", "Bob", 3, 4)
    assert (after.opened, after.opens, after.exchanges) == (0, 0, ())
    assert after.forgets(a_message(created_at=SENT)) and not after.forgets(a_message(created_at=SENT + 10))


def test_a_mark_needs_the_key_and_is_another_for_each_sender():
    found = {
        mark("ann", "bob@example.com", b"k"),
        mark("eve", "bob@example.com", b"k"),
        mark("ann", "bob@example.com", b"x"),
    }
    assert len(found) == 3 and all(len(each) == 32 for each in found)
