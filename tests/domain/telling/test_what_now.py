"""The one thing to do about a piece of news: what rules it out comes first, then how sure it is, then the hour."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.follow_ups import FollowUp, Step
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.messages import Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling.news import News
from chalicelib.domain.telling.what_now import FRESH, Action, WhatNow, what_now
from chalicelib.domain.verdicts.explanations import KEPT, WAITS
from tests.domain.habits.test_advice import ANSWERING, DAY, HOUR, NEITHER, READING, seen
from tests.domain.habits.test_advice import NOW as MONDAY
from tests.makers import a_notification, a_verdict

NOW = MONDAY + 3 * HOUR  # 14:00, the best hour of somebody of whom little is known
NIGHT = NOW + 9 * HOUR
SATURDAY = NOW + 5 * DAY
ANN_OR_BOB = (Recipient("ann@example.com"), Recipient("bob@example.com"))


def about(
    kind: NotificationKind = NotificationKind.OPEN,
    mails: Sequence[Exchange] | None = ANSWERING,
    *,
    told_at: float = NOW,
    ago: float = 60,
    step: FollowUp | None = None,
    picture: Picture | None = None,
    **changes: object,
) -> WhatNow:
    """What to do about it: it happened so many seconds before it is told, by somebody with these mails (None: unknown)."""
    known = picture or (None if mails is None else seen(list(mails), told_at))
    told = a_notification(kind=kind, at=told_at - ago, **changes)
    return what_now(News(told, told_at, told_at, known, step))


@pytest.mark.parametrize(
    ("kind", "action", "said"),
    [
        (NotificationKind.COMPLAINT, Action.STOP, "complaints count against all mail from your domain"),
        (NotificationKind.BOUNCE, Action.CHECK_ADDRESS, "Check the address bob@example.com"),
        (NotificationKind.REPLY, Action.REPLY, "in your mailbox"),
        (NotificationKind.AWAY, Action.WAIT, "before they are back"),
    ],
)
@pytest.mark.parametrize("mails", [None, ANSWERING, NEITHER])
def test_what_a_mail_says_of_itself_needs_no_picture_of_who_sent_it(kind, action, said, mails):
    found = about(kind, mails)
    assert found.action is action and said in found.sentence
    assert found.at == (NOW if action is Action.REPLY else None)


@pytest.mark.parametrize(
    ("reason", "said"), [(WAITS, "as soon as the mail service takes it"), (KEPT, "kept for 14 days")]
)
def test_a_reply_is_where_it_is(reason, said):
    assert said in about(NotificationKind.REPLY, verdict=a_verdict("human", 0.98, reason)).sentence


@pytest.mark.parametrize("kind", NotificationKind)
def test_what_is_taken_back_asks_for_nothing(kind):
    found = about(kind, correction=True)
    assert (found.action, found.at) == (Action.WAIT, None) and "disregard" in found.sentence


@pytest.mark.parametrize("kind", [NotificationKind.OPEN, NotificationKind.CLICK, NotificationKind.HOT])
def test_nobody_can_tell_which_of_several_it_was(kind):
    found = about(kind, among=ANN_OR_BOB)
    assert (found.action, found.at) == (Action.WAIT, None) and "which one" in found.sentence
    assert about(NotificationKind.REMINDER, among=ANN_OR_BOB).action is Action.WRITE


def test_of_somebody_erased_nothing_is_known():
    found = about(mails=None)
    assert (found.action, found.at) == (Action.WAIT, None) and "Nothing is known" in found.sentence


@pytest.mark.parametrize("kind", [NotificationKind.OPEN, NotificationKind.CLICK, NotificationKind.REMINDER])
def test_nobody_calls_who_was_called_a_spammer(kind):
    found = about(kind, picture=seen(ANSWERING, NOW, spam=1))
    assert (found.action, found.at) == (Action.STOP, None)


@pytest.mark.parametrize("kind", [NotificationKind.OPEN, NotificationKind.CLICK, NotificationKind.REMINDER])
def test_who_is_away_is_left_until_their_last_day(kind):
    away = seen([*ANSWERING[:-1], replace(ANSWERING[-1], away_until="2025-10-20")], NOW)
    assert away.away_until is not None
    found = about(kind, picture=away)
    assert (
        (found.action, found.at) == (Action.WAIT, None)
        and "away until" in found.sentence
        and "20 October" in found.sentence
    )


@pytest.mark.parametrize("step", [Step.DONE, Step.DROP])
@pytest.mark.parametrize("kind", [NotificationKind.OPEN, NotificationKind.CLICK, NotificationKind.REMINDER])
def test_where_the_follow_up_is_over_there_is_nothing_to_do(kind, step):
    found = about(kind, step=FollowUp(step, None, "They replied."))
    assert found == WhatNow(Action.WAIT, None, "Nothing to do: They replied.")


# -- Somebody looked


def test_who_has_just_read_is_called_now():
    assert about(NotificationKind.OPEN) == (Action.CALL, NOW, "They may just have read it: a good moment to call.")
    assert "looked closer" in about(NotificationKind.CLICK).sentence


@pytest.mark.parametrize(("ago", "now"), [(FRESH, True), (FRESH + 1, False)])
def test_an_hour_later_they_have_laid_it_aside(ago, now):
    assert ("a good moment" in about(ago=ago).sentence) is now


@pytest.mark.parametrize("told_at", [NIGHT, SATURDAY])
def test_nobody_is_called_at_night_or_on_a_day_off(told_at):
    found = about(told_at=told_at)
    assert found.action is Action.CALL and found.at is not None
    assert found.at > told_at and found.at % DAY == NOW % DAY and zones.local("UTC", found.at).weekday() < 5
    assert "A good hour to call is" in found.sentence and "for you" not in found.sentence


def test_hours_are_on_both_clocks_where_those_differ():
    picture = seen(ANSWERING, NIGHT)
    berlin = replace(picture, hours=picture.hours._replace(sender_zone="Europe/Berlin"))
    found = about(told_at=NIGHT, picture=berlin)
    assert found.at == NOW + DAY and "14:00" in found.sentence and "16:00 for you" in found.sentence


def test_what_is_not_sure_waits_for_a_second_sign():
    assert "second sign" in about(verdict=a_verdict("human", 0.74)).sentence
    assert about(verdict=a_verdict("human", 0.75)).action is Action.CALL


def test_behind_an_address_of_several_nobody_is_called():
    found = about(picture=seen(ANSWERING, NOW, "info@example.com"))
    assert found.action is Action.WAIT and "Several people" in found.sentence


def test_a_mail_passed_on_asks_for_whom_else():
    assert about(NotificationKind.SHARED).action is Action.WRITE


def test_who_never_reacts_is_left_alone():
    found = about(mails=NEITHER)
    assert (found.action, found.at) == (Action.WAIT, None) and "brought no reaction" in found.sentence


def test_time_to_answer_is_given_until_the_follow_up_says():
    step = FollowUp(Step.WAIT, NOW + DAY, "It is too early.")
    found = about(ago=2 * FRESH, step=step)
    assert found == WhatNow(Action.WAIT, NOW + DAY, "Give them time to answer. It is too early.")
    assert about(step=step).action is Action.CALL, "who has it open is called all the same"


def test_where_the_ones_working_hours_are_the_others_night_one_writes():
    picture = seen(ANSWERING, NOW)
    far = replace(picture, hours=picture.hours._replace(sender_zone="Pacific/Tongatapu"))  # 13 hours ahead
    found = about(ago=2 * FRESH, picture=far)
    assert (found.action, found.at) == (Action.WRITE, NOW)


# -- A reminder


@pytest.mark.parametrize(
    ("step", "mails", "action", "said"),
    [
        (Step.CALL, READING, Action.CALL, "Now is a good hour to call."),
        (Step.REMIND, ANSWERING, Action.WRITE, "Now is a good hour to write."),
        (Step.WAIT, ANSWERING, Action.WRITE, "Now is a good hour to write."),
    ],
)
def test_a_reminder_says_how_to_go_on(step, mails, action, said):
    assert about(NotificationKind.REMINDER, mails, step=FollowUp(step, NOW, "")) == (action, NOW, said)


def test_a_reminder_at_night_names_the_day():
    found = about(NotificationKind.REMINDER, told_at=NIGHT, step=FollowUp(Step.REMIND, NIGHT, ""))
    assert (found.action, found.at) == (Action.WRITE, NOW + DAY) and "A good hour to write is" in found.sentence
