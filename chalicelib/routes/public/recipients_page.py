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
from chalicelib.domain.words.sentences import Sentence, first_of, noted, said, say
from chalicelib.log import logger
from chalicelib.routes.public.plain_pages import page
from chalicelib.routes.request_context import asked_at
from chalicelib.work.contacts import consenting
from chalicelib.work.contacts.consenting import Kept

_ANSWERS = {"refuse": Consent.DENIED, "allow": Consent.GRANTED}
MOST_BODY = 200  # bytes: the form sends twenty-two


def answer(request: Request, token: str) -> Response:
    """The page, after what was answered on it, in the language that the reader's browser likes best of ours."""
    at, language = asked_at(request), first_of(request.headers.get("accept-language", ""))
    status, news = 200, ""
    wanted, sure = _answered(request.raw_body or b"") if request.method == "POST" else (None, False)
    try:
        if wanted is not None and sure:
            try:
                consenting.answer(token, wanted, at)
            except Conflict:
                status, news = 409, say("That did not work. Please press the button again.")
        kept = consenting.kept(token, at)
        if kept is not None and wanted is not None and not sure:
            return _question(kept, wanted, language)
        return _page(kept, status, news, language)
    except Exception:  # noqa: BLE001 - the edge: a person waits, and is told that it was not their doing
        logger().exception("A recipient's page could not be shown, or its answer not be taken.")
        later = _p(say("Please come back in a few minutes."), language)
        return page(say("Something went wrong here"), later, 500, language)


def _answered(body: bytes) -> tuple[Consent | None, bool]:
    """What a form says, and whether it is the second one."""
    if len(body) > MOST_BODY:
        return None, False
    told = parse_qs(body.decode("ascii", "replace"))
    return _ANSWERS.get(told.get("answer", [""])[0]), told.get("sure") == ["yes"]


def _p(text: str, language: str, kind: str = "") -> str:
    """A paragraph; whatever comes from a mail is escaped."""
    looks = f' class="{kind}"' if kind else ""
    return f"<p{looks}>{escape(said(text, language))}</p>"


def _button(text: str, value: str, language: str, kind: str = "") -> str:
    looks = f' class="{kind}"' if kind else ""
    return f'<button{looks} name="answer" value="{value}">{escape(said(text, language))}</button>'


def _question(kept: Kept, wanted: Consent, language: str) -> Response:
    """The page that asks once more. The button that changes nothing stands first."""
    who = kept.sender_name or kept.sender_email
    if wanted is Consent.DENIED and kept.among:
        headline, yes = say("Stop the tracking?"), _button(say("Yes, stop it for this mail"), "refuse", language)
        told = say("{who} will not be told whether anybody who got this mail reads it.", who=who)
    elif wanted is Consent.DENIED:
        headline, yes = say("Stop the tracking?"), _button(say("Yes, do not track me"), "refuse", language)
        told = say("{who} will not be told whether you read their mails, this one or any other.", who=who)
    else:
        headline, yes = say("Allow tracking again?"), _button(say("Yes, allow it again"), "allow", language)
        told = say("{who} will be told whether you read the mails that they send you from now on.", who=who)
    no = _button(say("No, change nothing"), "", language, "quiet")
    twice = _p(say("You are asked twice because mail scanners press buttons too."), language)
    form = f'<form class="two" method="post"><input type="hidden" name="sure" value="yes">{no}{yes}</form>'
    return page(headline, f"{_p(told, language, 'lead')}{form}{twice}", 200, language)


def _page(kept: Kept | None, status: int, news: str, language: str) -> Response:
    if kept is None:
        gone = say(
            "It was deleted, it is too old, or this address is incomplete. To refuse tracking for the future, use the link "
            "in a newer mail from the same sender."
        )
        nothing = say("Nothing is kept about this mail")
        return page(nothing, _p(gone, language), 404 if status == 200 else status, language)
    parts = [
        f'<p class="news" role="status">{escape(said(news, language))}</p>' if news else "",
        _status(kept, language),
    ]
    parts += [_form(kept, language), _about(kept, language)]
    parts += [_events(kept, language) if kept.tracked or kept.judgements else "", _never(language)]
    untracked = kept.refused_by or not kept.tracked
    headline = say("This mail is not tracked") if untracked else say("This mail is tracked")
    return page(headline, "".join(parts), status, language)


def _status(kept: Kept, language: str) -> str:
    who = kept.sender_name or kept.sender_email
    told = say("{who} is told when you open it or follow a link in it. You can refuse that.", who=who)
    if kept.among:
        return _p(_of_several(kept, who), language, "lead")
    if kept.refused_by is By.RECIPIENT:
        told = say(
            "You refused. {who} is not told whether you read this mail or any other of theirs. What was kept of what you "
            "did is erased.",
            who=who,
        )
    elif kept.refused_by:
        told = say(
            "{who} recorded that you do not want this. {who} is not told whether you read this mail or any other of theirs. "
            "What was kept of what you did is erased.",
            who=who,
        )
    elif not kept.tracked:
        told = say("{who} is not told whether you read it.", who=who)
    elif not kept.shows_opens:
        told = say("{who} is told when you follow a link in it, not when you open it. You can refuse that.", who=who)
    return _p(told, language, "lead")


