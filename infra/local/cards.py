"""The Gmail add-on's cards, drawn from their JSON about as Google draws them: /_local/cards, with `?language=hi`.

It shows what there is to read and to tap, with the newest messages of the demo sender; it is no proof of Google's drawing.
"""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from chalicelib.config import config
from chalicelib.domain.doors import cards, compose_cards, gmail_cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.doors.compose_cards import Drafts
from chalicelib.domain.doors.gmail_cards import Place
from chalicelib.domain.doors.gmail_drafts import GmailDraft
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.words.sentences import LANGUAGES
from chalicelib.store.accounts import accounts
from chalicelib.store.messages import lists
from chalicelib.work.doors import gmail
from chalicelib.work.doors.gmail import Asked
from infra.local.httpd import Request, Response

_ZONE = "Europe/Berlin"
_MOST = 3  # of the newest messages
_PEOPLE = ("bob@example.com", "carol@example.net", "dan@example.org")
_ICONS = {
    "today": "☀", "mail": "✉", "settings": "⚙", "drafts": "✓", "ads_click": "➚", "reply": "↩", "error": "!",
    "help": "?", "visibility_off": "⊘", "schedule": "◷", "draft": "✎",
}  # fmt: skip
_STYLE = Path(__file__).with_suffix(".css")


class Cards:
    """Answers /_local/cards. `email` is an address of the demo sender's."""

    def __init__(self, email: str, now: Callable[[], float]) -> None:
        self._email = email
        self._now = now

    def __call__(self, request: Request) -> Response:
        """All cards, drawn."""
        wanted = parse_qs(request.target.partition("?")[2]).get("language", ["en"])[0]
        language = wanted if wanted in LANGUAGES else "en"
        drawn = "".join(
            f"<figure><figcaption>{escape(name)}</figcaption>{draw(cards.spoken(shown, language))}</figure>"
            for name, shown in self.every()
        )
        page = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>The Gmail add-on's cards</title><style>{_STYLE.read_text()}</style><main>{drawn}</main></html>"
        )
        return Response(
            200, [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")], page.encode()
        )

    def every(self) -> Iterator[tuple[str, Json]]:
        """Each card, by what it is shown beside."""
        place, at = Place(config().public_url, _ZONE), self._now()
        yield "home", gmail_cards.home(place)
        yield "home, for a stranger", gmail_cards.stranger(place, "eve@gmail.com")
        asked = Asked(self._email, _ZONE, at, "")
        sender = accounts.sender_of_address(self._email) or ""
        for stored in lists.listed(sender, lambda _: True, after=None, limit=_MOST)[0]:
            everybody = [each.email for each in stored.message.recipients]
            if shown := gmail.card(asked, stored.message.id, everybody):
                yield "beside a mail that was sent", shown
        yield "beside a mail, nothing known", gmail_cards.unknown(place, may_read=False)
        yield "composer, no recipients yet", compose_cards.composing(place, [], True, None)
        yield "composer", compose_cards.composing(place, _PEOPLE[:1], True, None)
        drafts = [_draft(number, at) for number in (1, 2)]
        for name, found in {
            "composer, may not see drafts yet": Drafts(asked=True),
            "composer, the draft": Drafts(drafts[:1], sure=True),
            "composer, two drafts": Drafts(drafts),
            "composer, no draft": Drafts(),
        }.items():
            yield name, compose_cards.composing(place, _PEOPLE, False, found)
        yield "not sent", cards.card("Unsealed", [cards.text(compose_cards.left(Reason.SIGNED))])
        yield "sent", compose_cards.sent(place, "0" * 32)


def _draft(number: int, at: float) -> GmailDraft:
    begins = "Dear all, here is what we talked about" if number == 1 else "Dear all, one more thing"
    return GmailDraft(f"r{number}", f"m{number}", "", at - 60 * number, 4_000, "Offer for June", begins, {})


def draw(card: Json) -> str:
    """A card as HTML. Raises KeyError for a widget that ours do not have."""
    header = card["header"]
    below = f"<small>{escape(header['subtitle'])}</small>" if "subtitle" in header else ""
    sections = "".join(f"<section>{''.join(map(_widget, each['widgets']))}</section>" for each in card["sections"])
    return f'<div class="card"><header><b>{escape(header["title"])}</b>{below}</header>{sections}</div>'


def _widget(widget: Json) -> str:
    [(kind, shown)] = widget.items()
    return _WIDGETS[kind](shown)


def _paragraph(shown: Json) -> str:
    return f"<p>{shown['text']}</p>"  # it is markup already


def _row(shown: Json) -> str:
    icon = _ICONS[shown["startIcon"]["materialIcon"]["name"]] if "startIcon" in shown else ""
    above, below = (f"<small>{escape(shown.get(name, ''))}</small>" for name in ("topLabel", "bottomLabel"))
    link = shown.get("onClick", {}).get("openLink", {}).get("url")
    text = f'<a href="{escape(link)}">{shown["text"]}</a>' if link else shown["text"]
    return f'<div class="row"><span class="icon">{icon}</span><span>{above}{text}{below}</span></div>'


def _buttons(shown: Json) -> str:
    buttons = "".join(f"<button>{escape(each['text'])}</button>" for each in shown["buttons"])
    return f'<div class="buttons">{buttons}</div>'


def _field(shown: Json) -> str:
    label, hint = escape(shown["label"]), escape(shown.get("hintText", ""))
    return f'<label>{label}<input placeholder="{hint}"></label>'


def _choice(shown: Json) -> str:
    options = "".join(f"<option>{escape(each['text'])}</option>" for each in shown["items"])
    return f"<label>{escape(shown['label'])}<select>{options}</select></label>"


_WIDGETS: dict[str, Callable[[Any], str]] = {
    "textParagraph": _paragraph,
    "decoratedText": _row,
    "buttonList": _buttons,
    "textInput": _field,
    "selectionInput": _choice,
}
