"""What to do: whom to write to, call or leave alone, and what to do about one mail that was not answered.

All of it follows from one picture of the contact (picture.py), and the step about a mail from how to reach its recipient:
so nobody is to be called about a mail who is to be left alone. It never says that a mail was not read where that cannot be
known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from enum import StrEnum

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.behaviour import PEOPLE_REPLY, TIME_TO_OPEN, TIME_TO_REPLY, Label
from chalicelib.domain.habits.delays import duration
from chalicelib.domain.habits.hours import Doing
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.records import record
from chalicelib.domain.state import Status, Tally
from chalicelib.domain.threads import ALONE, Thread
from chalicelib.domain.words.sentences import Moment, say

HOUR = 3600
# How long people take, as imagined mails beside the contact's own. Replies: most come within a day, nine in ten within
# two (F. Kooti and others, Evolution of Conversations in the Age of Email Overload, 2015, section 3).
PEOPLE_TAKE_TO_REPLY = (0.5 * HOUR, 2 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR)
PEOPLE_TAKE_TO_OPEN = (0.2 * HOUR, 1 * HOUR, 4 * HOUR, 10 * HOUR, 30 * HOUR)
PATIENCE = 0.8  # share of the mails answered at all that are answered after the time we wait
HARDLY = 0.12  # expected rate of answers below which writing once more is not worth it
IN_VAIN = 3  # mails in a row that brought nothing
FADES = 14 * zones.DAY  # after so long, interest counts half
CLICKED = 2.0  # a click, in opens
MOST_INTEREST = 2.0  # by which interest may raise the worth of a step, beside 1
UNTRIED = 2  # mails in vain that somebody stands for of whom nothing is known


class Approach(StrEnum):
    """How to reach a contact."""

    WRITE = "write"
    CALL = "call"
    LEAVE = "leave"


class Step(StrEnum):
    """What to do about one mail."""

    DONE = "done"
    WAIT = "wait"
    REMIND = "remind"
    CALL = "call"
    DROP = "drop"


@record
class Outlook:
    """How to reach a contact; `answers` is the expected share of mails that they answer, `reason` one sentence.

    `worth` is what the next step is worth beside that to others: the answers to expect, the more the more they are
    interested now.
    """

    approach: Approach
    answers: float
    reason: str
    worth: float = 0.0


@record
class FollowUp:
    """What to do about one mail and when, in unix seconds (None: nothing more); `reason` is one sentence."""

    step: Step
    at: float | None
    reason: str


def outlook(seen: Picture) -> Outlook:
    """How best to reach a contact."""
    contact, at = seen.contact, seen.at
    exchanges = contact.exchanges
    known = [each for each in exchanges if each.replied_at is not None or at - each.sent_at >= TIME_TO_REPLY]
    replies = sum(each.replied_at is not None for each in known)
    answers = PEOPLE_REPLY.after(replies, len(known)).mean
    refused = _never(seen)
    if refused is not None:
        return Outlook(Approach.LEAVE, 0.0, refused)
    tried = len(known) if known or any(each.opens or each.clicks for each in exchanges) else UNTRIED
    worth = PEOPLE_REPLY.after(replies, tried).mean * (1 + _interest(exchanges, at))
    carried = [each for each in exchanges if not each.blank]
    opened = say("Opened {opened} of {sent}.", opened=sum(each.opens > 0 for each in carried), sent=len(carried))
    counted = say("Replied to {replies} of {sent} mails.", replies=replies, sent=len(known))
    silent = seen.label(Label.OPENS_OFTEN_NEVER_REPLIES, Label.WENT_SILENT)
    blind = bool(seen.trackability.blind) or not carried or any(each.masked for each in carried)
    if silent is not None:
        found = Outlook(Approach.CALL, answers, silent.evidence, worth)
    elif not exchanges:
        found = Outlook(Approach.WRITE, answers, say("Nothing is known about this contact yet."), worth)
    elif not known:
        early = say("It is too early to say whether they reply.")
        found = Outlook(Approach.WRITE, answers, say("{one} {two}", one=early, two=opened) if carried else early, worth)
    elif answers >= HARDLY:
        found = Outlook(Approach.WRITE, answers, counted, worth)
    elif blind:
        unknown = say("{one} Whether they read them cannot be known.", one=counted)
        found = Outlook(Approach.CALL, answers, unknown, worth)
    else:
        return Outlook(Approach.LEAVE, answers, say("{one} {two}", one=counted, two=opened), worth)
    if seen.away_until is None:
        return found
    away = say("{one} Away until {back:day}.", one=found.reason, back=_away(seen))
    return Outlook(found.approach, found.answers, away, found.worth)


def rank(outlooks: Mapping[str, Outlook]) -> list[tuple[str, Outlook]]:
    """Contacts in the order in which effort pays: the next step that is worth most first, whom to leave alone last."""

    def order(each: tuple[str, Outlook]) -> tuple[bool, float, str]:
        return each[1].approach is Approach.LEAVE, -each[1].worth, each[0]

    return sorted(outlooks.items(), key=order)


def follow_up(seen: Picture, exchange: Exchange, tally: Tally, thread: Thread = ALONE) -> FollowUp:
    """What to do about one mail to a contact.

    `tally` is what they did with it, `thread` what happened in its thread since.
    """
    contact, at = seen.contact, seen.at
    if tally.complained_at is not None:
        return FollowUp(Step.DROP, None, _SPAM)
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
    refused = _never(seen, follow_up=True)
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
        back = say("They are away until {back:day}.", back=_away(seen))
        return FollowUp(Step.WAIT, _hour(seen, at, Doing.WRITE), back)
    approach = outlook(seen)
    if approach.approach is Approach.CALL:
        coming = seen.hours.next(at, Doing.CALL)
        if coming is not None:
            return FollowUp(Step.CALL, coming, approach.reason)
    if approach.approach is Approach.LEAVE:
        return FollowUp(Step.DROP, None, approach.reason)
    return FollowUp(Step.REMIND, _hour(seen, at, Doing.WRITE), say("{state}; {rhythm}.", state=done, rhythm=whose))


_SPAM = say("They marked a mail as spam: do not write to them again.")


def _never(seen: Picture, *, follow_up: bool = False) -> str | None:
    """Why somebody is to be left alone, whatever else is known of them; None if they are not."""
    contact = seen.contact
    if seen.complained:
        return _SPAM
    if seen.unreachable:
        counts = {"bounced": contact.bounced, "sent": contact.messages}
        return say("{bounced} of {sent} mails bounced: check the address.", **counts)
    if seen.shared and not follow_up:
        return say("An address of several people, not of one person: nobody's habits, and nobody to call.")
    in_vain = _in_vain(seen)
    if in_vain >= IN_VAIN:
        return say("The last {n} mails brought no reaction.", n=in_vain)
    return None


def _hour(seen: Picture, at: float, doing: Doing) -> float:
    found = seen.hours.next(at, doing)
    return at if found is None else found


def _away(seen: Picture) -> Moment:
    """The last day of an absence."""
    if seen.away_until is None:
        return zones.moment(seen.at, seen.zone, named=False)
    return Moment(datetime.combine(seen.away_until, time()))


def _hidden(seen: Picture, exchange: Exchange) -> Picture:
    """The picture in which silence about one mail says nothing."""
    exchanges = (
        replace(each, masked=True) if each.message == exchange.message else each for each in seen.contact.exchanges
    )
    return replace(seen, contact=replace(seen.contact, exchanges=tuple(exchanges)))


def _interest(exchanges: Sequence[Exchange], at: float) -> float:
    """How much somebody has been looking at their mail lately, from 0 to MOST_INTEREST: again, closer, not long ago."""
    found = 0.0
    for each in exchanges:
        last = max(
            (when for when in (each.opened_at, each.clicked_at, each.replied_at) if when is not None), default=None
        )
        if last is not None:
            looks = min(each.opens, 4) / 4 + (CLICKED / 4 if each.clicks else 0.0)
            found += looks * 0.5 ** (max(at - last, 0.0) / FADES)
    return min(found, MOST_INTEREST)


def _patience(delays: Sequence[float], usual: Sequence[float]) -> float:
    """The time within which PATIENCE of what comes has come: the contact's own, beside a few imagined of people's."""
    together = sorted([*delays, *usual])
    return together[int(PATIENCE * (len(together) - 1) + 0.5)]


def _in_vain(seen: Picture) -> int:
    """How many of the newest mails in a row were neither opened, clicked nor answered, though there was time.

    Silence of somebody whose opens do not show says nothing.
    """
    if seen.trackability.blind or seen.label(Label.NEVER_REPORTS, Label.REPLIES_WITHOUT_OPENING) is not None:
        return 0
    count = 0
    for each in sorted(seen.contact.exchanges, key=lambda each: -each.sent_at):
        if each.opens or each.clicks or each.masked or each.blank or each.replied_at is not None:
            break
        count += seen.at - each.sent_at >= TIME_TO_OPEN
    return count
