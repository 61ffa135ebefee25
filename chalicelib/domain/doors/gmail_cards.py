"""The cards of the Gmail add-on: home, beside a mail. What each shows, and what a tap asks for."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from chalicelib.domain.doors import cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.habits import zones
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.state import State, Status, Tally
from chalicelib.domain.summaries import Summary
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import Moment, Sentence, many, say

READ_THIS_MAIL = "https://www.googleapis.com/auth/gmail.addons.current.message.readonly"

_SIGNS = {
    Status.NO_EVIDENCE: (say("No sign of opening"), "mail"),
    Status.OPENED: (say("Opened"), "drafts"),
    Status.CLICKED: (say("Clicked"), "ads_click"),
    Status.REPLIED: (say("Replied"), "reply"),
    Status.BOUNCED: (say("Bounced"), "error"),
    Status.CANNOT_KNOW: (say("Cannot know"), "help"),
    Status.NOT_TRACKED: (say("Not tracked"), "visibility_off"),
}
_REMIND = {
    "": say("No change"),
    "tomorrow": say("Tomorrow"),
    "two_business_days": say("In two business days"),
    "week": say("In a week"),
    "never": say("Never"),
}


class Place(NamedTuple):
    """Where things are: our public URL, and the user's time zone (an IANA name), as Gmail tells it."""

    url: str
    zone: str

    @property
    def act(self) -> str:
        """What a tap asks."""
        return f"{self.url}/gmail/act"

    def page(self, name: str) -> str:
        """A page of ours."""
        return f"{self.url}/app/{name}"


def stranger(place: Place, email: str, *, known: bool = False) -> Json:
    """The card of a Google user who is no sender here; of one `known`, by whose address nobody may sign in."""
    told = (
        say(
            "{email} is an address of a sender here, by which nobody signs in. Its sender allows it in the settings.",
            email=email,
        )
        if known
        else say(
            "{email} is no address of a sender here. Sign in with it, or add it to your account, and let it sign in.",
            email=email,
        )
    )
    return cards.card(
        "Unsealed",
        [
            cards.text(told),
            cards.buttons(
                cards.button(say("Sign in"), cards.opening(place.page("sign-in"))),
                cards.button(say("Add an address"), cards.opening(place.page("settings#addresses"))),
            ),
        ],
    )


def home(place: Place) -> Json:
    """The card beside the list of mails: the ways to our pages, and how to begin."""
    return cards.card(
        "Unsealed",
        [
            cards.row(say("Today"), below=say("What there is to do now"), icon="today", link=f"{place.url}/app/today"),
            cards.row(say("Messages"), below=say("All that is tracked"), icon="mail", link=f"{place.url}/app/messages"),
            cards.row(
                say("Settings"),
                below=say("What to be told, and how"),
                icon="settings",
                link=f"{place.url}/app/settings",
            ),
        ],
        [
            cards.text(say("To track a mail, write it to the end, and tap Unsealed below it.")),
            cards.text(say("Open a mail that you sent to see who read it.")),
        ],
    )


def beside(
    place: Place, message: Message, state: State, judged: Sequence[Judgement], best: Mapping[str, Summary],
    muted: bool,
) -> Json:  # fmt: skip
    """The card beside a mail that is tracked: a row for each recipient, and what can be done about it."""
    people = [
        _person(place, number, each.email, state.tally(number), state.status_of(message, number), judged)
        for number, each in enumerate(message.recipients)
        if not each.erased
    ]
    if state.shared is not None:
        several = say("One of these {n}, nobody knows which", n=len(message.shared))
        people.insert(0, _person(place, ONE_OF_THEM, several, state.shared, state.shared.status, judged))
    known = [(each.email, best[each.email]) for each in message.recipients if each.email in best]
    sure = [_time(*each) for each in known if each[1].send_time.enough_data]
    times = sure or [_time(*each) for each in known[:1]]  # what suits most people is said once
    switch = cards.button(
        say("Tell me again") if muted else say("Mute"),
        cards.acting(place.act, do="unmute" if muted else "mute", message=message.id),
    )
    timeline = cards.button(say("Timeline"), cards.opening(place.page(f"message?id={message.id}")))
    remind = cards.choice("remind", say("Remind me"), _REMIND, cards.acting(place.act, do="remind", message=message.id))
    return cards.card(
        message.subject or say("This mail"),
        people,
        times,
        [remind, cards.buttons(timeline, switch)],
        below=say("sent {when}", when=clock(message.sent_at, place.zone)),
    )


def unknown(place: Place, may_read: bool) -> Json:
    """The card beside a mail of which we know nothing; if its text was not read, it may still hold our pixel."""
    look = cards.button(say("Look for tracking in this mail"), cards.acting(place.act, do="look"))
    return cards.card(
        "Unsealed",
        [
            cards.text(say("No tracking is known of this mail.")),
            *(
                ()
                if may_read
                else (
                    cards.text(
                        say(
                            "A mail that was tracked from this composer is known by its text, for which Google asks you."
                        )
                    ),
                    cards.buttons(look),
                )
            ),
        ],
    )


def _person(place: Place, number: int, who: str, tally: Tally, status: Status, judged: Sequence[Judgement]) -> Json:
    sign, icon = _SIGNS[status]
    last = max(
        (each for each in judged if each.event.recipient == number and each.counted),
        key=lambda each: each.event.at,
        default=None,
    )
    counts = [
        *([many("{n} open", "{n} opens", tally.opens)] if tally.opens else []),
        *([many("{n} click", "{n} clicks", tally.clicks)] if tally.clicks else []),
        *([many("{n} reply", "{n} replies", tally.replies)] if tally.replies else []),
    ]
    if last:
        sure = f"{last.verdict.confidence:.0%}"
        counts.append(say("last {when}, {sure} sure", when=clock(last.event.at, place.zone), sure=sure))
    return cards.row(who, above=sign, below=_listed(counts), icon=icon)


def _listed(facts: Sequence[Sentence]) -> str:
    """Facts on one line, each still a sentence."""
    line: str = facts[0] if facts else ""
    for each in facts[1:]:
        line = say("{first}; {next}", first=line, next=each)
    return line


def _time(email: str, summary: Summary) -> Json:
    found = summary.send_time
    hour = datetime(2001, 1, 1 + found.weekday, found.hour, tzinfo=UTC)  # that day was a Monday
    when = Moment(hour, found.time_zone)
    return cards.row(
        say("{when:hour}", when=when)
        if found.enough_data
        else say("{when:hour}: too little is known of them yet, this suits most people", when=when),
        above=say("Best time to write to {email}", email=email),
        icon="schedule",
    )


def clock(at: float, zone: str) -> Sentence:
    """A moment, by the clock of a zone."""
    return say("{when:day}, {when:clock}", when=Moment(zones.local(zone, at)))
