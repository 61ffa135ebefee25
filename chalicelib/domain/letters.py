"""What a notification says, as a mail and as a push. No picture, no tracked link: we do not track our own mail."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from html import escape

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.domain.events import EventKind
from chalicelib.domain.habits import zones
from chalicelib.domain.incoming.forwarding import Confirmation
from chalicelib.domain.notifications import Notification
from chalicelib.domain.verdicts.explanations import explain

_HAPPENED = {
    EventKind.OPEN: "{who} opened “{subject}”",
    EventKind.CLICK: "{who} clicked a link in “{subject}”",
    EventKind.REPLY: "{who} replied to “{subject}”",
    EventKind.BOUNCE: "“{subject}” did not reach {who}",
    EventKind.COMPLAINT: "{who} marked “{subject}” as spam",
}
_DID_NOT = {
    EventKind.OPEN: "Correction: as far as we know, {who} has not opened “{subject}”",
    EventKind.CLICK: "Correction: as far as we know, {who} has not clicked a link in “{subject}”",
}
_WHAT_NOW = {
    EventKind.OPEN: "They may just have read it: a good moment to call.",
    EventKind.CLICK: "They may have looked closer: a good moment to ask what they think.",
    EventKind.REPLY: "Their reply is in your mailbox: no reminder is needed.",
    EventKind.BOUNCE: "Check the address, or try another one if you have it.",
    EventKind.COMPLAINT: "Do not write to them again: complaints count against all mail from your domain.",
}

_CONFIRM = (
    "If you set this up: type the code into Gmail's settings, Forwarding and POP/IMAP, or open the link. If you did not, "
    "do nothing, but somebody knows your forwarding address; you can replace it."
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to the sender, as text and as HTML with the same content."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Push:
    """A few words for a screen. `data` lets an app find the message."""

    title: str
    body: str
    data: dict[str, str]


def letter(notification: Notification, time_zone: str) -> Letter:
    """The mail that notifies the sender. `time_zone` is the sender's; an unknown one is replaced by UTC."""
    headline = _headline(notification)
    rows = [("When", _when(notification, time_zone)), ("How sure", _how_sure(notification))]
    if notification.link:
        rows.append(("Link", notification.link))
    if notification.correction:
        rows.append(
            ("What now", "We told you otherwise before. We know more now: please disregard the earlier message.")
        )
    else:
        rows.append(("What now", _WHAT_NOW[notification.kind]))
    return _letter(headline, rows)


def asked_to_forward(asked: Confirmation) -> Letter:
    """The mail that passes on Gmail's question. The link is plain text, so that nobody follows it by accident."""
    rows = [("Mailbox", asked.mailbox), ("Code", asked.code), ("Link", asked.link), ("What now", _CONFIRM)]
    return _letter("Gmail asks whether it may forward to Unsealed", [(name, said) for name, said in rows if said])


_ALERTS = {
    Happened.MADE: ("A new API token for your account", "Token"),
    Happened.ADDRESS: ("A new address of your account", "Address"),
    Happened.ENTRANCE: ("One more address signs in to your account", "Address"),
    Happened.DEVICE: ("Somebody signed in from a new device", "By"),
}


def alert_letter(alert: Alert, time_zone: str) -> Letter:
    """The mail that tells the account's first address what happened on it. `time_zone` as above."""
    headline, name = _ALERTS[alert.happened]
    rows = [(name, alert.about), ("When", _clock(alert.at, time_zone)), ("What now", _NOT_YOU)]
    return _letter(headline, rows)


_NOT_YOU = (
    "If that was you, nothing. If it was not: sign in, revoke the API tokens that you do not know, remove the addresses "
    "that are not yours, and see who reads your mail."
)


