"""The cards of the Gmail add-on beside the composer: a pixel, a link, the gateway; and a draft that is tracked and sent."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chalicelib.domain.doors import cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.doors.gmail_cards import Place, clock
from chalicelib.domain.doors.gmail_drafts import LARGEST, GmailDraft
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.words.sentences import Sentence, say

_LEFT: Mapping[str, Sentence] = {
    Reason.PLAIN: say("it is plain text, which can carry no pixel"),
    Reason.SIGNED: say("it is signed, and a change would break that"),
    Reason.ENCRYPTED: say("it is encrypted"),
    Reason.CALENDAR: say("it is an invitation"),
    Reason.TOO_LARGE: say("it is too large"),
    Reason.COMPANY: say("somebody among them wants no tracking"),
}


class Drafts(NamedTuple):
    """What is known of the draft that is open: those that go to the same people, `sure` where there can be no other.

    `asked` is whether the user still has to let us look; `silent` whether Gmail did not answer.
    """

    found: Sequence[GmailDraft] = ()
    sure: bool = False
    asked: bool = False
    silent: bool = False


def composing(place: Place, people: Sequence[str], gateway: bool, drafts: Drafts | None, said: str = "") -> Json:
    """The card beside the composer. `drafts` is None where it is not for us to send any; `said` is told first."""
    title = say("Track this mail")
    if not people:
        return cards.card(title, [cards.text(say("Say first whom it goes to, then tap Unsealed again."))])
    told = [cards.text(said)] if said else []
    whom = (
        say("To {who}.", who=people[0])
        if len(people) == 1
        else say(
            "Gmail sends one mail to all {n}: you are told what one of them did, not who. Through Unsealed each "
            "gets a copy of their own, and you are told who.",
            n=len(people),
        )
    )
    pixel = [
        cards.text(whom),
        cards.text(say("Insert this last: it goes where the cursor is.")),
        cards.buttons(cards.button(say("Insert tracking"), cards.acting(place.act, do="track"))),
    ]
    link = [
        cards.field("url", say("A link to track"), "https://example.com/offer"),
        cards.field("words", say("Its words"), say("Our offer")),
        cards.buttons(cards.button(say("Insert link"), cards.acting(place.act, do="link"))),
    ]
    through = [
        cards.text(
            say("Sends by our gateway, which tracks every link and hands answers on to you. Subject and text stay.")
        ),
        cards.buttons(cards.button(say("Send through Unsealed"), cards.acting(place.act, do="gateway"))),
    ]
    whole = _whole(place, drafts) if drafts else []
    return cards.card(title, told, whole, pixel, link, through if gateway else [])


def _whole(place: Place, drafts: Drafts) -> list[Json]:
    """What tracks the whole draft and sends it: a button, where there is no doubt which it is; else one for each."""
    again = cards.buttons(cards.button(say("Look again"), cards.acting(place.act, do="drafts")))
    if drafts.asked:
        allow = cards.button(say("Track and send"), cards.acting(place.act, do="drafts"))
        return [
            cards.text(say("Tracks the text and all its links. For this Google asks you once.")),
            cards.buttons(allow),
        ]
    if drafts.silent:
        return [cards.text(say("Gmail did not show us your drafts.")), again]
    if not drafts.found:
        return [
            cards.text(
                say("No saved draft goes to exactly these people. Gmail saves it a moment after you stop writing.")
            ),
            again,
        ]
    asking = [] if drafts.sure else [cards.text(say("Which of these is it? Gmail does not tell us which one is open."))]
    return [*asking, *(widget for each in drafts.found for widget in _draft(place, each))]


def _draft(place: Place, draft: GmailDraft) -> list[Json]:
    shown = cards.row(
        draft.subject or say("(no subject)"),
        above=say("saved {when}", when=clock(draft.at, place.zone)),
        below=draft.begins[:100],
        icon="draft",
    )
    if draft.size > LARGEST:
        return [shown, cards.text(left(Reason.TOO_LARGE))]
    send = cards.acting(place.act, do="send", draft=draft.id, saved=draft.saved)
    return [shown, cards.buttons(cards.button(say("Track and send"), send))]


def sent(place: Place, message: str) -> Json:
    """The card of a draft that was sent."""
    return cards.card(
        say("Sent, and tracked"),
        [
            cards.text(say("Close the composer if it is still open: its draft is gone.")),
            cards.buttons(cards.button(say("Timeline"), cards.opening(place.page(f"message?id={message}")))),
        ],
    )


def left(reason: str) -> Sentence:
    """Why a draft is not sent by us. It stays as it is, and its writer can send it."""
    why = _LEFT.get(reason, say("it cannot be tracked"))
    return say("Not sent, and nothing was changed: {why}. Send it as usual.", why=why)
