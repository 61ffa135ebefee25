"""Letters that tell: notifications together in one mail, a push, and the digest."""

from collections.abc import Container, Mapping, Sequence

from chalicelib.domain.events import Verdict
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.delays import duration
from chalicelib.domain.letters import Letter, Part, Push, compose
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling.news import LATE, News, apart, headline, namesakes, who
from chalicelib.domain.telling.today import Card, Line, Today
from chalicelib.domain.telling.turning_to import Person, Unknown
from chalicelib.domain.telling.what_now import what_now
from chalicelib.domain.verdicts.explanations import SAID, explain
from chalicelib.domain.words.sentences import Sentence, many, noted, said, say

MOST_TOGETHER = 25  # notifications in one mail: the others are counted


def told(
    news: Sequence[News],
    zone: str,
    language: str,
    page: Mapping[str, str],
    links: Sequence[tuple[str, str]],
    headers: dict[str, str],
) -> Letter:
    """The mail that tells these things. `page` is the URL of each message's page; `links` stand in the footer."""
    ordered = sorted(news, key=lambda each: each.notification.at)
    if len(ordered) == 1:
        (only,) = ordered
        parts = [Part(headline(only), _rows(only, zone), link=(_OPEN_IT, page[only.notification.message]))]
        subject: Sentence = headline(only)
    else:
        shown = ordered[:MOST_TOGETHER]
        parts = [Part(headline(each), _rows(each, zone), link=None) for each in shown]
        messages = list(dict.fromkeys(each.notification.message for each in shown))
        if len(messages) == 1:
            parts.append(Part(link=(_OPEN_IT, page[messages[0]])))
        subject = _subject(ordered)
        parts.insert(0, Part(subject))
    if any(each.last for each in ordered):
        whose = next(who(each) for each in ordered if each.last)
        parts.append(
            Part(
                lines=[
                    say(
                        "More about {who} today goes to your digest and your page, not to a mail of its own.", who=whose
                    )
                ]
            )
        )
    if len(ordered) > MOST_TOGETHER:
        parts.append(Part(lines=[many("And {n} more.", "And {n} more.", len(ordered) - MOST_TOGETHER)]))
    return compose(subject, parts, language, links, headers)


def _subject(news: Sequence[News]) -> Sentence:
    """What several things have in common: one mail that several people looked at, one person, or just how many they are."""
    first = news[0].notification
    people = list(dict.fromkeys((each.notification.email, each.notification.among) for each in news))
    if len(people) == 1:
        best = min(news, key=lambda each: _ORDER.index(each.notification.kind))
        if len({each.notification.message for each in news}) == 1:
            return headline(best)
        return many("{what}, and {n} more", "{what}, and {n} more", len(news) - 1, what=headline(best))
    looks = all(
        each.notification.kind is NotificationKind.OPEN
        and not each.notification.correction
        and not each.notification.among
        for each in news
    )
    if looks and len({each.notification.message for each in news}) == 1 and first.subject:
        subject = " ".join(first.subject.split())
        return many("{n} person opened “{subject}”", "{n} people opened “{subject}”", len(people), subject=subject)
    return many("{n} piece of news about your mail", "{n} pieces of news about your mail", len(news))


_ORDER = (
    NotificationKind.COMPLAINT,
    NotificationKind.REPLY,
    NotificationKind.BOUNCE,
    NotificationKind.CLICK,
    NotificationKind.HOT,
    NotificationKind.REVIVED,
    NotificationKind.OPEN,
    NotificationKind.SHARED,
    NotificationKind.AWAY,
    NotificationKind.REMINDER,
)
_CERTAIN = frozenset(
    {
        NotificationKind.REPLY,
        NotificationKind.BOUNCE,
        NotificationKind.COMPLAINT,
        NotificationKind.AWAY,
        NotificationKind.REMINDER,
    }
)
"""What a mail or a service told us in words, or what did not happen: a screen says at once what to do about it."""
_OPEN_IT = noted("Open this message")


def _rows(news: News, zone: str) -> list[tuple[str, str]]:
    told = news.notification
    rows: list[tuple[str, str]] = []
    if told.kind is NotificationKind.REMINDER:
        rows.append((noted("What is known"), _known(news, zone)))
    else:
        rows.append((noted("When"), _when(news, zone)))
        verdict, words = _apart(told.verdict)
        rows.append((noted("How sure"), say("{sure:.0%}. {why}", sure=verdict.confidence, why=explain(verdict))))
        rows += [(noted("The mail server said"), words)] if words else []
    if told.kind is NotificationKind.BOUNCE:
        rows.append((noted("Address"), told.email))
    if told.link and told.kind is NotificationKind.CLICK:
        rows.append((noted("Link"), told.link))
    rows.append((noted("What now"), what_now(news).sentence))
    return rows


def _apart(verdict: Verdict) -> tuple[Verdict, str]:
    """A verdict without the words that a mail system wrote, and these."""
    words = next((reason.removeprefix(SAID) for reason in verdict.reasons if reason.startswith(SAID)), "")
    rest = tuple(reason for reason in verdict.reasons if not reason.startswith(SAID))
    return Verdict(verdict.kind, verdict.confidence, rest), words


