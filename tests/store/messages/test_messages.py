"""Messages in the table: made whole, changed on the version that was read, deleted with all theirs."""

from dataclasses import replace
from itertools import count, islice

import pytest

from chalicelib.domain.contacts import Contact, forget, write_to
from chalicelib.domain.errors import Conflict
from chalicelib.domain.messages import Message, Recipient, message_id
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import State, Tally
from chalicelib.domain.timeline import fold
from chalicelib.store import keys, table
from chalicelib.store.contacts import contacts
from chalicelib.store.due import shard, shards
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.messages import message_items, messages
from chalicelib.store.tracking import events, timelines
from tests.embedded import Embedded
from tests.makers import SENT, a_click, a_message, a_state, an_open
from tests.trouble import refusing, the_table

ANN, EVE = a_message().sender, "e7e0e7e0e7e0e7e0"


def create(message: Message, state: State | None = None) -> None:
    known = contacts.load(message.sender, [each.email for each in message.recipients])
    written = [write_to(each, message, "", message.created_at) for each in known]
    messages.create(message, state or a_state(message), written)


def a_numbered(n: int, **changes) -> Message:
    at = SENT + n
    return a_message(id=message_id(at, str(n)), subject=f"No. {n}", sent_at=at, created_at=at, **changes)


def loaded(message: Message) -> messages.Stored:
    stored = messages.load(message.sender, message.id)
    assert stored is not None
    return stored


def news(message: Message) -> tuple[Notification, ...]:
    return fold(message, [an_open()], a_state(message), SENT + 9e6).notifications


def put_at_once(aws: Embedded, made: list[tuple[Message, State]]) -> None:
    """Many messages, without their facts and contacts."""
    puts = [{"PutRequest": {"Item": to_wire(message_items.of_message(*each, 1, 0))}} for each in made]
    for start in range(0, len(puts), 25):
        aws.client("dynamodb").batch_write_item(RequestItems={"unsealed": puts[start : start + 25]})


# -- Made


def test_a_message_is_read_back_as_it_was_made_with_its_state_and_contacts(fresh_table: Embedded):
    message = a_message(thread="t", trap_link=1)
    create(message, a_state(message, as_of=SENT))
    assert messages.load(ANN, message.id) == messages.Stored(message, a_state(message, as_of=SENT), 1)
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [1]


def test_nobody_else_finds_it(fresh_table: Embedded):
    create(a_message())
    assert messages.load(EVE, a_message().id) is None
    assert messages.load(ANN, "0" * 32) is None


def test_a_message_is_made_with_its_contacts_or_not_at_all(fresh_table: Embedded):
    create(a_numbered(1))
    before = fresh_table.items()
    stale = write_to(Contact("bob@example.com"), a_numbered(2), "", SENT)
    with pytest.raises(Conflict):
        messages.create(a_numbered(2), a_state(), [stale])
    assert fresh_table.items() == before


def test_the_same_message_is_not_made_twice(fresh_table: Embedded):
    create(a_message())
    before = fresh_table.items()
    with pytest.raises(Conflict):
        create(a_message())
    assert fresh_table.items() == before


def test_a_message_to_fifty_is_there_with_whom_it_went_to(fresh_table: Embedded):
    message = a_message(recipients=tuple(Recipient(f"b{n}@example.com") for n in range(50)))
    create(message)
    assert len(fresh_table.items()) == 2 + 2 * 50


# -- With its events


def test_its_events_come_newest_first_and_without_knowing_whose_it_is(fresh_table: Embedded):
    create(a_message())
    happened = [an_open(60), a_click(120), an_open(600)]
    for event in (happened[1], happened[0], happened[2], happened[1]):
        events.put(event)
    stored, newest = messages.with_events(a_message().id)
    assert stored == loaded(a_message())
    assert list(newest) == happened[::-1]


def test_of_a_message_that_nobody_made_there_is_nothing_but_events_to_be_taken_away(fresh_table: Embedded):
    events.put(an_open())
    stored, newest = messages.with_events(a_message().id)
    assert (stored, list(newest)) == (None, [])
    timelines.delete(a_message().id, after=None, most=9)
    assert fresh_table.items() == []


