"""The page behind the links in mails to a sender: it says what would be told no more, and a button does it.

Mail scanners follow links and press buttons, so looking changes nothing, and the button is pressed twice. A mail program's
one-click request (RFC 8058) says what it is, and needs no page.
"""

from html import escape
from urllib.parse import parse_qs

from chalice.app import Request, Response

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling.mutes import DIGEST, MESSAGE, PERSON, THREAD
from chalicelib.domain.words.sentences import Sentence, noted, said, say
from chalicelib.log import logger
from chalicelib.routes.public.plain_pages import page
from chalicelib.routes.request_context import asked_at
from chalicelib.work.telling import muting
from chalicelib.work.telling.muting import Mutable

MOST_BODY = 400  # bytes: a mail program's form sends some thirty, in multipart somewhat more

_MAILS = {
    NotificationKind.OPEN: noted("No more mails about opens?"),
    NotificationKind.CLICK: noted("No more mails about clicks?"),
    NotificationKind.REPLY: noted("No more mails about replies?"),
    NotificationKind.BOUNCE: noted("No more mails about bounces?"),
    NotificationKind.COMPLAINT: noted("No more mails about complaints?"),
    NotificationKind.REMINDER: noted("No more reminders by mail?"),
    NotificationKind.HOT: noted("No more mails about mails that are opened often?"),
    NotificationKind.REVIVED: noted("No more mails about mails that are opened again?"),
    NotificationKind.SHARED: noted("No more mails about mails that are passed on?"),
    NotificationKind.AWAY: noted("No more mails about absences?"),
}


def answer(request: Request, token: str) -> Response:
    """The page, or what comes of its button, or of a one-click request."""
    try:
        named = muting.mutable(token)
        if named is None:
            return page(say("There is nothing at this address"), "", 404)
        stop, pressed = _said(request) if request.method == "POST" else (False, False)
        if not stop:
            return _question(named, again=pressed)
        muting.mute(named, asked_at(request))
        return _done(named)
    except NotFound:
        return page(say("There is nothing at this address"), "", 404)
    except Conflict:
        return page(say("That did not work. Please try again."), "", 409)
    except Exception:  # noqa: BLE001 - the edge: a person waits, and is told that it was not their doing
        logger().exception("A mute from a mail could not be done.")
        return page(say("Something went wrong here. Please come back in a few minutes."), "", 500)


def _said(request: Request) -> tuple[bool, bool]:
    """Whether a request says for certain to stop this, and whether it is the first press of a button that does."""
    body = request.raw_body or b""
    if len(body) > MOST_BODY:
        return False, False
    text = body.decode("ascii", "replace")
    one_click = "List-Unsubscribe=One-Click" in text or (
        'name="List-Unsubscribe"' in text and "One-Click" in text
    )  # RFC 8058, 3.2: as a form, in either coding
    form = parse_qs(text)
    pressed = form.get("answer") == ["stop"]
    return one_click or (pressed and form.get("sure") == ["yes"]), pressed


def _headline(named: Mutable) -> Sentence:
    name = named.name or named.email
    what = named.what
    if what == MESSAGE:
        return say("Tell you nothing more of “{subject}”?", subject=named.subject)
    if what == THREAD:
        return say("Tell you nothing more of the thread of “{subject}”?", subject=named.subject)
    if what == PERSON:
        return say("Tell you nothing more of what {who} does?", who=name)
    if what == DIGEST:
        return say("No more digests?")
    return say(_MAILS[NotificationKind(what)])


_KEPT = say("It still stands in your feed, and in your settings you can have it back.")


def _question(named: Mutable, *, again: bool) -> Response:
    """The page that asks; `again`, once more. The button that changes nothing stands first then."""
    language = named.language
    yes = f'<button name="answer" value="stop">{escape(said(say("Yes, stop this"), language))}</button>'
    lead = f'<p class="lead">{escape(said(_KEPT, language))}</p>'
    if not again:
        return page(_headline(named), f'{lead}<form method="post">{yes}</form>', 200, language)
    no = f'<button class="quiet" name="answer" value="">{escape(said(say("No, change nothing"), language))}</button>'
    why = escape(said(say("You are asked twice because mail scanners press buttons too."), language))
    form = f'<form class="two" method="post"><input type="hidden" name="sure" value="yes">{no}{yes}</form>'
    return page(_headline(named), f"{lead}{form}<p>{why}</p>", 200, language)


def _done(named: Mutable) -> Response:
    lead = f'<p class="lead">{escape(said(_KEPT, named.language))}</p>'
    return page(say("Done: you are told no more of this"), lead, 200, named.language)
