from dataclasses import replace

import pytest

from chalicelib.domain.consent import NO_PIXEL, Untracked
from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.advice import Approach, FollowUp, Outlook, Step, follow_up, outlook, rank
from chalicelib.domain.habits.behaviour import behaviour
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.picture import Picture, picture
from chalicelib.domain.habits.send_times import recommend
from chalicelib.domain.habits.slots import WritingHours
from chalicelib.domain.state import Tally

DAY, HOUR = 86_400, 3600
MONDAY = 2_900 * 7 * DAY - 72 * HOUR  # 00:00 UTC
NOW = MONDAY + 63 * DAY + 11 * HOUR  # a Monday, 11:00
ANYBODY = recommend(weigh([], [], "UTC", NOW))


def mail(
    day: float,
    opens: int = 0,
    after: float = HOUR,
    reply_after: float | None = None,
    masked: bool = False,
    blank: bool = False,
) -> Exchange:
    """A mail sent at ten in the morning: opened so often, first and answered so many seconds later."""
    sent_at = MONDAY + day * DAY + 10 * HOUR
    opened_at = sent_at + after if opens else None
    replied_at = None if reply_after is None else sent_at + reply_after
    return Exchange(f"{day:08}", sent_at, opens, 0, masked, opened_at, None, replied_at, blank)


ANSWERING = [mail(day, opens=1, reply_after=5 * HOUR) for day in range(0, 60, 5)]
READING = [mail(day, opens=3) for day in range(0, 50, 5)]
NEITHER = [mail(day) for day in range(0, 60, 4)]


def seen(
    exchanges: list[Exchange],
    at: float = NOW,
    email: str = "bob@example.com",
    allowed: WritingHours | None = None,
    **counts: int,
) -> Picture:
    contact = Contact(email, messages=len(exchanges), exchanges=tuple(exchanges), **counts)
    return picture(contact, behaviour(exchanges, "UTC", at), ANYBODY, "UTC", "UTC", at, allowed)


def look(exchanges: list[Exchange], email: str = "bob@example.com", **counts: int) -> Outlook:
    return outlook(seen(exchanges, NOW, email, **counts))


def advise(
    exchange: Exchange,
    others: list[Exchange],
    at: float = NOW,
    allowed: WritingHours | None = None,
    **more: float | str,
) -> FollowUp:
    """The advice on a mail, of which the tally says what the exchange does, and more."""
    tally = Tally(
        opens=exchange.opens,
        clicks=exchange.clicks,
        replied_at=exchange.replied_at,
        masked=int(exchange.masked),
        blind=NO_PIXEL if exchange.blank else "",
    )
    return follow_up(seen([*others, exchange], at, allowed=allowed), exchange, replace(tally, **more))


# Whom


def test_who_answers_is_written_to():
    found = look(ANSWERING)
    assert found.approach == Approach.WRITE
    assert found.answers > 0.7
    assert found.reason == "Replied to 12 of 12 mails."


def test_who_reads_and_never_answers_is_called():
    assert look(READING).approach == Approach.CALL
    assert "never answered" in look(READING).reason


def test_who_neither_reads_nor_answers_is_left_alone():
    found = look(NEITHER)
    assert found.approach == Approach.LEAVE
    assert found.reason == "The last 15 mails brought no reaction."


def test_whose_opens_are_hidden_is_called_since_nobody_knows_whether_they_read():
    found = look([mail(day, masked=True) for day in range(0, 60, 4)])
    assert found.approach == Approach.CALL
    assert "cannot be known" in found.reason


def test_who_gets_mail_without_a_pixel_is_never_said_not_to_read():
    found = look([mail(day, blank=True) for day in range(0, 60, 4)])
    assert (found.approach, found.reason) == (
        Approach.CALL,
        "Replied to 0 of 15 mails. Whether they read them cannot be known.",
    )
    some = look([*NEITHER, *(mail(day, blank=True) for day in range(1, 60, 4))])
    assert (some.approach, some.reason) == (Approach.LEAVE, "Replied to 0 of 30 mails. Opened 0 of 15.")


def test_of_whose_provider_takes_pixels_out_silence_says_nothing():
    found = look(NEITHER, "bob@duck.com")
    assert (found.approach, found.reason) == (
        Approach.CALL,
        "Replied to 0 of 15 mails. Whether they read them cannot be known.",
    )


def test_a_new_contact_is_written_to():
    found = look([])
    assert (found.approach, found.reason) == (Approach.WRITE, "Nothing is known about this contact yet.")