# -- Changed


def test_a_fold_is_written_whole_on_the_version_that_was_read(fresh_table: Embedded):
    create(a_message())
    stored = loaded(a_message())
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    state = replace(stored.state, as_of=SENT + 9, tallies=(Tally(opens=1),))
    messages.save(stored, state, [replace(bob, opens=1)], news(a_message()), SENT + 9)
    after = loaded(a_message())
    assert (after.state, after.version) == (state, 2)
    assert contacts.load(ANN, ["bob@example.com"])[0].opens == 1
    assert sum(item["sk"]["S"].startswith("n#") for item in fresh_table.items()) == 1


@pytest.mark.parametrize("stale", ["message", "contact"])
def test_what_changed_meanwhile_is_not_written_over(fresh_table: Embedded, stale):
    create(a_message())
    stored = loaded(a_message())
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    if stale == "message":
        messages.save_quietly(stored, replace(stored.state, muted=True), [])
    else:
        create(a_numbered(2))
    before = fresh_table.items()
    with pytest.raises(Conflict):
        messages.save(
            stored, replace(stored.state, as_of=SENT + 9), [replace(bob, opens=1)], news(a_message()), SENT + 9
        )
    assert fresh_table.items() == before


def test_a_quiet_change_that_breaks_off_leaves_the_message_as_it_was_and_can_be_done_again(fresh_table: Embedded):
    create(a_message())
    stored = loaded(a_message())
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    with (
        refusing(the_table(), "PutItem", "ValidationException", after=1),
        pytest.raises(Exception, match="Valid"),
    ):
        messages.save_quietly(stored, replace(stored.state, muted=True), [replace(bob, name="Robert")])
    assert loaded(a_message()) == stored
    (bob,) = contacts.load(ANN, ["bob@example.com"])
    messages.save_quietly(stored, replace(stored.state, muted=True), [bob])
    assert loaded(a_message()).state.muted


# -- Deleted


def test_what_is_taken_away_is_gone_with_what_its_contacts_learnt_and_nothing_else_is(fresh_table: Embedded):
    create(a_numbered(1))
    others = fresh_table.items()
    message = a_numbered(2)
    create(message)
    known = contacts.load(ANN, ["bob@example.com"])
    table.write(messages.without(loaded(message), [forget(each, message, Tally(), SENT) for each in known], SENT))

    def without_version(table_items):
        later = ("version", "written_at", "expires")
        return [{name: value for name, value in item.items() if name not in later} for item in table_items]

    assert without_version(fresh_table.items()) == without_version(others)


def test_a_message_that_changed_meanwhile_is_not_deleted(fresh_table: Embedded):
    create(a_message())
    stored = loaded(a_message())
    messages.save_quietly(stored, replace(stored.state, muted=True), [])
    with pytest.raises(Conflict):
        table.write(messages.without(stored, [], SENT))
    assert loaded(a_message()).state.muted


# -- Held


def test_messages_with_held_events_are_found_when_their_wait_is_over_and_not_before(fresh_table: Embedded):
    for n, due_at in enumerate([SENT + 100, SENT + 200, None]):
        create(a_numbered(n), a_state(due_at=due_at))
    ann = a_message().sender
    assert messages.held(SENT + 99) == []
    assert messages.held(SENT + 100) == [(ann, a_numbered(0).id, SENT + 100)]
    assert [message for _, message, _ in messages.held(SENT + 999)] == [a_numbered(0).id, a_numbered(1).id]
    stored = loaded(a_numbered(0))
    messages.save_quietly(stored, replace(stored.state, due_at=None), [])
    assert messages.held(SENT + 100) == []


def test_however_many_wait_in_one_part_of_the_list_all_are_found(fresh_table: Embedded):
    part = shards("held")[0]
    waiting = (a_numbered(n) for n in count())
    in_part = (each for each in waiting if shard("held", keys.message(each.sender, each.id)) == part)
    made = list(islice(in_part, 130))
    put_at_once(fresh_table, [(each, a_state(due_at=SENT)) for each in made])
    assert {message for _, message, _ in messages.held(SENT)} == {each.id for each in made}
