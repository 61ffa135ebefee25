"""How much the sender is told."""

from dataclasses import replace

import pytest

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Channel, Preferences, Quiet, Tell
from chalicelib.domain.telling.budget import DAY, TOGETHER, About, Decision, Fate, Telling, Why, decide
from tests.makers import SENT, a_notification

NOW = SENT + 7200
NOBODY = About()


def told_before(notification: Notification, at: float = NOW - 3600) -> Telling:
    return Telling(notification, at, {Channel.EMAIL: at, Channel.PUSH: at})


def judge(told: Notification, *lately: Telling, **changes) -> Decision:
    about = changes.pop("about", NOBODY)
    now, waited, channel = changes.pop("now", NOW), changes.pop("waited", False), changes.pop("channel", Channel.EMAIL)
    return decide(told, channel, Preferences(**changes), "UTC", lately, about, now, waited=waited)


def another(number: int, **changes) -> Notification:
    return a_notification(**{"message": f"{number:032x}", **changes})


def test_the_first_open_is_told_at_once():
    assert judge(a_notification()) == Decision(Fate.NOW)


@pytest.mark.parametrize(
    ("wish", "changes", "why"),
    [
        (Tell.NEVER, {}, Why.NOT_WANTED),
        (Tell.FIRST, {"first": False}, Why.NOT_WANTED),
        (Tell.FIRST, {}, None),
        (Tell.EACH, {"first": False}, None),
        (Tell.EACH, {"times": 3}, Why.NOT_WANTED),
        (Tell.EVERY, {"times": 3}, None),
    ],
)
def test_each_kind_has_its_strength(wish, changes, why):
    wishes = Preferences().tell | {NotificationKind.OPEN: wish}
    assert judge(a_notification(**changes), tell=wishes).why == why


def test_the_channels_have_wishes_of_their_own():
    wishes = Preferences().tell | {NotificationKind.OPEN: Tell.NEVER}
    assert judge(a_notification(), tell=wishes).fate is Fate.UNTOLD
    assert judge(a_notification(), tell=wishes, channel=Channel.PUSH).fate is Fate.NOW


def test_of_a_mail_to_many_the_first_is_told_only():
    crowd = a_notification(recipients=11)
    assert judge(crowd, waited=True).fate is Fate.NOW
    assert judge(replace(crowd, first=False), waited=True).why is Why.CROWD
    assert judge(replace(crowd, first=False), waited=True, group=50).fate is Fate.NOW
    assert judge(replace(crowd, first=False, kind=NotificationKind.REPLY)).fate is Fate.NOW


def test_what_is_muted_is_not_told_whatever_it_is():
    for kind in NotificationKind:
        assert judge(replace(a_notification(), kind=kind), about=About(muted=True)).why in (Why.MUTED, Why.NOT_WANTED)


def test_top_people_only_is_a_choice():
    stranger = About(top=False)
    assert judge(a_notification(), about=stranger).fate is Fate.NOW
    assert judge(a_notification(), about=stranger, top_people_only=True).why is Why.NOT_TOP
    assert (
        judge(replace(a_notification(), kind=NotificationKind.REPLY), about=stranger, top_people_only=True).fate
        is Fate.NOW
    )


def test_a_reply_that_is_handed_on_needs_no_mail_about_it():
    reply = replace(a_notification(), kind=NotificationKind.REPLY)
    assert judge(reply, about=About(handed_on=True)).why is Why.HANDED_ON
    assert judge(reply, about=About(handed_on=True), channel=Channel.PUSH).fate is Fate.NOW
    assert judge(reply, about=About(handed_on=True), own_replies=True).fate is Fate.NOW


# Together


def test_readers_of_one_mail_wait_two_minutes_for_each_other():
    found = judge(a_notification(recipients=8, at=NOW - 10))
    assert (found.fate, found.why, found.at) == (Fate.LATER, Why.TOGETHER, NOW - 10 + TOGETHER)
    assert judge(a_notification(recipients=8, at=NOW - 10), waited=True).fate is Fate.NOW
    assert judge(a_notification(recipients=8, at=NOW - 10), channel=Channel.PUSH).fate is Fate.NOW


