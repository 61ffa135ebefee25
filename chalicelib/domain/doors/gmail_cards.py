"""The cards of the Gmail add-on: home, beside a mail, beside the composer. What each shows, and what a tap asks for."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chalicelib.domain.doors import cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.habits import zones
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.state import State, Status, Tally
from chalicelib.domain.summaries import Summary
from chalicelib.domain.verdicts.judging import Judgement

READ_THIS_MAIL = "https://www.googleapis.com/auth/gmail.addons.current.message.readonly"

_SIGNS = {
    Status.NO_EVIDENCE: ("No sign of opening", "mail"),
    Status.OPENED: ("Opened", "drafts"),
    Status.CLICKED: ("Clicked", "ads_click"),
    Status.REPLIED: ("Replied", "reply"),
    Status.BOUNCED: ("Bounced", "error"),
    Status.CANNOT_KNOW: ("Cannot know", "help"),
    Status.NOT_TRACKED: ("Not tracked", "visibility_off"),
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REMIND = {
    "": "No change",
    "tomorrow": "Tomorrow",
    "two_business_days": "In two business days",
    "week": "In a week",
    "never": "Never",
}


class Place(NamedTuple):
    """Where things are: our public URL, and the user's time zone (an IANA name), as Gmail tells it."""

    url: str
    zone: str

    @property
    def act(self) -> str:
        """What a tap asks."""
        return f"{self.url}/gmail/act"


def stranger(place: Place, email: str, *, known: bool = False) -> Json:
    """The card of a Google user who is no sender here; of one `known`, by whose address nobody may sign in."""
    said = f"{email} is no address of a sender here. Sign in with it, or add it to your account, and let it sign in."
    if known:
        said = (
            f"{email} is an address of a sender here, by which nobody signs in. Its sender allows it in the settings."
        )
    return cards.card(
        "Unsealed",
        [
            cards.text(said),
            cards.buttons(
                cards.button("Sign in", cards.opening(f"{place.url}/app/sign-in")),
                cards.button("Add an address", cards.opening(f"{place.url}/app/settings#addresses")),
            ),
        ],
    )


def home(place: Place) -> Json:
    """The card beside the list of mails: the ways to our pages, and how to begin."""
    return cards.card(
        "Unsealed",
        [
            cards.row("Today", below="What there is to do now", icon="today", link=f"{place.url}/app/today"),
            cards.row("Messages", below="All that is tracked", icon="mail", link=f"{place.url}/app/messages"),
            cards.row("Settings", below="What to be told, and how", icon="settings", link=f"{place.url}/app/settings"),
        ],
        [
            cards.text(
                "To track a mail, write it to the end, and tap Unsealed below it. Open a mail that you sent to see who read it."
            )
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
        several = f"One of these {len(message.shared)}, nobody knows which"
        people.insert(0, _person(place, ONE_OF_THEM, several, state.shared, state.shared.status, judged))
    times = [_time(each.email, best[each.email]) for each in message.recipients if each.email in best]
    switch = cards.button(
        "Tell me again" if muted else "Mute",
        cards.acting(place.act, do="unmute" if muted else "mute", message=message.id),
    )
    timeline = cards.button("Timeline", cards.opening(f"{place.url}/app/message?id={message.id}"))
    remind = cards.choice("remind", "Remind me", _REMIND, cards.acting(place.act, do="remind", message=message.id))
    return cards.card(
        message.subject or "This mail",
        people,
        times,
        [remind, cards.buttons(timeline, switch)],
        below=f"sent {_at(message.sent_at, place.zone)}",
    )


def unknown(place: Place, may_read: bool) -> Json:
    """The card beside a mail of which we know nothing; if its text was not read, it may still hold our pixel."""
    look = cards.button("Look for tracking in this mail", cards.acting(place.act, do="look"))
    return cards.card(
        "Unsealed",
        [
            cards.text("No tracking is known of this mail."),
            *(
                ()
                if may_read
                else (
                    cards.text(
                        "A mail that was tracked from this composer is known by its text, for which Google asks you."
                    ),
                    cards.buttons(look),
                )
            ),
        ],
    )


def composing(place: Place, people: Sequence[str], gateway: bool) -> Json:
    """The card beside the composer: the pixel, a tracked link, the recipients through the gateway."""
    if not people:
        return cards.card("Track this mail", [cards.text("Say first whom it goes to, then tap Unsealed again.")])
    whom = (
        f"To {people[0]}."
        if len(people) == 1
        else f"Gmail sends one mail to all {len(people)}: you are told what one of them did, not who. Through Unsealed each "
        "gets a copy of their own, and you are told who."
    )
    pixel = [
        cards.text(f"{whom} Insert this last: it goes where the cursor is."),
        cards.buttons(cards.button("Insert tracking", cards.acting(place.act, do="track"))),
    ]
    link = [
        cards.field("url", "A link to track", "https://example.com/offer"),
        cards.field("words", "Its words", "Our offer"),
        cards.buttons(cards.button("Insert link", cards.acting(place.act, do="link"))),
    ]
    through = [
        cards.text("Sends by our gateway, which tracks every link and hands answers on to you. Subject and text stay."),
        cards.buttons(cards.button("Send through Unsealed", cards.acting(place.act, do="gateway"))),
    ]
    return cards.card("Track this mail", pixel, link, through if gateway else [])


def _person(place: Place, number: int, who: str, tally: Tally, status: Status, judged: Sequence[Judgement]) -> Json:
    sign, icon = _SIGNS[status]
    last = max(
        (each for each in judged if each.event.recipient == number and each.counted),
        key=lambda each: each.event.at,
        default=None,
    )
    seen = [words for n, words in ((tally.opens, "opens"), (tally.clicks, "clicks"), (tally.replies, "replies")) if n]
    counts = ", ".join(
        f"{getattr(tally, words)} {words if getattr(tally, words) != 1 else _one(words)}" for words in seen
    )
    sure = f"last {_at(last.event.at, place.zone)}, {last.verdict.confidence:.0%} sure" if last else ""
    return cards.row(who, above=sign, below="; ".join(filter(None, (counts, sure))), icon=icon)


def _one(words: str) -> str:
    return {"opens": "open", "clicks": "click", "replies": "reply"}[words]


def _time(email: str, summary: Summary) -> Json:
    found = summary.send_time
    when = f"{_DAYS[found.weekday]} {found.hour:02d}:00, {found.time_zone}"
    return cards.row(
        when if found.enough_data else f"{when}: too little is known of them yet, this suits most people",
        above=f"Best time to write to {email}",
        icon="schedule",
    )


def _at(at: float, zone: str) -> str:
    local = zones.local(zone, at)
    return f"{_DAYS[local.weekday()][:3]} {local.day}.{local.month}. {local.hour:02d}:{local.minute:02d}"