def test_of_who_has_just_been_written_to_it_is_not_said_that_nothing_is_known():
    found = look([mail(62, opens=1), mail(63)])
    assert (found.approach, found.reason) == (
        Approach.WRITE,
        "It is too early to say whether they reply. Opened 1 of 2.",
    )


def test_whose_mails_come_back_is_left_alone_until_the_address_is_right():
    found = look([mail(61), mail(62)], bounced=2)
    assert (found.approach, found.answers, found.reason) == (
        Approach.LEAVE,
        0.0,
        "2 of 2 mails bounced: check the address.",
    )
    assert look(ANSWERING, bounced=1, replied=12).approach == Approach.WRITE


def test_the_ranking_begins_with_whose_next_step_is_worth_most_and_ends_with_whom_to_leave():
    people = {"cold": look(NEITHER), "reader": look(READING), "new": look([]), "friend": look(ANSWERING)}
    assert [name for name, _ in rank(people)] == ["friend", "reader", "new", "cold"]


# What to do about one mail


def test_an_answered_mail_needs_nothing():
    assert advise(mail(60, opens=1, reply_after=HOUR), ANSWERING).step == Step.DONE


def test_a_mail_is_given_the_time_that_the_contact_takes():
    advice = advise(mail(63, opens=1, after=HOUR / 2), ANSWERING)
    assert advice.step == Step.WAIT
    assert advice.reason == "It is too early: they mostly reply within 5 hours."
    assert advice.at is not None
    assert advice.at > NOW


def test_a_mail_read_and_not_answered_in_that_time_is_a_case_for_a_reminder():
    advice = advise(mail(61, opens=1), ANSWERING)
    assert advice.step == Step.REMIND
    assert advice.reason.startswith("Read, but no reply")
    assert advice.at is not None
    assert advice.at >= NOW


def test_a_reminder_waits_for_the_hours_of_the_sender():
    evenings = WritingHours(frozenset(range(7)), frozenset({16}), "UTC")
    advice = advise(mail(61, opens=1), ANSWERING, allowed=evenings)
    assert advice.at is not None
    assert evenings.include(advice.at)


def test_a_mail_to_somebody_whose_opens_are_hidden_is_never_called_unread():
    advice = advise(mail(58, masked=True), [])
    assert advice.step == Step.REMIND
    assert "cannot be known" in advice.reason


@pytest.mark.parametrize("why", [{"blind": "hides"}, {"not_tracked": Untracked.DENIED}])
def test_a_mail_of_which_nothing_would_show_is_never_called_unread(why):
    advice = advise(mail(58), [mail(45), mail(50), mail(54)], **why)
    assert advice.step == Step.REMIND
    assert "cannot be known" in advice.reason


def test_a_mail_whose_link_was_followed_was_read():
    assert advise(mail(58), [], clicks=1).reason.startswith("Read, but no reply")


def test_a_mail_that_did_not_arrive_is_not_sent_again_to_the_same_address():
    advice = advise(mail(61, opens=1), ANSWERING, bounced_at=NOW - DAY)
    assert (advice.step, advice.at, advice.reason) == (Step.DROP, None, "It bounced: check the address.")


def test_nobody_is_reminded_who_called_it_spam():
    advice = advise(mail(61, opens=1, reply_after=HOUR), ANSWERING, complained_at=NOW - HOUR)
    assert (advice.step, advice.at) == (Step.DROP, None)
    assert "spam" in advice.reason


def test_mails_without_a_pixel_are_not_in_vain():
    advice = advise(mail(58, blank=True), [mail(45, blank=True), mail(50, blank=True), mail(54, blank=True)])
    assert advice.step == Step.REMIND and "cannot be known" in advice.reason
    assert advise(mail(58), [mail(45), mail(50), mail(54, blank=True)]).step == Step.REMIND


def test_a_mail_that_was_clicked_was_read():
    clicked = replace(mail(61), clicks=1, clicked_at=NOW - DAY)
    for each in (clicked, replace(clicked, blank=True)):
        assert advise(each, ANSWERING).reason.startswith("Read, but no reply")


def test_a_mail_without_a_sign_is_said_to_be_just_that():
    advice = advise(mail(58), [mail(50, opens=1, reply_after=DAY)])
    assert advice.reason.startswith("No sign that it was read")


def test_who_reads_and_never_answers_is_called_about_it():
    assert advise(mail(58, opens=2), READING).step == Step.CALL


def test_after_three_mails_in_vain_a_stranger_is_dropped():
    advice = advise(mail(58), [mail(45), mail(50), mail(54)])
    assert advice.step == Step.DROP
    assert advice.at is None
    assert advice.reason == "The last 4 mails brought no reaction."
