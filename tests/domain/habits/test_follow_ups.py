"""What to do about one mail."""

from dataclasses import replace

import pytest

from chalicelib.domain.consent import NO_PIXEL, Untracked
from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits.follow_ups import FollowUp, Step, follow_up
from chalicelib.domain.state import Tally
from tests.domain.habits.test_advice import ANSWERING, DAY, HOUR, NOW, READING, mail, seen


def advise(
    exchange: Exchange,
    others: list[Exchange],
    at: float = NOW,
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
    return follow_up(seen([*others, exchange], at), exchange, replace(tally, **more))


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
