"""A contact is the sum of what it did with the sender's messages: what is taken back was never there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.consent import NO_PIXEL, By, Consent
from chalicelib.domain.contacts import (
    NEWEST,
    Contact,
    counts_differ,
    forget,
    learn,
    note_differs,
    short_id,
    with_consent,
    write_to,
)
from chalicelib.domain.messages import message_id
from chalicelib.domain.state import Tally
from tests.makers import SENT, a_message

BOB = Contact("bob@example.com", "Bob")
NOTHING = Tally()
READ = Tally(opens=2, clicks=1, opened_at=SENT + 60, clicked_at=SENT + 120)
DAY = 86_400.0


def number(n: int):
    """The sender's n-th message, sent on the n-th day."""
    at = SENT + n * DAY
    return a_message(id=message_id(at, str(n)), sent_at=at, created_at=at)


def written(count: int) -> Contact:
    contact = BOB
    for n in range(count):
        contact = write_to(contact, number(n), "", SENT + n * DAY)
    return contact


def test_writing_counts_a_message_and_remembers_it():
    contact = write_to(BOB, number(0), "Robert", SENT)
    assert (contact.messages, contact.name) == (1, "Robert")
    (exchange,) = contact.exchanges
    assert (exchange.message, exchange.sent_at, exchange.opened_at) == (short_id(number(0).id), SENT, None)


def test_a_message_without_a_name_keeps_the_one_that_is_known():
    assert write_to(BOB, number(0), "", SENT).name == "Bob"


def test_only_the_newest_messages_are_remembered_one_by_one():
    contact = written(NEWEST + 5)
    assert contact.messages == NEWEST + 5
    assert [each.sent_at for each in contact.exchanges] == [SENT + n * DAY for n in range(5, NEWEST + 5)]


def test_an_old_message_that_is_told_of_late_takes_its_place_in_time():
    late = write_to(written(3), number(-1), "", SENT + 9 * DAY)
    assert [each.sent_at for each in late.exchanges] == [SENT + n * DAY for n in (-1, 0, 1, 2)]
    assert write_to(written(NEWEST), number(-1), "", SENT).exchanges == written(NEWEST).exchanges


def test_what_it_did_is_counted_by_message_and_by_event():
    contact = learn(written(2), number(1), NOTHING, READ, SENT + 2 * DAY)
    assert (contact.opened, contact.clicked, contact.replied, contact.bounced) == (1, 1, 0, 0)
    assert (contact.opens, contact.clicks, contact.replies) == (2, 1, 0)
    first, second = contact.exchanges
    assert (first.opens, second.opens, second.opened_at) == (0, 2, SENT + 60)
    assert contact.last_at == SENT + 120


def test_a_click_or_a_reply_says_that_the_message_was_read():
    for tally in (Tally(clicks=1), Tally(replies=1)):
        assert learn(written(1), number(0), NOTHING, tally, SENT).opened == 1


def test_a_verdict_that_is_taken_back_is_taken_back_here_too():
    before = written(1)
    after = learn(learn(before, number(0), NOTHING, READ, SENT), number(0), READ, NOTHING, SENT)
    assert replace(after, due_at=before.due_at) == before


def test_what_it_did_with_a_message_of_long_ago_still_counts():
    contact = learn(written(NEWEST + 1), number(0), NOTHING, READ, SENT)
    assert contact.opened == 1
    assert contact.exchanges == written(NEWEST + 1).exchanges


def test_that_a_machine_was_there_is_noted_and_counts_nothing():
    scanned = Tally(machine=3, masked=1)
    contact = learn(written(1), number(0), NOTHING, scanned, SENT)
    assert contact.exchanges[0].masked
    assert replace(contact, exchanges=()) == replace(written(1), exchanges=())


def test_a_copy_without_a_pixel_is_remembered_as_one():
    contact = write_to(BOB, number(0), "", SENT, blank=True)
    assert contact.exchanges[0].blank
    clicked = Tally(clicks=1, clicked_at=SENT + 60, blind=NO_PIXEL)
    assert learn(contact, number(0), Tally(blind=NO_PIXEL), clicked, SENT).exchanges[0].blank
    assert learn(contact, number(0), Tally(not_tracked="plain"), Tally(not_tracked="plain"), SENT).exchanges[0].blank
    assert not learn(contact, number(0), NOTHING, READ, SENT).exchanges[0].blank


# -- Waiting for a summary


def settled(contact: Contact) -> Contact:
    return replace(contact, due_at=None)


