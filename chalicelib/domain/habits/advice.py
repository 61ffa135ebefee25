"""Advice about a contact: write to them, call them or leave them alone, and whom of several first.

It follows from one picture of the contact (picture.py), and it never says that mails were not read where that cannot be
known. What to do about one mail follows from it (follow_ups.py).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from enum import StrEnum

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.behaviour import PEOPLE_REPLY, TIME_TO_OPEN, TIME_TO_REPLY, Label
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import Moment, say

HARDLY = 0.12  # expected rate of answers below which writing once more is not worth it
IN_VAIN = 3  # mails in a row that brought nothing
FADES = 14 * zones.DAY  # after so long, interest counts half
CLICKED = 2.0  # a click, in opens
MOST_INTEREST = 2.0  # by which interest may raise the worth of a step, beside 1
UNTRIED = 2  # mails in vain that somebody stands for of whom nothing is known
SPAM = say("They marked a mail as spam: do not write to them again.")


class Approach(StrEnum):
    """How to reach a contact."""

    WRITE = "write"
    CALL = "call"
    LEAVE = "leave"


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


def outlook(seen: Picture) -> Outlook:
    """How best to reach a contact."""
    contact, at = seen.contact, seen.at
    exchanges = contact.exchanges
    known = [each for each in exchanges if each.replied_at is not None or at - each.sent_at >= TIME_TO_REPLY]
    replies = sum(each.replied_at is not None for each in known)
    answers = PEOPLE_REPLY.after(replies, len(known)).mean
    refused = why_leave(seen)
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
    away = say("{one} Away until {back:day}.", one=found.reason, back=last_day_away(seen))
    return Outlook(found.approach, found.answers, away, found.worth)


def rank(outlooks: Mapping[str, Outlook]) -> list[tuple[str, Outlook]]:
    """Contacts in the order in which effort pays: the next step that is worth most first, whom to leave alone last."""

    def order(each: tuple[str, Outlook]) -> tuple[bool, float, str]:
        return each[1].approach is Approach.LEAVE, -each[1].worth, each[0]

    return sorted(outlooks.items(), key=order)


def why_leave(seen: Picture, *, follow_up: bool = False) -> str | None:
    """Why somebody is to be left alone, whatever else is known of them; None if they are not.

    A `follow_up` of a mail is good for an address of several people too.
    """
    contact = seen.contact
    if seen.complained:
        return SPAM
    if seen.unreachable:
        counts = {"bounced": contact.bounced, "sent": contact.messages}
        return say("{bounced} of {sent} mails bounced: check the address.", **counts)
    if seen.role_address and not follow_up:
        return say("An address of several people, not of one person: nobody's habits, and nobody to call.")
    in_vain = _in_vain(seen)
    if in_vain >= IN_VAIN:
        return say("The last {n} mails brought no reaction.", n=in_vain)
    return None


def last_day_away(seen: Picture) -> Moment:
    """The last day of an absence."""
    if seen.away_until is None:
        return zones.moment(seen.at, seen.zone, named=False)
    return Moment(datetime.combine(seen.away_until, time()))


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