def _of_several(kept: Kept, who: str) -> Sentence:
    if kept.refused_by:
        return say(
            "One of those who got this mail refused. {who} is not told whether any of them reads it. What was kept is erased.",
            who=who,
        )
    if not kept.tracked:
        return say("{who} is not told whether you read it.", who=who)
    return say(
        "{who} is told when one of those who got this mail opens it or follows a link in it, but not who it was. You can "
        "refuse that.",
        who=who,
    )


def _about(kept: Kept, language: str) -> str:
    sender = f"{kept.sender_name} <{kept.sender_email}>" if kept.sender_name else kept.sender_email
    rows = [
        (say("From"), sender),
        (say("Sent"), moment(kept.sent_at)),
        (say("To"), ", ".join(map(_masked, kept.among or (kept.email,)))),
    ]
    if kept.name:
        rows.append((say("Your name, as written"), kept.name))
    if kept.subject:
        rows.append((say("Subject"), kept.subject))
    listed = "".join(
        f"<div><dt>{escape(said(name, language))}</dt><dd>{escape(_shown(told, language))}</dd></div>"
        for name, told in rows
    )
    return f"<h2>{escape(said(say('What is kept about this mail'), language))}</h2><dl>{listed}</dl>"


def _shown(text: str, language: str) -> str:
    """What others wrote stays as it is, whatever it reads like."""
    return said(text, language) if isinstance(text, Sentence) else text


def _events(kept: Kept, language: str) -> str:
    heading = f"<h3>{escape(said(say('What happened'), language))}</h3>"
    over_time = _p(
        say("For each open or click, two marks that tell devices apart, but do not identify them."), language
    )
    over_time += _p(
        say("Across this sender's mails to you: how many you opened, clicked and replied to, and when."), language
    )
    if not kept.judgements:
        return f"{heading}{_p(say('Nothing so far.'), language)}{over_time}"
    items = "".join(
        f"<li><strong>{escape(said(happened(each), language))}</strong>"
        f" <span>{escape(said(moment(each.event.at), language))}</span>"
        f"<small>{escape(said(seen_as(each.event.evidence), language))}</small></li>"
        for each in kept.judgements
    )
    return f"{heading}<ol>{items}</ol>{over_time}"


_NOT_KEPT = (
    noted(
        "Your IP address, and the name of your mail program: both are discarded as soon as it is decided who looked."
    ),
    noted("Where you are."),
    noted("What you write or read elsewhere. There are no cookies, and this visit is not recorded."),
)


def _never(language: str) -> str:
    listed = "".join(f"<li>{escape(said(each, language))}</li>" for each in _NOT_KEPT)
    return f"<h2>{escape(said(say('What is not kept'), language))}</h2><ul>{listed}</ul>"


def _form(kept: Kept, language: str) -> str:
    refuse = f'<form method="post">{_button(say("Do not track me"), "refuse", language)}</form>'
    allow = f'<form method="post">{_button(say("Allow tracking again"), "allow", language, "quiet")}</form>'
    if kept.among:
        covers = say(
            "You all got the same copy, so nobody knows who you are: refusing stops the tracking of this mail for all of you, "
            "and erases what was recorded. Pictures and links keep working. To refuse for all mails from this sender, use "
            "the link in a mail that went to you alone, or tell the sender."
        )
        return "" if kept.refused_by else f"{_p(covers, language)}{refuse}"
    match kept.refused_by:
        case By.RECIPIENT:
            obeyed = say(
                "Your refusal is kept, as a hash of your address, so that it can be honoured. Allowing tracking again "
                "applies to new mails only."
            )
            return f"{_p(obeyed, language)}{allow}"
        case By.SENDER:
            obeyed = say(
                "This refusal is kept, as a hash of your address, so that it can be honoured. Allowing tracking again "
                "applies to new mails only."
            )
            yours = say("The sender can withdraw it. If you refuse yourself, only you can.")
            return f"{_p(obeyed, language)}{_p(yours, language)}{refuse}{allow}"
    covers = say(
        "Refusing covers all mails from this sender to you, including those already sent: nothing more you do is recorded, and "
        "what was recorded is erased. Pictures and links keep working. The sender cannot undo it; you can, here."
    )
    return f"{_p(covers, language)}{refuse}"


def _masked(email: str) -> str:
    """An address for somebody who has it already, or must not learn it: this link may have been passed on."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"
