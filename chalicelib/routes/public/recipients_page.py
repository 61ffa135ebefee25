"""The recipient's page, as HTML: plain words, no script, nothing from elsewhere; whatever comes from a mail is escaped.

An answer is asked for twice. Mail scanners submit the forms that they find (Safe Links does), so the first press only asks,
and of the two buttons then the first one, which such a program takes, changes nothing.
"""

from html import escape
from urllib.parse import parse_qs

from chalice.app import Request, Response

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.disclosure import happened, moment, seen_as
from chalicelib.domain.errors import Conflict
from chalicelib.log import logger
from chalicelib.routes.moments import asked_at
from chalicelib.routes.public.plain_pages import page
from chalicelib.work.contacts import consenting
from chalicelib.work.contacts.consenting import Kept

_ANSWERS = {"refuse": Consent.DENIED, "allow": Consent.GRANTED}
MOST_BODY = 200  # bytes: the form sends twenty-two


def answer(request: Request, token: str) -> Response:
    """The page, after what was answered on it."""
    at = asked_at(request)
    status, news = 200, ""
    wanted, sure = _answered(request.raw_body or b"") if request.method == "POST" else (None, False)
    try:
        if wanted is not None and sure:
            try:
                consenting.answer(token, wanted, at)
            except Conflict:
                status, news = 409, "That did not work. Please press the button again."
        kept = consenting.kept(token, at)
        if kept is not None and wanted is not None and not sure:
            return _question(kept, wanted)
        return _page(kept, status, news)
    except Exception:  # noqa: BLE001 - the edge: a person waits, and is told that it was not their doing
        logger().exception("A recipient's page could not be shown, or its answer not be taken.")
        return page("Something went wrong here", "<p>Please come back in a few minutes.</p>", 500)


def _answered(body: bytes) -> tuple[Consent | None, bool]:
    """What a form says, and whether it is the second one."""
    if len(body) > MOST_BODY:
        return None, False
    said = parse_qs(body.decode("ascii", "replace"))
    return _ANSWERS.get(said.get("answer", [""])[0]), said.get("sure") == ["yes"]


def _question(kept: Kept, wanted: Consent) -> Response:
    """The page that asks once more. The button that changes nothing stands first."""
    who = escape(kept.sender_name or kept.sender_email)
    if wanted is Consent.DENIED:
        headline, yes = "Stop the tracking?", '<button name="answer" value="refuse">Yes, do not track me</button>'
        told = f"{who} will not be told whether you read their mails, this one or any other."
    else:
        headline, yes = "Allow tracking again?", '<button name="answer" value="allow">Yes, allow it again</button>'
        told = f"{who} will be told whether you read the mails that they send you from now on."
    return page(
        headline,
        f'<p class="lead">{told}</p><form class="two" method="post"><input type="hidden" name="sure" value="yes">'
        f'<button class="quiet" name="answer" value="">No, change nothing</button>{yes}</form>'
        "<p>You are asked twice because mail scanners press buttons too.</p>",
        200,
    )


def _page(kept: Kept | None, status: int, news: str) -> Response:
    if kept is None:
        return page(
            "Nothing is kept about this mail",
            "<p>It was deleted, it is too old, or this address is incomplete. To refuse tracking for the future, use "
            "the link in a newer mail from the same sender.</p>",
            404 if status == 200 else status,
        )
    parts = [f'<p class="news" role="status">{escape(news)}</p>' if news else "", _status(kept)]
    parts += [_form(kept), _about(kept), _events(kept) if kept.tracked or kept.judgements else "", _NEVER]
    headline = "This mail is not tracked" if kept.refused_by or not kept.tracked else "This mail is tracked"
    return page(headline, "".join(parts), status)


def _status(kept: Kept) -> str:
    who = escape(kept.sender_name or kept.sender_email)
    if kept.refused_by:
        said = "You refused" if kept.refused_by is By.RECIPIENT else f"{who} recorded that you do not want this"
        return (
            f'<p class="lead">{said}. {who} is not told whether you read this mail or any other of theirs. What was '
            "kept of what you did is erased.</p>"
        )
    if not kept.tracked:
        return f'<p class="lead">{who} is not told whether you read it.</p>'
    told = "open it or follow a link in it" if kept.shows_opens else "follow a link in it, not when you open it"
    return f'<p class="lead">{who} is told when you {told}. You can refuse that.</p>'


def _about(kept: Kept) -> str:
    sender = f"{kept.sender_name} <{kept.sender_email}>" if kept.sender_name else kept.sender_email
    rows = [("From", sender), ("Sent", moment(kept.sent_at)), ("To", _masked(kept.email))]
    if kept.name:
        rows.append(("Your name, as written", kept.name))
    if kept.subject:
        rows.append(("Subject", kept.subject))
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in rows)
    return f"<h2>What is kept about this mail</h2><dl>{listed}</dl>"


def _events(kept: Kept) -> str:
    if not kept.judgements:
        return "<h3>What happened</h3><p>Nothing so far.</p>" + _OVER_TIME
    items = "".join(
        f"<li><strong>{escape(happened(each))}</strong> <span>{escape(moment(each.event.at))}</span>"
        f"<small>{escape(seen_as(each.event.evidence))}</small></li>"
        for each in kept.judgements
    )
    return f"<h3>What happened</h3><ol>{items}</ol>" + _OVER_TIME


_OVER_TIME = (
    "<p>For each open or click, two marks that tell devices apart, but do not identify them.</p>"
    "<p>Across this sender's mails to you: how many you opened, clicked and replied to, and when.</p>"
)
_NEVER = (
    "<h2>What is not kept</h2><ul><li>Your IP address, and the name of your mail program: both are discarded "
    "as soon as it is decided who looked.</li>"
    "<li>Where you are.</li><li>What you write or read elsewhere. There are no cookies, and this visit is not recorded.</li>"
    "</ul>"
)


_REFUSE = '<form method="post"><button name="answer" value="refuse">Do not track me</button></form>'
_ALLOW = '<form method="post"><button class="quiet" name="answer" value="allow">Allow tracking again</button></form>'


def _form(kept: Kept) -> str:
    obeyed = (
        "refusal is kept, as a hash of your address, so that it can be honoured. Allowing tracking again applies to "
        "new mails only.</p>"
    )
    match kept.refused_by:
        case By.RECIPIENT:
            return f"<p>Your {obeyed}{_ALLOW}"
        case By.SENDER:
            return f"<p>This {obeyed}<p>The sender can withdraw it. If you refuse yourself, only you can.</p>{_REFUSE}{_ALLOW}"
    return (
        "<p>Refusing covers all mails from this sender to you, including those already sent: nothing more you do is "
        "recorded, and what was recorded is erased. Pictures and links keep working. The sender cannot undo it; you can, "
        "here.</p>"
        f"{_REFUSE}"
    )


def _masked(email: str) -> str:
    """An address for somebody who has it already, or must not learn it: this link may have been passed on."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"
