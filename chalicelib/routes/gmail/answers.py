"""What Google is answered for the add-on: a card, or what a tap does.

Who is refused for what they brought is told so as a problem; what a user can mend is told in the card.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from chalice.app import Request, Response

from chalicelib.domain.doors import cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.errors import BadInput, Rejected
from chalicelib.domain.words.sentences import first_of, said, say
from chalicelib.log import logger
from chalicelib.routes.api.problems import our_fault, problem
from chalicelib.routes.request_context import asked_at, request_id
from chalicelib.work.doors import gmail, gmail_composing, google
from chalicelib.work.doors.gmail import Asked

_ACTS: Mapping[str, Callable[[Asked], Json]] = {
    "look": gmail.look,
    "track": gmail_composing.track,
    "link": gmail_composing.link,
    "gateway": gmail_composing.through_the_gateway,
    "drafts": gmail_composing.drafts,
    "send": gmail_composing.send,
    "mute": lambda asked: gmail.change(asked, "mute"),
    "unmute": lambda asked: gmail.change(asked, "unmute"),
    "remind": lambda asked: gmail.change(asked, "remind"),
}


def answer(request: Request, what: str) -> Response:
    """The answer to one request of Google's: `what` is home, open, compose or act."""
    try:
        asked = _asked(request, what)
    except Rejected as refused:
        return problem(refused, request)
    except google.Unreachable:
        return our_fault(request)
    try:
        shown = _shown(asked, what)
    except Rejected as refused:
        shown = _sorry(said(refused.sentence, asked.language), what)
    except google.Unreachable as failure:
        logger().warning("Gmail did not show the mail.", extra={"reason": str(failure)})
        shown = _sorry(say("Gmail did not show us this mail: try again in a moment."), what)
    drawn = msgspec.json.encode(cards.spoken(shown, asked.language))
    return Response(drawn, {"Content-Type": "application/json", "Cache-Control": "no-store"})


def _shown(asked: Asked, what: str) -> Json:
    match what:
        case "open":
            return cards.pushed(gmail.opened(asked))
        case "compose":
            return cards.pushed(gmail_composing.composing(asked))
        case "act":
            act = _ACTS.get(asked.parameters.get("do", ""))
            if act is None:
                raise BadInput(say("This button is of an older version: open the card again."))
            return act(asked)
    return cards.pushed(gmail.home(asked))


def _sorry(sentence: str, what: str) -> Json:
    return cards.told(sentence) if what == "act" else cards.pushed(cards.card("Unsealed", [cards.text(sentence)]))


def _asked(request: Request, what: str) -> Asked:
    """What Google asks. Raises NotSignedIn where its tokens do not say that it does; other parts may be missing."""
    try:
        event = msgspec.json.decode(request.raw_body or b"{}", type=dict[str, Any])
    except msgspec.DecodeError as failure:
        raise BadInput("This is no event of an add-on.") from failure
    common, mail, granted = (_part(event, name) for name in ("commonEventObject", "gmail", "authorizationEventObject"))
    header = str(request.headers.get("authorization", ""))
    system = header.partition(" ")[2] or str(granted.get("systemIdToken", ""))
    at = asked_at(request)
    email = google.user(system, str(granted.get("userIdToken", "")), f"/gmail/{what}", at)
    return Asked(
        email=email,
        zone=str(_part(common, "timeZone").get("id", "UTC")),
        at=at,
        request_id=request_id(request),
        message=str(mail.get("messageId", "")),
        user_token=str(granted.get("userOAuthToken") or granted.get("userOauthToken") or ""),
        message_token=str(mail.get("accessToken", "")),
        people={kind: _strings(mail.get(f"{kind}Recipients")) for kind in ("to", "cc", "bcc")},
        inputs={name: _written(given) for name, given in _part(common, "formInputs").items()},
        parameters={name: str(value) for name, value in _part(common, "parameters").items()},
        scopes=frozenset(_strings(granted.get("authorizedScopes"))),
        language=first_of(str(common.get("userLocale", ""))),
    )


def _part(event: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = event.get(name)
    return found if isinstance(found, dict) else {}


def _strings(given: Any) -> list[str]:
    return [str(each) for each in given] if isinstance(given, list) else []


def _written(given: Any) -> str:
    """What was written into a field, or chosen: the first of its `stringInputs`."""
    inputs = _part(given, "stringInputs") if isinstance(given, dict) else {}
    return next(iter(_strings(inputs.get("value"))), "")
