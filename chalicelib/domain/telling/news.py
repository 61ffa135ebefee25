"""A notification with all that its telling needs: the contact as advice sees them, the follow-up, and when it is told."""

from dataclasses import dataclass

from chalicelib.domain.habits.advice import FollowUp
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.kinds import Told
from chalicelib.domain.notifications import Notification
from chalicelib.domain.words.sentences import Sentence, say

SURE = 0.75  # below it a headline says that somebody may have done it
LATE = 90.0  # seconds after which it is said when a thing became sure


@dataclass(frozen=True, slots=True)
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
    if not told.name:
        return told.email
    return f"{told.name} <{told.email}>" if news.alike and told.email not in told.name else told.name


def headline(news: News, *, short: bool = False) -> Sentence:
    """Who did what with which mail, as sure as that is. A screen shows little of it: `short` cuts names and subjects."""
    told = news.notification
    subject = " ".join((told.subject or say("your mail")).split())
    parts = {"who": " ".join(who(news).split()), "subject": subject}
    if short:
        parts = {name: _cut(text) for name, text in parts.items()}
    sure = told.verdict.confidence >= SURE
    match told.kind:
        case Told.OPEN if told.correction:
            return say("Correction: as far as we know, {who} has not opened “{subject}”", **parts)
        case Told.CLICK if told.correction:
            return say("Correction: as far as we know, {who} has not clicked a link in “{subject}”", **parts)
        case Told.OPEN if told.times > 1:
            return say("{who} opened “{subject}” again: {times} times by now", times=told.times, **parts)
        case Told.CLICK if told.times > 1:
            return say("{who} clicked in “{subject}” again: {times} times by now", times=told.times, **parts)
        case Told.OPEN:
            return (
                say("{who} opened “{subject}”", **parts) if sure else say("{who} may have opened “{subject}”", **parts)
            )
        case Told.CLICK if sure:
            return say("{who} clicked a link in “{subject}”", **parts)
        case Told.CLICK:
            return say("{who} may have clicked a link in “{subject}”", **parts)
        case Told.REPLY:
            return say("{who} replied to “{subject}”", **parts)
        case Told.BOUNCE:
            return say("“{subject}” did not reach {who}", **parts)
        case Told.COMPLAINT:
            return say("{who} marked “{subject}” as spam", **parts)
        case Told.HOT:
            return say("{who} keeps opening “{subject}”: {times} times within hours", times=told.note, **parts)
        case Told.REVIVED:
            return say("{who} opened “{subject}” again after {days} days", days=told.note, **parts)
        case Told.SHARED if told.note == "unfurled":
            return say("{who} seems to have shared a link of “{subject}” in a chat", **parts)
        case Told.SHARED:
            return say("{who} seems to have passed “{subject}” on", **parts)
        case Told.AWAY:
            return say("{who} is away until {date}", date=told.note, who=parts["who"])
        case Told.REMINDER if told.note == "not_opened":
            return say("No sign that {who} has opened “{subject}”", **parts)
        case Told.REMINDER if told.note == "no_reply":
            return say("{who} read “{subject}” and has not replied", **parts)
        case Told.REMINDER if told.note == "cannot_know":
            return say("No reply from {who} to “{subject}”", **parts)
    return say("You wanted to be reminded of “{subject}” to {who}", **parts)


_MOST_ON_A_SCREEN = 100


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_ON_A_SCREEN else f"{text[: _MOST_ON_A_SCREEN - 1]}…"
