"""A notification with all that its telling needs: the contact as advice sees them, the follow-up, and when it is told."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from chalicelib.domain.habits.follow_ups import FollowUp
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.messages import Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.state import Status, Tally
from chalicelib.domain.words.sentences import Sentence, day, many, say

SURE = 0.75  # below it a headline says that somebody may have done it
MOST_NAMED = 3  # of several people
LATE = 90.0  # seconds after which it is said when a thing became sure


@record
class News:
    """One thing to tell. `decided_at` is when it became sure, `told_at` when it is told, unix seconds.

    `seen` is None where nothing is known of the contact any more. `alike`: somebody else of the same name is told of as well.
    `last`: what comes next about the contact goes to the digest.
    """

    notification: Notification
    decided_at: float
    told_at: float
    seen: Picture | None = None
    step: FollowUp | None = None
    alike: bool = False
    last: bool = False


def who(news: News) -> str:
    """The person, by name; with the address where there are two of that name, and by the address where there is none."""
    told = news.notification
    if told.among:
        return say("One of {people}", people=together(told.among))
    if not told.name:
        return told.email
    return with_address(told.name, told.email) if news.alike or told.namesake else told.name


def with_address(name: str, email: str) -> str:
    """Somebody whose name alone may be another's."""
    return f"{name} <{email}>" if name and email not in name else name or email


def namesakes(people: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The names, case folded, by which several of these go: names with their addresses."""
    known = defaultdict(set)
    for name, email in people:
        known[name.casefold()].add(email)
    return frozenset(name for name, emails in known.items() if name and len(emails) > 1)


def apart(name: str, email: str, shared: Container[str]) -> str:
    """Somebody as they are called where some names are shared."""
    return with_address(name, email) if name.casefold() in shared else name or email


def together(people: Sequence[Recipient]) -> Sentence:
    """Several people in a row: at most MOST_NAMED by name, or address, and how many others."""
    shared = namesakes((each.name, each.email) for each in people)
    named = [" ".join(apart(each.name, each.email, shared).split()) for each in people]
    if len(named) > MOST_NAMED + 1:
        listed = ", ".join(named[:MOST_NAMED])
        return many("{people} and {n} other", "{people} and {n} others", len(named) - MOST_NAMED, people=listed)
    if len(named) < 2:
        return say("{people}", people="".join(named))
    return say("{people} and {last}", people=", ".join(named[:-1]), last=named[-1])


def of_several(people: Sequence[Recipient], tally: Tally) -> Sentence:
    """What is known of a copy that went to several people."""
    named = together(people)
    match tally.status:
        case Status.REPLIED:
            return say("One of {people} replied.", people=named)
        case Status.CLICKED:
            return say("One of {people} followed a link; it does not show which one.", people=named)
        case Status.OPENED:
            return say("One of {people} opened it; it does not show which one.", people=named)
        case Status.NO_EVIDENCE:
            return say("No sign yet that any of {people} has opened it.", people=named)
        case Status.NOT_TRACKED:
            return say("The copy that {people} got is not tracked.", people=named)
    return say("Whether any of {people} has opened it cannot be known.", people=named)


def headline(news: News, *, short: bool = False) -> Sentence:
    """Who did what with which mail, as sure as that is. A screen shows little of it: `short` cuts names and subjects."""
    told = news.notification
    subject = " ".join((told.subject or say("your mail")).split())
    parts = {"who": who(news) if told.among else " ".join(who(news).split()), "subject": subject}
    if short:
        parts = {name: text if name == "who" and told.among else _cut(text) for name, text in parts.items()}
    if told.among and (told.correction or told.kind is NotificationKind.REMINDER):
        return _of_several(told, parts["subject"])
    sure = told.verdict.confidence >= SURE
    match told.kind:
        case NotificationKind.OPEN if told.correction:
            return say("Correction: as far as we know, {who} has not opened “{subject}”", **parts)
        case NotificationKind.CLICK if told.correction:
            return say("Correction: as far as we know, {who} has not clicked a link in “{subject}”", **parts)
        case NotificationKind.OPEN if told.times > 1:
            return say("{who} opened “{subject}” again: {times} times by now", times=told.times, **parts)
        case NotificationKind.CLICK if told.times > 1:
            return say("{who} clicked in “{subject}” again: {times} times by now", times=told.times, **parts)
        case NotificationKind.OPEN:
            return (
                say("{who} opened “{subject}”", **parts) if sure else say("{who} may have opened “{subject}”", **parts)
            )
        case NotificationKind.CLICK if sure:
            return say("{who} clicked a link in “{subject}”", **parts)
        case NotificationKind.CLICK:
            return say("{who} may have clicked a link in “{subject}”", **parts)
        case NotificationKind.REPLY:
            return say("{who} replied to “{subject}”", **parts)
        case NotificationKind.BOUNCE:
            return say("“{subject}” did not reach {who}", **parts)
        case NotificationKind.COMPLAINT:
            return say("{who} marked “{subject}” as spam", **parts)
        case NotificationKind.HOT:
            return say("{who} keeps opening “{subject}”: {times} times within hours", times=told.note, **parts)
        case NotificationKind.REVIVED:
            return say("{who} opened “{subject}” again after {days} days", days=told.note, **parts)
        case NotificationKind.SHARED if told.note == "unfurled":
            return say("{who} seems to have shared a link of “{subject}” in a chat", **parts)
        case NotificationKind.SHARED:
            return say("{who} seems to have passed “{subject}” on", **parts)
        case NotificationKind.AWAY:
            return say("{who} is away until {date:day}", date=day(told.note), who=parts["who"])
        case NotificationKind.REMINDER if told.note == "not_opened":
            return say("No sign that {who} has opened “{subject}”", **parts)
        case NotificationKind.REMINDER if told.note == "no_reply":
            return say("{who} read “{subject}” and has not replied", **parts)
        case NotificationKind.REMINDER if told.note == "cannot_know":
            return say("No reply from {who} to “{subject}”", **parts)
    return say("You wanted to be reminded of “{subject}” to {who}", **parts)


def _of_several(told: Notification, subject: str) -> Sentence:
    """What none of several people did, as far as is known."""
    parts = {"people": together(told.among), "subject": subject}
    if told.correction and told.kind is NotificationKind.CLICK:
        return say("Correction: as far as we know, none of {people} has clicked a link in “{subject}”", **parts)
    if told.correction:
        return say("Correction: as far as we know, none of {people} has opened “{subject}”", **parts)
    match told.note:
        case "not_opened":
            return say("No sign that any of {people} has opened “{subject}”", **parts)
        case "no_reply":
            return say("One of {people} read “{subject}”, and none has replied", **parts)
    return say("No reply from any of {people} to “{subject}”", **parts)


_MOST_ON_A_SCREEN = 100


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_ON_A_SCREEN else f"{text[: _MOST_ON_A_SCREEN - 1]}…"