def _known(news: News, zone: str) -> Sentence:
    """What a reminder rests on."""
    told = news.notification
    since = zones.moment(told.since or told.sent_at, zone, named=False)
    if told.note == "no_reply":
        return say("Read on {since:day}; no answer came since.", since=since)
    if told.note == "cannot_know" and news.seen is not None and news.seen.trackability.blind:
        return say("Sent on {since:day}. {why}", since=since, why=news.seen.trackability.evidence)
    if told.note == "cannot_know":
        return say("Sent on {since:day}. Whether it was read cannot be known.", since=since)
    return say("Sent on {since:day}; no open was seen since.", since=since)


def _when(news: News, zone: str) -> Sentence:
    """When it happened, and how long after the mail was sent; or, where it was doubtful for a while, when it became sure."""
    told = news.notification
    when = zones.moment(told.at, zone)
    if news.decided_at - told.at > LATE:
        sure = zones.moment(news.decided_at, zone, named=False)
        if zones.local(zone, news.decided_at).date() == zones.local(zone, told.at).date():
            return say("{when}; it became sure at {sure:clock}", when=when, sure=sure)
        return say("{when}; it became sure on {sure}", when=when, sure=sure)
    after = told.at - told.sent_at
    if after < 60:
        return say("{when}, less than a minute after you sent it", when=when)
    return say("{when}, {lasted} after you sent it", when=when, lasted=duration(after))


def pushed(news: News, language: str, *, sound: bool) -> Push:
    """The push that tells one thing. Long names and subjects are cut: a service takes 4 kB, a screen shows less."""
    told = news.notification
    data = {"message": told.message, "recipient": str(told.recipient), "kind": told.kind.value}
    now = what_now(news).sentence
    doubted = told.kind not in _CERTAIN and not told.correction
    body = say("{sure:.0%} sure. {now}", sure=told.verdict.confidence, now=now) if doubted else now
    return Push(said(headline(news, short=True), language), said(body, language), data, sound, language)


def pushed_together(news: Sequence[News], language: str, *, sound: bool) -> Push:
    """One push for several things: how many, and the most important of them."""
    ordered = sorted(news, key=lambda each: _ORDER.index(each.notification.kind))
    first = ordered[0].notification
    data = {"message": first.message, "recipient": str(first.recipient), "kind": first.kind.value}
    body = " · ".join(said(headline(each, short=True), language) for each in ordered[:3])
    return Push(said(_subject(ordered), language), body, data, sound, language)


def digest(today: Today, language: str, home: str, links: Sequence[tuple[str, str]], headers: dict[str, str]) -> Letter:
    """The digest, with a link to the page `home`. Its subject is the result; then what to do, what happened, and what cannot
    be known.
    """
    people = [(each.name, each.email) for each in today.people]
    shared = namesakes([*people, *((each.name, each.email) for each in today.cannot_know)])
    subject = _result(today, shared)
    parts = [Part(subject)]
    parts += _section(noted("Do now"), [_card(each) for each in today.now])
    parts += _section(noted("Write or call"), [_person(each, today.zone, shared) for each in today.people])
    parts += _section(noted("What happened"), [_line(each, today.zone) for each in today.latest])
    unknown = [_unknown(each, shared) for each in today.cannot_know]
    parts += _section(noted("What cannot be known"), unknown)
    parts.append(Part(link=(noted("Open today's page"), home)))
    return compose(subject, parts, language, links, headers)


def _result(today: Today, shared: Container[str]) -> Sentence:
    """What the subject says: what happened, and whom to turn to first."""
    summary = str(today.summary)
    first = today.people[0] if today.people else None
    happened = say("{what}", what=today.summary.values["what"]) if summary and "what" in today.summary.values else None
    if first is None:
        return happened or today.summary
    name = apart(first.name, first.email, shared)
    turn = say("call {who}", who=name) if first.approach == "call" else say("write to {who}", who=name)
    return say("{what}; {turn}", what=happened, turn=turn) if happened is not None else say("Today: {turn}", turn=turn)


def _section(heading: str, lines: Sequence[Sentence]) -> list[Part]:
    return [Part(heading, lines=lines)] if lines else []


def _card(card: Card) -> Sentence:
    return say("{what}. {now}", what=card.headline, now=card.what_now.sentence)


def _person(person: Person, zone: str, shared: Container[str]) -> Sentence:
    name = apart(person.name, person.email, shared)
    here = zones.moment(person.at, zone, named=False)
    hour = {"who": name, "hour": person.hour, "here": here, "why": person.reason}
    if person.approach == "call":
        return say("Call {who}: {hour}, {here:hour} for you. {why}", **hour)
    return say("Write to {who}: {hour}, {here:hour} for you. {why}", **hour)


def _unknown(unknown: Unknown, shared: Container[str]) -> Sentence:
    parts = {"subject": unknown.subject, "who": apart(unknown.name, unknown.email, shared), "why": unknown.reason}
    return say("“{subject}” to {who}: {why}", **parts)


def _line(line: Line, zone: str) -> Sentence:
    when = zones.moment(line.at, zone, named=False)
    if line.corrected:
        return say("Taken back: {what}", what=line.text)
    if line.more:
        more = many("and {n} other", "and {n} others", line.more)
        return say("{what}, {more}; last on {when:hour}", what=line.text, more=more, when=when)
    return say("{what}; last on {when:hour}", what=line.text, when=when)
