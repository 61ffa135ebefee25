"""How much the sender is told: of what happened, what goes out now, what waits, and what stands in the feed only.

A tracker is worth what its notifications are worth. So people who come together are told together, what says the same is
told once, a person or a thread that keeps on is left to the digest after a few, and nights are the sender's own. All of it
follows from what was told lately: nothing else is kept, and the same facts always decide the same.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification, what
from chalicelib.domain.preferences import Channel, Preferences, Tell
from chalicelib.domain.records import field, record
from chalicelib.domain.telling import quiet

TOGETHER = 120.0  # seconds in which things that happen are told in one mail
AT_ONCE = 5.0  # seconds in which an open and a click are one visit
MOST_OF_ONE = 3  # tellings about one contact in a day...
MOST_OF_THREAD = 3  # ...and about looks at one thread as long as we look back
DAY = 86_400.0
LOOKS_BACK = 7 * DAY

LOOKS = frozenset(
    {
        NotificationKind.OPEN,
        NotificationKind.CLICK,
        NotificationKind.HOT,
        NotificationKind.REVIVED,
        NotificationKind.SHARED,
    }
)
"""What people do without a word: it may be folded into the digest."""


class Fate(StrEnum):
    """What becomes of a notification on a channel."""

    NOW = "now"
    LATER = "later"
    DIGEST = "digest"  # the digest says it, and the page
    UNTOLD = "untold"  # the feed has it


class Why(StrEnum):
    """Why a notification is not told now."""

    TOGETHER = "together"  # with what may come in the next two minutes
    QUIET = "quiet"
    MUTED = "muted"
    NOT_WANTED = "not_wanted"  # never, or only the message's first, or not each time
    CROWD = "crowd"  # the message went to more people than are told one by one
    NOT_TOP = "not_top"
    HANDED_ON = "handed_on"  # the reply itself is in the sender's mailbox
    SAID = "said"  # a telling of the same moment said it
    NEVER_TOLD = "never_told"  # what it takes back was not told
    ENOUGH_OF_ONE = "enough_of_one"
    ENOUGH_OF_THREAD = "enough_of_thread"


@record
class Telling:
    """A notification of lately. `told_at` is when it was told on each channel that it went out on, unix seconds; `waits` is
    whether it is still to be told.
    """

    notification: Notification
    decided_at: float
    told_at: Mapping[Channel, float] = field(default_factory=dict)
    waits: bool = False


@record
class About:
    """What else decides: whether the contact or the thread is muted, whether the contact is one of the sender's top people,
    and whether a reply was handed on to them.
    """

    muted: bool = False
    top: bool = True
    handed_on: bool = False


@record
class Decision:
    """What becomes of a notification on a channel: `at` is when it is to be looked at again, unix seconds."""

    fate: Fate
    why: Why | None = None
    at: float | None = None
    last: bool = False  # the next ones about this contact, or thread, go to the digest


NOW = Decision(Fate.NOW)


def decide(
    told: Notification,
    channel: Channel,
    wishes: Preferences,
    zone: str,
    lately: Sequence[Telling],
    about: About,
    now: float,
    *,
    waited: bool = False,
) -> Decision:
    """What becomes of a notification on a channel at `now`. `lately` is what came before it, this one not among them.

    `waited`: it had its two minutes.
    """
    why_not = _unwanted(told, channel, wishes, about) or _nothing_new(told, channel, lately)
    if why_not is not None:
        return Decision(Fate.UNTOLD, why_not)
    enough, last = _enough(told, channel, lately, now)
    if enough is not None:
        return Decision(Fate.DIGEST, enough)
    breaks_through = told.kind is NotificationKind.REPLY and wishes.quiet.replies
    wakes = None if breaks_through else quiet.ends(wishes.quiet, zone, now)
    if wakes is not None:
        return Decision(Fate.LATER, Why.QUIET, wakes)
    if channel is Channel.EMAIL and not waited and told.kind in LOOKS and not told.correction:
        until = _together(told, lately, now)
        if until > now:
            return Decision(Fate.LATER, Why.TOGETHER, until)
    return Decision(Fate.NOW, last=last)


def _unwanted(told: Notification, channel: Channel, wishes: Preferences, about: About) -> Why | None:
    wish = wishes.wish(channel, told.kind)
    if about.muted:
        return Why.MUTED
    if wish is Tell.NEVER or (wish is Tell.FIRST and not told.first) or (told.times > 1 and wish is not Tell.EVERY):
        return Why.NOT_WANTED
    if told.kind in LOOKS and told.recipients > wishes.group and not told.first:
        return Why.CROWD
    if told.kind in LOOKS and wishes.top_people_only and not about.top:
        return Why.NOT_TOP
    if told.kind is NotificationKind.REPLY and channel is Channel.EMAIL and about.handed_on and not wishes.own_replies:
        return Why.HANDED_ON
    return None


def _nothing_new(told: Notification, channel: Channel, lately: Sequence[Telling]) -> Why | None:
    """A correction of what was not told; a look that is one visit with another that was."""
    if told.correction:
        mine = [each for each in lately if _same(each.notification, told) and not each.notification.correction]
        newest = max(mine, key=lambda each: each.decided_at, default=None)
        return Why.NEVER_TOLD if newest is not None and channel not in newest.told_at else None
    if told.kind not in LOOKS or told.times > 1:
        return None
    for each in lately:
        other = each.notification
        one = (other.message, other.recipient) == (told.message, told.recipient)
        looked = one and other.kind in LOOKS and not other.correction
        if looked and channel in each.told_at and abs(other.at - told.at) <= AT_ONCE:
            return Why.SAID
    return None


def _of_one(one: Notification, other: Notification) -> bool:
    return (one.email, one.among) == (other.email, other.among)


def _same(one: Notification, other: Notification) -> bool:
    name = what(other.kind, other.recipient)
    return one.message == other.message and what(one.kind, one.recipient) == name


def _enough(told: Notification, channel: Channel, lately: Sequence[Telling], now: float) -> tuple[Why | None, bool]:
    """Whether there was enough about this contact, or this thread; and whether this is the last."""
    if told.kind not in LOOKS or told.correction:
        return None, False
    of_one = {
        each.told_at[channel]
        for each in lately
        if channel in each.told_at and _of_one(each.notification, told) and now - each.told_at[channel] < DAY
    }
    thread = told.thread or told.message
    of_thread = {
        each.told_at[channel]
        for each in lately
        if channel in each.told_at
        and each.notification.kind in LOOKS
        and (each.notification.thread or each.notification.message) == thread
    }
    if len(of_one) >= MOST_OF_ONE:
        return Why.ENOUGH_OF_ONE, False
    if told.thread and len(of_thread) >= MOST_OF_THREAD:
        return Why.ENOUGH_OF_THREAD, False
    return None, len(of_one) + 1 == MOST_OF_ONE or (bool(told.thread) and len(of_thread) + 1 == MOST_OF_THREAD)


def _together(told: Notification, lately: Sequence[Telling], now: float) -> float:
    """Until when a look waits for others: of a mail to several people, and where there was a mail just now."""
    until = told.at + TOGETHER if told.recipients > 1 else now
    told_last = max((each.told_at.get(Channel.EMAIL, 0.0) for each in lately), default=0.0)
    return max(until, told_last + TOGETHER)


def is_top(replied: int, clicked: int, opens: int) -> bool:
    """Whether somebody is one of the sender's top people: who answers, follows links, or opens again."""
    return bool(replied or clicked or opens >= MOST_OF_ONE)