def _letter(headline: str, rows: list[tuple[str, str]]) -> Letter:
    wide = max(len(name) for name, _ in rows)
    text = "\n".join([f"{headline}.", "", *(f"{name:<{wide}}  {said}" for name, said in rows), "", _SIGNATURE, ""])
    cells = "".join(
        f'<tr><td style="padding:4px 16px 4px 0;color:#667085;vertical-align:top">{escape(name)}</td>'
        f'<td style="padding:4px 0">{escape(said)}</td></tr>'
        for name, said in rows
    )
    html = _page(
        f'<p style="font-size:19px;margin:0 0 12px"><strong>{escape(headline)}</strong></p>'
        f'<table style="border-collapse:collapse;font-size:15px">{cells}</table>'
    )
    return Letter(headline, text, html)


def code_letter(code: str, account: str, asked_at: float, confirms: bool = False) -> Letter:
    """The mail with a code. `account` is the address of the account that is adding this address, or "" for a sign-in; it
    `confirms` what a token alone may not do.

    The code is not in the subject, which locked screens show.
    """
    asked = datetime.fromtimestamp(asked_at, UTC).strftime("%-d %B %Y, %H:%M UTC")
    wish = f"to add this address to the account of {account}" if account else "to sign in"
    if confirms:
        wish = "to delete your account, or to make an API token that outlasts the one it is asked with,"
    told = [
        f"Somebody requested a code {wish} on {asked}. It works once, for 10 minutes:",
        code,
        "If that was not you, ignore this mail: nothing happens without the code. Never share it; we never ask for it.",
    ]
    text = "\n\n".join([*told, _SIGNATURE, ""])
    paragraphs = "".join(
        f'<p style="font-size:24px;letter-spacing:.1em"><strong>{escape(said)}</strong></p>'
        if said == code
        else f"<p>{escape(said)}</p>"
        for said in told
    )
    return Letter("Your code for Unsealed", text, _page(paragraphs))


def push(notification: Notification) -> Push:
    """The push that notifies the sender. Long names and subjects are cut: a service takes 4 kB, a screen shows less."""
    data = {"message": notification.message, "recipient": str(notification.recipient), "kind": notification.kind.value}
    short = replace(notification, name=_cut(notification.name), subject=_cut(notification.subject))
    return Push(_headline(short), _how_sure(notification), data)


_SIGNATURE = "Unsealed. This mail is not tracked."
_MOST_ON_A_SCREEN = 100


def _page(content: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><body style="font:15px/1.5 -apple-system,Segoe UI,Roboto,sans-serif;'
        'color:#101828;max-width:36em;margin:24px auto;padding:0 16px">'
        f"{content}"
        f'<p style="color:#667085;font-size:13px;margin-top:24px">{escape(_SIGNATURE)}</p></body></html>\n'
    )


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_ON_A_SCREEN else f"{text[: _MOST_ON_A_SCREEN - 1]}…"


def _headline(notification: Notification) -> str:
    who = notification.name or notification.email
    subject = notification.subject or "your mail"
    words = _DID_NOT if notification.correction else _HAPPENED
    return " ".join(words[notification.kind].format(who=who, subject=subject).split())


def _how_sure(notification: Notification) -> str:
    return f"{notification.verdict.confidence:.0%}. {explain(notification.verdict)}"


def _when(notification: Notification, time_zone: str) -> str:
    return f"{_clock(notification.at, time_zone)}, {_lasted(notification.at - notification.sent_at)} after you sent it"


def _clock(at: float, time_zone: str) -> str:
    known = zones.known(time_zone)
    ahead = zones.offset(time_zone, at) if known else 0
    local = datetime.fromtimestamp(at, timezone(timedelta(seconds=ahead)) if known else UTC)
    return f"{local:%A, %-d %B %Y, %H:%M} ({time_zone if known else 'UTC'})"


def _lasted(seconds: float) -> str:
    minutes = round(seconds / 60)
    for size, word in ((24 * 60, "day"), (60, "hour")):
        if minutes >= 2 * size:
            return f"{round(minutes / size)} {word}s"
    return "less than a minute" if minutes < 1 else f"{minutes} minute{'s' if minutes > 1 else ''}"
