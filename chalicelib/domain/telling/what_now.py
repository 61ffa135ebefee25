"""What to do about a piece of news: from its age, the hour at both ends, how sure it is, and the follow-up to the mail."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.advice import Approach, outlook
from chalicelib.domain.habits.follow_ups import Step
from chalicelib.domain.habits.hours import Doing
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling.news import SURE, News
from chalicelib.domain.verdicts.explanations import KEPT, WAITS
from chalicelib.domain.words.sentences import Sentence, say

FRESH = 3600.0  # seconds after which somebody has laid the mail aside


class Action(StrEnum):
    """The one thing to do about a piece of news."""

    REPLY = "reply"
    CALL = "call"
    WRITE = "write"
    CHECK_ADDRESS = "check_address"
    STOP = "stop"
    WAIT = "wait"


class WhatNow(NamedTuple):
    """What to do, and when (unix seconds; None: there is no hour for it), in a sentence."""

    action: Action
    at: float | None
    sentence: Sentence


def what_now(news: News) -> WhatNow:
    """What to do about a piece of news, as seen when it is told."""
    told, seen = news.notification, news.seen
    if told.correction:
        said = say("We told you otherwise before. We know more now: please disregard the earlier message.")
        return WhatNow(Action.WAIT, None, said)
    match told.kind:
        case NotificationKind.COMPLAINT:
            said = say("Do not write to them again: complaints count against all mail from your domain.")
            return WhatNow(Action.STOP, None, said)
        case NotificationKind.BOUNCE:
            said = say("Check the address {email}, or try another one if you have it.", email=told.email)
            return WhatNow(Action.CHECK_ADDRESS, None, said)
        case NotificationKind.REPLY:
            return WhatNow(Action.REPLY, news.told_at, _where_it_is(told.verdict.reasons))
        case NotificationKind.AWAY:
            return WhatNow(Action.WAIT, None, say("No reminder comes before they are back."))
    if told.among and told.kind is NotificationKind.REMINDER:
        return WhatNow(
            Action.WRITE, None, say("Write to the one whose answer you need: a mail of their own tells more.")
        )
    if told.among:
        return WhatNow(
            Action.WAIT,
            None,
            say("All of them got the same copy, so nobody can tell which one it was: an answer will."),
        )
    if seen is None:
        return WhatNow(Action.WAIT, None, say("Nothing is known about this contact any more."))
    if seen.complained:
        return WhatNow(Action.STOP, None, say("They marked a mail as spam: do not write to them again."))
    if seen.away_until is not None:
        back = zones.moment(zones.at_hour(seen.zone, seen.away_until, 12), seen.zone, named=False)
        return WhatNow(Action.WAIT, None, say("They are away until {back:day}: leave it until then.", back=back))
    if news.step is not None and news.step.step in (Step.DONE, Step.DROP):
        return WhatNow(Action.WAIT, None, say("Nothing to do: {why}", why=news.step.reason))
    if told.kind is NotificationKind.REMINDER:
        return _reminded(news, seen)
    return _looked(news, seen)


def _where_it_is(reasons: Sequence[str]) -> Sentence:
    """Where a reply is by now."""
    if WAITS in reasons:
        return say("Their reply is sent on to you as soon as the mail service takes it: no reminder is needed.")
    if KEPT in reasons:
        return say("Their reply was not sent on to you: it is kept for 14 days, where incoming mail is.")
    return say("Their reply is in your mailbox: no reminder is needed.")


def _reminded(news: News, seen: Picture) -> WhatNow:
    """A reminder was due: the follow-up says how to go on, and the contact's hours when."""
    call = news.step is not None and news.step.step is Step.CALL
    at = seen.hours.next(news.told_at, Doing.CALL) if call else None
    if at is not None:
        return _hour(Action.CALL, at, seen, news.told_at)
    return _hour(Action.WRITE, seen.hours.next(news.told_at, Doing.WRITE), seen, news.told_at)


def _looked(news: News, seen: Picture) -> WhatNow:
    """Somebody looked: a good moment to call is soon after, at an hour at which one calls."""
    told, now = news.notification, news.told_at
    if told.verdict.confidence < SURE:
        return WhatNow(Action.WAIT, None, say("It may have been somebody else, or a program: wait for a second sign."))
    if seen.role_address:
        return WhatNow(Action.WAIT, None, say("Several people read this address: an answer will say who."))
    if told.kind is NotificationKind.SHARED:
        return WhatNow(
            Action.WRITE, None, say("Somebody else may decide as well: ask who should be in the conversation.")
        )
    approach = outlook(seen).approach
    if approach is Approach.LEAVE:
        return WhatNow(Action.WAIT, None, say("Nothing to do: {why}", why=outlook(seen).reason))
    if now - told.at <= FRESH and seen.hours.may(now, Doing.CALL):
        if told.kind is NotificationKind.CLICK:
            said = say("They may have looked closer: a good moment to ask what they think.")
        else:
            said = say("They may just have read it: a good moment to call.")
        return WhatNow(Action.CALL, now, said)
    if news.step is not None and news.step.step is Step.WAIT:
        return WhatNow(Action.WAIT, news.step.at, say("Give them time to answer. {why}", why=news.step.reason))
    at = seen.hours.next(now, Doing.CALL)
    if at is None:
        return _hour(Action.WRITE, seen.hours.next(now, Doing.WRITE), seen, now)
    return _hour(Action.CALL, at, seen, now)


def _hour(action: Action, at: float | None, seen: Picture, now: float) -> WhatNow:
    """Call or write at that hour, on both clocks where they differ."""
    if at is None:
        return WhatNow(action, None, say("Write to them when it suits you."))
    there = zones.moment(at, seen.zone)
    here = zones.moment(at, seen.hours.sender_zone, named=False)
    same = there.local == here.local
    if at == now:
        said = say("Now is a good hour to call.") if action is Action.CALL else say("Now is a good hour to write.")
    elif action is Action.CALL:
        said = (
            say("A good hour to call is {there:hour}.", there=there)
            if same
            else say("A good hour to call is {there:hour}, {here:hour} for you.", there=there, here=here)
        )
    else:
        said = (
            say("A good hour to write is {there:hour}.", there=there)
            if same
            else say("A good hour to write is {there:hour}, {here:hour} for you.", there=there, here=here)
        )
    return WhatNow(action, at, said)
