"""Letters: mails of our own, as text and as HTML with the same content. No picture, no tracked link: we do not track our own.

HTML as mail programs show it: tables and inline colours for those that know nothing else, a style for dark screens for those
that do, and no label that wraps on a phone.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.domain.habits import zones
from chalicelib.domain.records import field, record
from chalicelib.domain.words.sentences import ENGLISH, Sentence, noted, said, say

if TYPE_CHECKING:
    from chalicelib.domain.incoming.forwarding import Confirmation

Words = Callable[[str], str]
"""How a text is said in the letter's language."""


@record
class Letter:
    """A mail to the sender, as text and as HTML with the same content; `headers` are those beside the usual ones."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


@record
class Push:
    """A few words for a screen, in a language, with a sound or without. `data` lets an app find the message."""

    title: str
    body: str
    data: dict[str, str]
    sound: bool = True
    language: str = ENGLISH


@record
class Part:
    """A part of a letter: a heading, rows of a name and what is said of it, and lines that stand alone."""

    heading: str = ""
    rows: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    link: tuple[str, str] | None = None  # its words, its URL
    strong: bool = False  # a line that is to be seen at once: a code


def compose(
    subject: str,
    parts: Sequence[Part],
    language: str = ENGLISH,
    links: Sequence[tuple[str, str]] = (),
    headers: dict[str, str] | None = None,
) -> Letter:
    """A letter of these parts, in a language; `links` stand in its footer."""

    def words(text: str) -> str:
        return said(text, language)

    written = "\n\n".join(_text(part, words) for part in parts)
    footer = [words(_SIGNATURE), *(f"{words(name)}: {url}" for name, url in links)]
    html = "".join(_html(part, words, first=number == 0) for number, part in enumerate(parts))
    feet = " · ".join(_anchor(words(name), url, "foot") for name, url in links)
    page = _PAGE.format(
        language=language,
        title=escape(words(subject)),
        style=_STYLE,
        body=html,
        foot=f'<p class="soft" style="{_FOOT}">{escape(words(_SIGNATURE))}{"<br>" if feet else ""}{feet}</p>',
    )
    return Letter(words(subject), "\n".join([written, "", "-- ", *footer, ""]), page, headers or {})


def asked_to_forward(asked: "Confirmation", language: str = ENGLISH) -> Letter:
    """The mail that passes on Gmail's question. The link is plain text, so that nobody follows it by accident."""
    rows = [
        (noted("Mailbox"), asked.mailbox),
        (noted("Code"), asked.code),
        (noted("Link"), asked.link),
        (noted("What now"), _CONFIRM),
    ]
    part = Part(rows=[(name, told) for name, told in rows if told])
    subject = say("Gmail asks whether it may forward to Unsealed")
    return compose(subject, [Part(heading=subject), part], language)


_ALERTS = {
    Happened.MADE: (noted("A new API token for your account"), noted("Token")),
    Happened.ADDRESS: (noted("A new address of your account"), noted("Address")),
    Happened.ENTRANCE: (noted("One more address signs in to your account"), noted("Address")),
    Happened.DEVICE: (noted("Somebody signed in from a new device"), noted("By")),
}


def alert_letter(alert: Alert, time_zone: str, language: str = ENGLISH) -> Letter:
    """The mail that tells the account's first address what happened on it, on the clock of `time_zone`."""
    headline, name = _ALERTS[alert.happened]
    when = say("{when}", when=zones.moment(alert.at, time_zone))
    rows = [(name, alert.about), (noted("When"), when), (noted("What now"), _NOT_YOU)]
    return compose(headline, [Part(headline, rows)], language)


_NOT_YOU = say(
    "If that was you, nothing. If it was not: sign in, revoke the API tokens that you do not know, remove the addresses "
    "that are not yours, and see who reads your mail."
)


def code_letter(code: str, account: str, asked_at: float, language: str = ENGLISH, *, confirms: bool = False) -> Letter:
    """The mail with a code. `account` is the address of the account that is adding this address, or "" for a sign-in; it
    `confirms` what a token alone may not do.

    The code is not in the subject, which locked screens show.
    """
    asked = zones.moment(asked_at, "UTC")
    if confirms:
        told = say(
            "Somebody requested a code to delete your account, or to make an API token that outlasts the one it is asked with, "
            "on {asked}.",
            asked=asked,
        )
    elif account:
        told = say(
            "Somebody requested a code to add this address to the account of {account} on {asked}.",
            account=account,
            asked=asked,
        )
    else:
        told = say("Somebody requested a code to sign in on {asked}.", asked=asked)
    once = say("{told} It works once, for 10 minutes:", told=told)
    care = say(
        "If that was not you, ignore this mail: nothing happens without the code. Never share it; we never ask for it."
    )
    parts = [Part(lines=[once]), Part(lines=[code], strong=True), Part(lines=[care])]
    return compose(say("Your code for Unsealed"), parts, language)