def test_a_contact_waits_for_its_summary_since_the_first_change():
    assert written(3).due_at == SENT
    contact = settled(written(1))
    assert learn(contact, number(0), NOTHING, READ, SENT + 5).due_at == SENT + 5
    assert learn(written(1), number(0), NOTHING, READ, SENT + 5).due_at == SENT


def test_reading_again_is_no_reason_for_a_new_summary():
    contact = settled(learn(written(1), number(0), NOTHING, READ, SENT))
    again = replace(READ, opens=9, machine=4, forwarded=1)
    assert learn(contact, number(0), READ, again, SENT + 5).due_at is None
    assert learn(contact, number(0), READ, replace(READ, replied_at=SENT + 9), SENT + 5).due_at == SENT + 5


def test_a_forgotten_message_is_a_reason_for_one():
    assert forget(settled(written(1)), number(0), NOTHING, SENT + 5).due_at == SENT + 5


# -- What must be written with the state


def test_counts_must_change_together_and_a_machines_first_hit_is_worth_a_note():
    assert counts_differ(NOTHING, READ)
    assert counts_differ(READ, replace(READ, opened_at=SENT + 30))
    assert counts_differ(NOTHING, Tally(bounced_at=SENT))
    assert not counts_differ(READ, replace(READ, machine=5, forwarded=1, auto_replies=1))
    assert note_differs(NOTHING, Tally(machine=1, masked=1))
    assert not note_differs(Tally(machine=1, masked=1), Tally(machine=2, masked=2))
    assert not note_differs(NOTHING, Tally(machine=1))


def test_of_a_message_from_before_a_refusal_nothing_is_learnt_nor_taken_back():
    refused = with_consent(learn(written(1), number(0), NOTHING, READ, SENT), Consent.DENIED, By.RECIPIENT, SENT + DAY)
    bounced = Tally(bounced_at=SENT + 60)
    assert learn(refused, number(0), NOTHING, bounced, SENT + DAY) == refused
    for kept in (READ, bounced):  # the one not erased yet, the other never
        gone = forget(refused, number(0), kept, SENT + DAY)
        assert (gone.messages, gone.opened, gone.opens, gone.clicked, gone.bounced) == (0, 0, 0, 0, 0)


# -- Laws

_times = st.none() | st.integers(0, 30).map(lambda day: SENT + day * DAY)
_tallies = st.builds(
    Tally,
    opens=st.integers(0, 3),
    clicks=st.integers(0, 3),
    replies=st.integers(0, 2),
    machine=st.integers(0, 3),
    opened_at=_times,
    clicked_at=_times,
    replied_at=_times,
    bounced_at=_times,
)
_histories = st.lists(st.tuples(st.integers(0, 3), _tallies), max_size=10)


def after(contact: Contact, history: list[tuple[int, Tally]]) -> tuple[Contact, dict[int, Tally]]:
    """The contact after the states of its messages turned, one after the other, and what they are last."""
    now: dict[int, Tally] = {}
    for n, tally in history:
        contact = learn(contact, number(n), now.get(n, NOTHING), tally, SENT)
        now[n] = tally
    return contact, now


@given(_histories)
def test_only_the_last_state_of_each_message_matters(history):
    found, last = after(written(4), history)
    assert found == after(written(4), sorted(last.items()))[0]


@given(_histories)
def test_forgetting_all_messages_leaves_nothing(history):
    contact, last = after(written(4), history)
    for n in range(4):
        contact = forget(contact, number(n), last.get(n, NOTHING), SENT)
    assert contact == replace(BOB, due_at=contact.due_at, written_at=contact.written_at)


@given(_histories, _tallies, st.integers(0, 3))
def test_forgetting_one_message_is_as_if_it_had_never_been_sent(history, tally, doomed):
    before, _ = after(written(4), [(n, each) for n, each in history if n != doomed])
    without = replace(
        before,
        messages=3,
        exchanges=tuple(each for each in before.exchanges if each.message != short_id(number(doomed).id)),
    )
    with_it = learn(before, number(doomed), NOTHING, tally, SENT)
    assert forget(with_it, number(doomed), tally, SENT) == without


@given(_tallies, _tallies)
def test_what_changes_a_count_or_a_moment_differs_and_nothing_else_does(was, now):
    contact = settled(learn(written(1), number(0), NOTHING, was, SENT))
    changed = learn(contact, number(0), was, now, SENT)
    if not counts_differ(was, now) and not note_differs(was, now):
        assert changed == contact
