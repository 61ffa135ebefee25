"""What a contact does with mail, in labels, each with the number of mails it rests on and how sure it is.

Every label weighs two explanations of the same counts: the contact is of that kind, or is like people in general
(beliefs.py). So two mails decide nothing, and what chance brings about in anybody labels nobody.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.beliefs import Rate, belief, from_log_odds
from chalicelib.domain.habits.delays import duration, median
from chalicelib.domain.habits.evidence import AT_ONCE, LONGEST_WAIT, hours_since_monday
from chalicelib.domain.habits.rhythms import HOURS, shipped
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import say

TIME_TO_OPEN = 2 * zones.DAY  # a younger mail that was not opened says nothing yet...
TIME_TO_REPLY = 4 * zones.DAY  # ...nor does one that was not answered
FAST = 2 * 3600
NIGHT = frozenset((22, 23, 0, 1, 2, 3, 4))  # hours of the day
LOOKS = 30.0  # that people take at their mail in a week, as the null for nights has it
FEWEST = 3  # mails
OFTEN = 2 / 3  # share of mails opened
SURE = 2 / 3  # probability from which a label is given: two to one

# How often people of a kind and people in general do a thing, and how common the kind is. They are judgements about
# one-to-one mail, not fits to data; tests/bench/behaviour.py shows what they find and what they miss.
PEOPLE_ACTIVE = Rate(2, 1.5)
PEOPLE_REPLY, NEVER = Rate(2, 3), Rate(0.5, 30)
PEOPLE_FAST, MOSTLY_FAST = Rate(1.5, 2.5), Rate(9, 1.5)
PEOPLE_UNSEEN, MOSTLY_UNSEEN = Rate(0.7, 6), Rate(6, 1.5)
PEOPLE_REPORT, HARDLY_REPORT = Rate(6, 1), Rate(0.3, 15)
AT_NIGHT, NIGHTS_ALIKE = Rate(6, 4), 6.0  # the latter: how alike people's shares of nights are, in imagined mails
SILENT = Rate(0.2, 10)
COMMON, RARE = 0.25, 0.1  # shares of people who are of a kind
FALLING_SILENT = 0.02  # share of contacts who do, from one mail to the next


class Label(StrEnum):
    """A kind of contact."""

    OPENS_OFTEN_NEVER_REPLIES = "opens_often_never_replies"
    REPLIES_FAST = "replies_fast"
    READS_LATE_AT_NIGHT = "reads_late_at_night"
    REPLIES_WITHOUT_OPENING = "replies_without_opening"  # loads no pictures: not opened does not mean not read
    WENT_SILENT = "went_silent"
    NEVER_REPORTS = "never_reports"  # opens are hidden or blocked: whether a mail was read cannot be known


@record
class Behaviour:
    """A label, how likely it is to be true (0 to 1), the number of mails it rests on, the evidence in one sentence."""

    label: Label
    confidence: float
    n: int
    evidence: str


def behaviour(exchanges: Sequence[Exchange], zone: str | None, at: float) -> list[Behaviour]:
    """The labels that fit the newest messages to one contact as seen at unix time `at`, the surest first.

    `zone` is the contact's time zone, known or inferred; without one that is known nothing is said of nights.
    """
    found = [
        _opens_often_never_replies(exchanges, at),
        _replies_fast(exchanges),
        _reads_late_at_night(exchanges, zone) if zone is not None and zones.known(zone) else None,
        _replies_without_opening(exchanges),
        _went_silent(exchanges, at),
        _never_reports(exchanges),
    ]
    sure = [each for each in found if each is not None and each.n >= FEWEST and each.confidence >= SURE]
    return sorted(sure, key=lambda each: -each.confidence)


def _opens_often_never_replies(exchanges: Sequence[Exchange], at: float) -> Behaviour | None:
    ripe = [each for each in exchanges if each.opens or (at - each.sent_at >= TIME_TO_OPEN and not each.blank)]
    opened = [each for each in ripe if each.opens]
    read = [each for each in opened if each.replied_at is not None or at - each.sent_at >= TIME_TO_REPLY]
    if not read or len(opened) < OFTEN * len(ripe):
        return None
    replies = sum(each.replied_at is not None for each in exchanges)
    confidence = belief(replies, max(len(read), replies), NEVER, PEOPLE_REPLY, COMMON)
    opens = sum(each.opens for each in opened) / len(opened)
    counts = {"opened": len(opened), "sent": len(ripe), "times": opens, "replies": replies}
    if replies:
        evidence = say(
            "Opened {opened} of {sent} mails, {times:.1f} times each on average, and answered {replies}.", **counts
        )
    else:
        evidence = say(
            "Opened {opened} of {sent} mails, {times:.1f} times each on average, and never answered.", **counts
        )
    return Behaviour(Label.OPENS_OFTEN_NEVER_REPLIES, confidence, len(read), evidence)


def _replies_fast(exchanges: Sequence[Exchange]) -> Behaviour | None:
    """From reading where that was seen, else from sending."""
    delays = [each.replied_at - _read_at(each) for each in exchanges if each.replied_at is not None]
    if not delays:
        return None
    fast = sum(delay <= FAST for delay in delays)
    confidence = belief(fast, len(delays), MOSTLY_FAST, PEOPLE_FAST, COMMON)
    evidence = say(
        "{fast} of {replies} replies came within {soon} of reading, half within {half}.",
        fast=fast,
        replies=len(delays),
        soon=duration(FAST),
        half=duration(median(delays)),
    )
    return Behaviour(Label.REPLIES_FAST, confidence, len(delays), evidence)


def _read_at(exchange: Exchange) -> float:
    """When a mail that was answered was read, as far as was seen: otherwise when it was sent."""
    read, replied = exchange.opened_at, exchange.replied_at
    return read if read is not None and replied is not None and read <= replied else exchange.sent_at


def _reads_late_at_night(exchanges: Sequence[Exchange], zone: str) -> Behaviour | None:
    opened = [
        (each.sent_at, each.opened_at)
        for each in exchanges
        if each.opened_at is not None and each.opened_at - each.sent_at > AT_ONCE * 3600
    ]
    if not opened:
        return None
    nights = sum(hours_since_monday(opened_at, zone) % 24 // 1 in NIGHT for _, opened_at in opened)
    usual = sum(_night_share(int(hours_since_monday(sent_at, zone)) % HOURS) for sent_at, _ in opened) / len(opened)
    people = Rate(NIGHTS_ALIKE * usual, NIGHTS_ALIKE * (1 - usual))
    confidence = belief(nights, len(opened), AT_NIGHT, people, RARE) if AT_NIGHT.mean > 1.5 * usual else 0.0
    evidence = say(
        "{nights} of {opened} mails were first opened between 22 and 5 o'clock; {usual:.0%} is usual.",
        nights=nights,
        opened=len(opened),
        usual=usual,
    )
    return Behaviour(Label.READS_LATE_AT_NIGHT, confidence, len(opened), evidence)


@lru_cache(maxsize=HOURS)
def _night_share(sent: int) -> float:
    """How likely people in general are to see first at night what was sent in that hour of the week, on their clock."""
    unseen, nights = 1.0, 0.0
    for hour in range(sent, sent + int(LONGEST_WAIT)):
        seen = unseen * -math.expm1(-LOOKS * shipped().usual[hour % HOURS])
        unseen -= seen
        nights += seen if hour % 24 in NIGHT else 0.0
    return nights / (1 - unseen)


def _replies_without_opening(exchanges: Sequence[Exchange]) -> Behaviour | None:
    replied = [each for each in exchanges if each.replied_at is not None and not each.blank]
    unseen = sum(each.opened_at is None or each.opened_at > (each.replied_at or 0) for each in replied)
    confidence = belief(unseen, len(replied), MOSTLY_UNSEEN, PEOPLE_UNSEEN, RARE)
    evidence = say("{unseen} of {n} replies came without an open before them.", unseen=unseen, n=len(replied))
    return Behaviour(Label.REPLIES_WITHOUT_OPENING, confidence, len(replied), evidence)


def _went_silent(exchanges: Sequence[Exchange], at: float) -> Behaviour | None:
    """Somebody fell silent after some mail of the silence, or the silence is chance at the rate there was before."""
    known = [each for each in exchanges if _active(each) or (at - each.sent_at >= TIME_TO_OPEN and not _hidden(each))]
    until = max((place for place, each in enumerate(known, 1) if _active(each)), default=0)
    before, silence = known[:until], _a_day_apart(known[until:])
    k, n = sum(map(_active, before)), len(silence)
    if not k or not n:
        return None
    rate = PEOPLE_ACTIVE.after(k, len(before))
    goes_on = math.log(1 - FALLING_SILENT)
    chance = rate.log_likelihood(0, n) + n * goes_on
    fell = math.log(FALLING_SILENT) + math.log(
        sum(
            math.exp(rate.log_likelihood(0, missed) + missed * goes_on + SILENT.log_likelihood(0, n - missed))
            for missed in range(n)
        )
    )
    evidence = say("Active in {k} of {before} mails before, in none of the last {n}.", k=k, before=len(before), n=n)
    return Behaviour(Label.WENT_SILENT, from_log_odds(fell - chance), n, evidence)


def _a_day_apart(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Without those sent within a day of the one before: somebody away for a day misses all of them."""
    kept: list[Exchange] = []
    for each in exchanges:
        if not kept or each.sent_at - kept[-1].sent_at >= zones.DAY:
            kept.append(each)
    return kept


def _never_reports(exchanges: Sequence[Exchange]) -> Behaviour | None:
    """Judged by the mails that were surely read, or loaded by a client that hides whether they were."""
    carried = [each for each in exchanges if not each.blank]
    telling = [each for each in carried if each.masked or each.replied_at is not None]
    if any(each.opens for each in carried):
        return None
    confidence = belief(0, len(telling), HARDLY_REPORT, PEOPLE_REPORT, RARE)
    replied = sum(each.replied_at is not None for each in telling)
    counts = {"replied": replied, "sent": len(carried), "hidden": len(telling) - replied}
    if len(telling) > replied:
        evidence = say(
            "No open was ever seen: {replied} of {sent} mails were answered without one, {hidden} loaded by a client that "
            "hides them.",
            **counts,
        )
    else:
        evidence = say("No open was ever seen: {replied} of {sent} mails were answered without one.", **counts)
    return Behaviour(Label.NEVER_REPORTS, confidence, len(telling), evidence)


def _hidden(exchange: Exchange) -> bool:
    """Whether an open of it would not show."""
    return exchange.masked or exchange.blank


def _active(exchange: Exchange) -> bool:
    return bool(exchange.opens or exchange.clicks or exchange.replied_at is not None)