def test_after_a_mail_the_next_waits_until_two_minutes_are_over():
    found = judge(another(2), told_before(another(1, email="ann@example.com"), NOW - 30))
    assert (found.why, found.at) == (Why.TOGETHER, NOW + 90)
    assert judge(another(2), told_before(another(1), NOW - 121)).fate is Fate.NOW


def test_a_reply_waits_for_nobody():
    assert judge(replace(another(2), kind=NotificationKind.REPLY), told_before(another(1), NOW - 30)).fate is Fate.NOW


def test_an_open_and_a_click_in_one_second_are_one_visit():
    click = replace(a_notification(), kind=NotificationKind.CLICK, at=NOW + 1)
    assert judge(click, told_before(a_notification(at=NOW), NOW)).why is Why.SAID
    later = replace(click, at=NOW + 60)
    assert judge(later, told_before(a_notification(at=NOW), NOW), now=NOW + 60).why is Why.TOGETHER


# Enough


def test_after_three_about_one_contact_in_a_day_the_rest_go_to_the_digest_and_it_is_said_once():
    lately = [told_before(another(number), NOW - 5000 + number * 1000) for number in range(3)]
    assert not judge(another(9), *lately[:1]).last
    assert judge(another(9), *lately[:2]).last
    found = judge(another(9), *lately)
    assert (found.fate, found.why) == (Fate.DIGEST, Why.ENOUGH_OF_ONE)
    assert judge(another(9), *lately, now=NOW + DAY).fate is Fate.NOW
    assert judge(replace(another(9), kind=NotificationKind.REPLY), *lately).fate is Fate.NOW
    assert judge(another(9, email="ann@example.com"), *lately).fate is Fate.NOW


def test_several_in_one_mail_count_once():
    lately = [told_before(another(number), NOW - 5000) for number in range(5)]
    assert judge(another(9), *lately).fate is Fate.NOW


def test_a_thread_that_keeps_on_goes_to_the_digest_after_three_whoever_looks():
    people = ["ann@example.com", "bob@example.com", "eve@example.com"]
    lately = [
        told_before(another(number, email=email, thread="<t@x>"), NOW - 3 * DAY + number * 1000)
        for number, email in enumerate(people)
    ]
    assert judge(another(9, thread="<t@x>"), *lately).why is Why.ENOUGH_OF_THREAD
    assert judge(another(9, thread="<other@x>"), *lately).fate is Fate.NOW


# Quiet


def test_what_comes_in_quiet_hours_waits_for_their_end_and_a_reply_may_break_through():
    quiet = Quiet("16:00", "18:00")  # it is 16:13
    found = judge(a_notification(), quiet=quiet)
    assert (found.fate, found.why, found.at) == (Fate.LATER, Why.QUIET, SENT + 7200 + 6400)
    reply = replace(a_notification(), kind=NotificationKind.REPLY)
    assert judge(reply, quiet=quiet).fate is Fate.LATER
    assert judge(reply, quiet=replace(quiet, replies=True)).fate is Fate.NOW
    assert judge(a_notification(), quiet=replace(quiet, replies=True)).fate is Fate.LATER


# Corrections


def test_a_correction_goes_where_something_false_was_told_and_nowhere_else():
    opened = a_notification()
    correction = replace(opened, correction=True)
    assert judge(correction, told_before(opened)).fate is Fate.NOW
    assert judge(correction, Telling(opened, NOW - 60, waits=True)).why is Why.NEVER_TOLD
    pushed_only = Telling(opened, NOW - 60, {Channel.PUSH: NOW - 60})
    assert judge(correction, pushed_only).why is Why.NEVER_TOLD
    assert judge(correction, pushed_only, channel=Channel.PUSH).fate is Fate.NOW
