"""Whom to turn to about which of their mails, and of which mails only an answer would tell."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.domain.consent import CUT, NO_PIXEL, SHARED, Untracked
from chalicelib.domain.contacts import Exchange, short_id
from chalicelib.domain.habits.advice import Approach
from chalicelib.domain.habits.follow_ups import Step
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.messages import ERASED, ONE_OF_THEM, Recipient
from chalicelib.domain.state import State, Tally
from chalicelib.domain.telling.turning_to import Known, Person, people, step_for, unknown
from tests.domain.habits.test_advice import ANSWERING, DAY, HOUR, NEITHER, NOW, READING, seen
from tests.makers import a_message, a_notification, a_state

ANN, BOB = Recipient("ann@example.com", "Ann"), Recipient("bob@example.com", "Bob")


def known(number: int = 1, to: Sequence[Recipient] = (BOB,), ago: float = 4 * DAY, **state: object) -> Known:
    """A mail so many seconds ago, which nobody was seen to do anything with."""
    message = a_message(
        id=f"0199aa0000007000800000000000{number:04x}", recipients=tuple(to), subject=f"No. {number}", sent_at=NOW - ago
    )
    return Known(message, a_state(message, **state))


def of(each: Known, recipient: Recipient, mails: Sequence[Exchange] = ANSWERING, **changes: object) -> Picture:
    """The picture of a recipient of a mail who got others before."""
    this = Exchange(short_id(each.message.id), each.message.sent_at)
    picture = seen([*mails, this], NOW, recipient.email)
    return replace(picture, contact=replace(picture.contact, name=recipient.name, **changes))


def turned_to(*mails: Known, pictures: dict[str, Picture]) -> tuple[list[Person], int]:
    return people({each.message.id: each for each in mails}, pictures)


def test_who_owes_an_answer_is_written_to_about_the_newest_mail():
    old, new = known(1, ago=9 * DAY), known(2)
    ((person,), leave) = turned_to(new, old, pictures={BOB.email: of(new, BOB)})
    assert (person.email, person.name, person.approach) == (BOB.email, "Bob", Approach.WRITE)
    assert (person.message, person.subject, leave) == (new.message.id, "No. 2", 0)
    assert "no sign" in person.reason.lower()


def test_the_hour_is_the_beginning_of_one_that_has_begun():
    each = known()
    for minutes in (0, 25):
        picture = replace(of(each, BOB), at=NOW + minutes * 60)
        ((person,), _) = turned_to(each, pictures={BOB.email: picture})
        assert person.at % 3600 == 0 and person.at >= NOW
        assert person.hour.endswith("(UTC)") or ":00" in person.hour


def test_the_hour_begins_on_their_clock_where_that_is_half_an_hour_off():
    each = known()
    picture = of(each, BOB)
    there = replace(picture, hours=picture.hours._replace(zone="Asia/Kolkata"))
    ((person,), _) = turned_to(each, pictures={BOB.email: there})
    assert person.at % 3600 == 1800 and "Asia/Kolkata" in person.hour


def test_who_reads_and_never_answers_is_called():
    each = known(tallies=(Tally(opens=2, opened_at=NOW - DAY),))
    ((person,), _) = turned_to(each, pictures={BOB.email: of(each, BOB, READING)})
    assert person.approach is Approach.CALL


@pytest.mark.parametrize(
    ("changes", "contact"),
    [
        ({"tallies": (Tally(replies=1, replied_at=NOW - DAY),)}, {}),
        ({"tallies": (Tally(bounced_at=NOW - DAY),)}, {}),
        ({"tallies": (Tally(complained_at=NOW - DAY),)}, {}),
        ({"muted": True}, {}),
        ({}, {"muted": True}),
        ({}, {"exchanges": ()}),
        ({}, {"spam": 1}),
    ],
    ids=["answered", "bounced", "complained", "mail muted", "contact muted", "forgotten", "called spam"],
)
def test_nobody_else_is(changes, contact):
    each = known(**changes)
    assert turned_to(each, pictures={BOB.email: of(each, BOB, **contact)})[0] == []


def test_nor_whom_nothing_is_known_of():
    assert turned_to(known(), known(2, [ERASED]), pictures={}) == ([], 0)


def test_who_is_to_be_left_alone_is_counted():
    each = known()
    assert turned_to(each, pictures={BOB.email: of(each, BOB, NEITHER)}) == ([], 1)


def test_who_is_likelier_to_answer_comes_first():
    each = known(to=[ANN, BOB])
    pictures = {ANN.email: of(each, ANN, []), BOB.email: of(each, BOB)}
    assert [person.email for person in turned_to(each, pictures=pictures)[0]] == [BOB.email, ANN.email]
    same = {email: of(each, recipient) for email, recipient in ((BOB.email, BOB), (ANN.email, ANN))}
    assert [person.email for person in turned_to(each, pictures=same)[0]] == [ANN.email, BOB.email]


def test_the_step_for_what_was_told_is_that_of_its_mail_and_recipient():
    each = known(to=[ANN, BOB], tallies=(Tally(replies=1, replied_at=NOW - HOUR), Tally()))
    mails = {each.message.id: each}
    told = a_notification(message=each.message.id)
    for number, recipient, step in ((0, ANN, Step.DONE), (1, BOB, Step.REMIND)):
        found = step_for(replace(told, recipient=number), mails, of(each, recipient))
        assert found is not None and found.step is step
    assert step_for(told, mails, None) is None
    assert step_for(told, {}, of(each, ANN)) is None
    assert step_for(told, mails, seen(ANSWERING)) is None


# -- Of which only an answer would tell


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(not_tracked=Untracked.DENIED), "This copy is not tracked."),
        (Tally(blind=CUT), "Gmail cuts"),
        (Tally(blind=NO_PIXEL), "hides opens"),
        (Tally(masked=1), "hides opens"),
    ],
)
def test_it_says_why(tally, said):
    each = known(tallies=(tally,))
    (found,) = unknown([each], {})
    assert (found.message, found.email, found.name, found.subject) == (each.message.id, BOB.email, "Bob", "No. 1")
    assert said in found.reason


def test_what_is_known_of_their_program_comes_first():
    each = known(to=[Recipient("bob@duck.com")], tallies=(Tally(blind="hides"),))
    picture = of(each, each.message.recipients[0], NEITHER)
    (found,) = unknown([each], {"bob@duck.com": picture})
    assert found.reason == picture.trackability.evidence and "hides" not in found.reason


@pytest.mark.parametrize("tally", [Tally(), Tally(opens=1, blind=CUT), Tally(replies=1, replied_at=NOW, masked=1)])
def test_of_what_something_is_known_nothing_is_said(tally):
    assert unknown([known(tallies=(tally,))], {}) == []


def test_nor_of_a_copy_to_oneself_or_to_somebody_erased():
    assert unknown([known(tallies=(Tally(not_tracked=Untracked.SELF),))], {}) == []
    assert unknown([known(to=[ERASED], tallies=(Tally(not_tracked=Untracked.ERASED),))], {}) == []


@pytest.mark.parametrize(("one", "many"), [(Tally(masked=1), 2), (Tally(opens=1, opened_at=NOW), 0), (Tally(), 0)])
def test_of_a_copy_that_several_share_it_is_what_one_of_them_did(one, many):
    message = replace(known(to=[ANN, BOB]).message, shared=(0, 1))
    state = State(tallies=(Tally(blind=SHARED), Tally(blind=SHARED)), shared=one)
    assert state.tally(ONE_OF_THEM) == one
    assert len(unknown([Known(message, state)], {})) == many