def trial_letter(language: str) -> Letter:
    """The mail that only shows that mails arrive."""
    return compose(say("A test from Unsealed"), [Part(lines=[say("Mails from Unsealed reach you.")])], language)


_CONFIRM = say(
    "If you set this up: type the code into Gmail's settings, Forwarding and POP/IMAP, or open the link. If you did not, "
    "do nothing, but somebody knows your forwarding address; you can replace it."
)
_SIGNATURE: Sentence = say("Unsealed. This mail is not tracked.")

# Colours for light screens stand inline, for programs that drop the style; those for dark ones in it.
_INK, _SOFT, _LINE, _ACT = "#101828", "#475467", "#d0d5dd", "#b42318"
_FOOT = f"color:{_SOFT};font-size:13px;line-height:1.6;margin:24px 0 0;padding-top:12px;border-top:1px solid {_LINE}"
_BUTTON = (
    f"display:inline-block;background:{_ACT};color:#fff;text-decoration:none;font-weight:600;border-radius:8px;"
    "padding:10px 16px"
)
_STYLE = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media(prefers-color-scheme:dark){"
    ".page{background:#10141c!important;color:#f2f4f7!important}.soft{color:#b6bdc9!important;border-color:#3a4252!important}"
    ".act{background:#ff9c8f!important;color:#1a0d0b!important}.foot{color:#d0d5dd!important}.part{border-color:#3a4252!important}}"
)
_PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark"><style>{style}</style></head>'
    f'<body class="page" style="margin:0;background:#fff;color:{_INK};font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,'
    'Noto Sans,Noto Sans Devanagari,Noto Sans Kannada,sans-serif">'
    '<div class="page" style="max-width:36em;margin:0 auto;padding:20px 16px">{body}{foot}</div></body></html>\n'
)


def _text(part: Part, words: Words) -> str:
    wide = max((len(words(name)) for name, _ in part.rows), default=0)
    lines = [f"{words(part.heading)}"] if part.heading else []
    lines += [f"{words(name):<{wide}}  {words(told)}" for name, told in part.rows]
    lines += [words(line) for line in part.lines]
    lines += [f"{words(part.link[0])}: {part.link[1]}"] if part.link else []
    return "\n".join(lines)


def _html(part: Part, words: Words, *, first: bool) -> str:
    found = []
    if part.heading:
        size = 20 if first else 17
        found.append(
            f'<p style="font-size:{size}px;line-height:1.35;margin:0 0 8px"><strong>{escape(words(part.heading))}</strong></p>'
        )
    if part.rows:
        cells = "".join(
            f'<tr><td class="soft" style="padding:3px 14px 3px 0;color:{_SOFT};vertical-align:top;white-space:nowrap">'
            f"{escape(words(name))}</td>"
            f'<td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere">{escape(words(told))}</td></tr>'
            for name, told in part.rows
        )
        found.append(f'<table role="presentation" style="border-collapse:collapse;font-size:15px">{cells}</table>')
    looks = "font-size:26px;letter-spacing:.12em;font-weight:700;margin:8px 0" if part.strong else "margin:4px 0"
    found += [f'<p style="{looks}">{escape(words(line))}</p>' for line in part.lines]
    if part.link:
        found.append(f'<p style="margin:14px 0 0">{_anchor(words(part.link[0]), part.link[1], "act")}</p>')
    edge = (
        ""
        if first
        else f";border-top:1px solid {_LINE};padding-top:14px;margin-top:14px"
        if part.heading
        else ";margin-top:10px"
    )
    return f'<div class="part" style="margin:0{edge}">{"".join(found)}</div>'


def _anchor(name: str, url: str, kind: str) -> str:
    looks = _BUTTON if kind == "act" else f"color:{_SOFT}"
    return f'<a class="{kind}" style="{looks}" href="{escape(url)}">{escape(name)}</a>'
