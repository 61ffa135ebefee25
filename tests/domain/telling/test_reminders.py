"""Reminders: what did not happen, and no more than that."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.behaviour import behaviour
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.picture import Picture, picture
from chalicelib.domain.habits.send_times import recommend
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.preferences import Patience, Unit, Whom
from chalicelib.domain.state import State, Tally
from chalicelib.domain.telling.reminders import Outcome, Reminder, by_default, come_due
from chalicelib.domain.threads import ALONE, Thread

DAY = 86_400.0
SENT = datetime(2026, 3, 2, 10, tzinfo=UTC).timestamp()  # a Monday
PATIENCE = Patience(Whom.ALL, not_opened=2, no_reply=3, cannot_know=5)
MESSAGE = Message(
    "0199aa00000070008000000000000001", "ann", "Offer", (Recipient("bob@example.com", "Bob"),), (), SENT, SENT
)


def seen(email: str = "bob@example.com", at: float = SENT, **changes) -> Picture:
    contact = replace(Contact(email, messages=1, exchanges=(Exchange("00000001", SENT),)), **changes)
    usual = recommend(weigh([], [], "UTC", at))
    return picture(contact, behaviour(contact.exchanges, "UTC", at), usual, "UTC", "UTC", at)


def come(
    days: float,
    *tallies: Tally,
    reminder: Reminder | None = None,
    thread: Thread = ALONE,
    message: Message = MESSAGE,
    patience: Patience = PATIENCE,
    **changes,
) -> Outcome:
    at = SENT + days * DAY
    due = reminder or Reminder("ann", message.id, at)
    pictures = [seen(each.email, at, **changes) for each in message.recipients]
    return come_due(replace(due, at=at), message, State(tallies), pictures, thread, patience, "UTC")


def said(outcome: Outcome) -> list[str]:
    return [each.note for each in outcome.notifications]


def test_by_default_nobody_is_reminded_of():
    assert by_default(MESSAGE, Patience(), "UTC") is None


@pytest.mark.parametrize(("whom", "many"), [(Whom.NOBODY, 0), (Whom.ONE_RECIPIENT, 1), (Whom.ALL, 2)])
def test_for_all_mails_or_for_those_to_one_person(whom, many):
    both = replace(MESSAGE, recipients=(*MESSAGE.recipients, Recipient("eve@example.com")))
    made = [by_default(each, Patience(whom), "UTC") for each in (MESSAGE, both)]
    assert len([each for each in made if each]) == many


def test_the_first_comes_when_the_shortest_patience_is_over_by_day():
    reminder = by_default(MESSAGE, PATIENCE, "UTC")
    assert reminder is not None and reminder.at == SENT + 2 * DAY
    late = by_default(replace(MESSAGE, sent_at=SENT + 13 * 3600), PATIENCE, "UTC")  # at eleven at night
    assert late is not None and datetime.fromtimestamp(late.at, UTC) == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_three_wordings_by_what_is_known():
    assert said(come(2, Tally())) == ["not_opened"]
    assert said(come(4, Tally(opens=1, opened_at=SENT + 3600))) == ["no_reply"]
    assert said(come(7, Tally(blind="hides"))) == ["cannot_know"]


def test_each_has_a_patience_of_its_own():
    assert said(come(2, Tally(opens=1, opened_at=SENT + 3600))) == []
    waiting = come(2, Tally(opens=1, opened_at=SENT + 3600)).left
    assert waiting is not None and waiting.at == SENT + 3600 + 3 * DAY
    never = replace(PATIENCE, not_opened=0)
    assert come(9, Tally(), patience=never) == Outcome()


def test_one_that_was_not_opened_is_told_once_and_looked_at_again_for_an_answer():
    first = come(2, Tally())
    assert said(first) == ["not_opened"] and first.left is not None
    again = come(5, Tally(), reminder=first.left)
    assert again == Outcome()
    read = come(9, Tally(opens=1, opened_at=SENT + 3 * DAY), reminder=first.left)
    assert said(read) == ["no_reply"]


@pytest.mark.parametrize(
    "ended",
    [
        Tally(replies=1, replied_at=SENT + 60),
        Tally(bounced_at=SENT + 60),
        Tally(opens=1, opened_at=SENT, complained_at=SENT + 60),
    ],
)
def test_it_is_withdrawn_when_there_is_nothing_to_be_reminded_of(ended):
    assert come(9, ended) == Outcome()


@pytest.mark.parametrize("thread", [Thread(replied=True), Thread(goes_on=True)])
def test_it_is_withdrawn_when_the_thread_goes_on(thread):
    assert come(9, Tally(), thread=thread) == Outcome()


def test_it_waits_for_who_is_away():
    away = (Exchange("00000001", SENT, away_until="2026-03-20"),)
    found = come(9, Tally(), exchanges=away)
    assert said(found) == [] and found.left is not None
    assert datetime.fromtimestamp(found.left.at, UTC) == datetime(2026, 3, 21, 9, tzinfo=UTC)


def test_one_that_is_chosen_comes_when_it_was_to_and_once():
    chosen = Reminder("ann", MESSAGE.id, SENT + DAY, chosen=True)
    found = come(1, Tally(), reminder=chosen, patience=Patience())
    assert (said(found), found.left) == (["not_opened"], None)


def test_of_several_each_is_told_of_who_did_not_answer():
    both = replace(MESSAGE, recipients=(*MESSAGE.recipients, Recipient("eve@example.com")))
    found = come(4, Tally(opens=1, opened_at=SENT), Tally(replies=1, replied_at=SENT), message=both)
    assert [each.email for each in found.notifications] == ["bob@example.com"]


def test_hours_are_hours_but_nobody_is_reminded_at_night():
    hours = replace(PATIENCE, unit=Unit.HOURS, not_opened=12)
    reminder = by_default(MESSAGE, hours, "UTC")  # sent at ten
    assert reminder is not None and datetime.fromtimestamp(reminder.at, UTC).hour in range(9, 18)
