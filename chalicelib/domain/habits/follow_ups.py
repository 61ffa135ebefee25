"""Follow-ups: what to do about one mail, by what its recipient did with it and by how to reach them (advice.py).

Nobody is to be called about a mail who is to be left alone, and it is never said that a mail was not read where that cannot
be known.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits.advice import SPAM, Approach, last_day_away, outlook, why_leave
from chalicelib.domain.habits.behaviour import Label
from chalicelib.domain.habits.delays import duration
from chalicelib.domain.habits.hours import Doing
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.records import record
from chalicelib.domain.state import Status, Tally
from chalicelib.domain.threads import ALONE, Thread
from chalicelib.domain.words.sentences import say

HOUR = 3600
# How long people take, as imagined mails beside the contact's own. Replies: most come within a day, nine in ten within
# two (F. Kooti and others, Evolution of Conversations in the Age of Email Overload, 2015, section 3).
PEOPLE_TAKE_TO_REPLY = (0.5 * HOUR, 2 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR)
PEOPLE_TAKE_TO_OPEN = (0.2 * HOUR, 1 * HOUR, 4 * HOUR, 10 * HOUR, 30 * HOUR)
PATIENCE = 0.8  # share of the mails answered at all that are answered after the time we wait


class Step(StrEnum):
    """What to do about one mail."""

    DONE = "done"
    WAIT = "wait"
    REMIND = "remind"
    CALL = "call"
    DROP = "drop"


@record
class FollowUp:
    """What to do about one mail and when, in unix seconds (None: nothing more); `reason` is one sentence."""

    step: Step
    at: float | None
    reason: str


def follow_up(seen: Picture, exchange: Exchange, tally: Tally, thread: Thread = ALONE) -> FollowUp:
    """What to do about one mail to a contact.

    `tally` is what they did with it, `thread` what happened in its thread since.
    """
    contact, at = seen.contact, seen.at
    if tally.complained_at is not None:
        return FollowUp(Step.DROP, None, SPAM)
    if tally.status is Status.REPLIED:
        return FollowUp(Step.DONE, None, say("They replied."))
    if tally.status is Status.BOUNCED:
        return FollowUp(Step.DROP, None, say("It bounced: check the address."))
    if thread.replied:
        return FollowUp(Step.DONE, None, say("There was an answer in the thread."))
    if thread.goes_on:
        return FollowUp(Step.DONE, None, say("You went on in a newer mail of the thread."))
    if tally.status in (Status.CANNOT_KNOW, Status.NOT_TRACKED):
        seen = _hidden(seen, exchange)
    refused = why_leave(seen, follow_up=True)
    if refused is not None:
        return FollowUp(Step.DROP, None, refused)
    others = [each for each in contact.exchanges if each.message != exchange.message]
    unreported = seen.label(Label.NEVER_REPORTS, Label.REPLIES_WITHOUT_OPENING) is not None
    hidden = unreported or tally.status in (Status.CANNOT_KNOW, Status.NOT_TRACKED)
    if tally.opens or tally.clicks or hidden:
        delays = [each.replied_at - each.sent_at for each in others if each.replied_at is not None]
        patience = _patience(delays, PEOPLE_TAKE_TO_REPLY)
        rhythm = {"within": duration(patience)}
        whose = (
            say("they mostly reply within {within}", **rhythm)
            if delays
            else say("people mostly reply within {within}", **rhythm)
        )
        read = bool(tally.opens or tally.clicks)
        done = say("Read, but no reply") if read else say("No reply, and whether it was read cannot be known")
    else:
        delays = [each.opened_at - each.sent_at for each in others if each.opened_at is not None]
        patience = _patience(delays, PEOPLE_TAKE_TO_OPEN)
        rhythm = {"within": duration(patience)}
        whose = (
            say("they mostly open within {within}", **rhythm)
            if delays
            else say("people mostly open within {within}", **rhythm)
        )
        done = say("No sign that it was read")
    due = exchange.sent_at + patience
    if at < due:
        return FollowUp(Step.WAIT, _hour(seen, due, Doing.WRITE), say("It is too early: {rhythm}.", rhythm=whose))
    if seen.away_until is not None:
        back = say("They are away until {back:day}.", back=last_day_away(seen))
        return FollowUp(Step.WAIT, _hour(seen, at, Doing.WRITE), back)
    approach = outlook(seen)
    if approach.approach is Approach.CALL:
        coming = seen.hours.next(at, Doing.CALL)
        if coming is not None:
            return FollowUp(Step.CALL, coming, approach.reason)
    if approach.approach is Approach.LEAVE:
        return FollowUp(Step.DROP, None, approach.reason)
    return FollowUp(Step.REMIND, _hour(seen, at, Doing.WRITE), say("{state}; {rhythm}.", state=done, rhythm=whose))


def _hour(seen: Picture, at: float, doing: Doing) -> float:
    found = seen.hours.next(at, doing)
    return at if found is None else found


def _hidden(seen: Picture, exchange: Exchange) -> Picture:
    """The picture in which silence about one mail says nothing."""
    exchanges = (
        replace(each, masked=True) if each.message == exchange.message else each for each in seen.contact.exchanges
    )
    return replace(seen, contact=replace(seen.contact, exchanges=tuple(exchanges)))


def _patience(delays: Sequence[float], usual: Sequence[float]) -> float:
    """The time within which PATIENCE of what comes has come: the contact's own, beside a few imagined of people's."""
    together = sorted([*delays, *usual])
    return together[int(PATIENCE * (len(together) - 1) + 0.5)]
