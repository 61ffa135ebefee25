"""Cards, which Google's programs draw from JSON: the widgets that ours use, and the envelopes that they travel in.

The library for this, google-apps-card, wants grpcio and protobuf, many times the size of all that ships beside it; so these
are plain dictionaries, and it checks them in the tests. The format:
https://developers.google.com/workspace/add-ons/reference/rpc/google.apps.card.v1
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from chalicelib.domain.words.sentences import Sentence, said

Json = dict[str, Any]

_READ_AS_MARKUP = ("textParagraph", "decoratedText")


def spoken(shown: Any, language: str, inside: str = "") -> Any:
    """A card, or an answer, with its sentences in a language. Words are words: what looks like markup is shown."""
    if isinstance(shown, dict):
        of_markup = "text" if inside in _READ_AS_MARKUP else ""
        found = {name: spoken(value, language, name) for name, value in shown.items()}
        return found | ({of_markup: escape(found[of_markup], quote=False)} if of_markup else {})
    if isinstance(shown, list):
        return [spoken(each, language) for each in shown]
    return said(shown, language) if isinstance(shown, Sentence) else shown


def text(words: str) -> Json:
    """A paragraph."""
    return {"textParagraph": {"text": words}}


def row(words: str, above: str = "", below: str = "", icon: str = "", link: str = "") -> Json:
    """A line with a smaller one above and below it; `icon` is one of Google's Material symbols; a tap opens `link`."""
    shown: Json = {"text": words, "wrapText": True}
    if above:
        shown["topLabel"] = above
    if below:
        shown["bottomLabel"] = below
    if icon:
        shown["startIcon"] = {"materialIcon": {"name": icon}}
    if link:
        shown["onClick"] = {"openLink": {"url": link}}
    return {"decoratedText": shown}


def acting(url: str, **parameters: str) -> Json:
    """What a tap does: it asks `url`, with these parameters."""
    pairs = [{"key": key, "value": value} for key, value in parameters.items()]
    return {"action": {"function": url, "parameters": pairs}}


def button(label: str, tap: Json) -> Json:
    """A button."""
    return {"text": label, "onClick": tap}


def opening(url: str) -> Json:
    """What a tap does: it opens an address, which must lie below one of the deployment's prefixes."""
    return {"openLink": {"url": url}}


def buttons(*each: Json) -> Json:
    """Buttons in a row."""
    return {"buttonList": {"buttons": list(each)}}


def field(name: str, label: str, hint: str = "") -> Json:
    """A line to write in."""
    return {"textInput": {"name": name, "label": label, **({"hintText": hint} if hint else {})}}


def choice(name: str, label: str, options: Mapping[str, str], tap: Json) -> Json:
    """A list to choose one of, by its value; `tap` follows the choice."""
    items = [{"text": words, "value": value, "selected": not value} for value, words in options.items()]
    return {
        "selectionInput": {
            "name": name,
            "label": label,
            "type": "DROPDOWN",
            "items": items,
            "onChangeAction": tap["action"],
        }
    }


def card(title: str, *sections: Sequence[Json], below: str = "") -> Json:
    """A card of sections; those without widgets are left out."""
    header = {"title": title, **({"subtitle": below} if below else {})}
    return {"header": header, "sections": [{"widgets": list(each)} for each in sections if each]}


def pushed(shown: Json) -> Json:
    """The answer to a trigger: this card."""
    return {"action": {"navigations": [{"pushCard": shown}]}}


def updated(shown: Json, said: str = "") -> Json:
    """The answer to a tap: this card in the place of the one that was tapped, and a sentence beside it."""
    told: Json = {"notification": {"text": said}} if said else {}
    return {"renderActions": {"action": {"navigations": [{"updateCard": shown}], **told}}}


def told(said: str) -> Json:
    """The answer to a tap: a sentence, and nothing else changes."""
    return {"renderActions": {"action": {"notification": {"text": said}}}}


def inserted(html: str) -> Json:
    """The answer to a tap: HTML goes into the mail that is written, where the cursor stands."""
    body = {"insertContents": [{"content": html, "contentType": "IMMUTABLE_HTML"}], "type": "IN_PLACE_INSERT"}
    return _on_the_draft({"updateBody": body})


def addressed(fields: Mapping[str, Sequence[str]]) -> Json:
    """The answer to a tap: the mail that is written goes to these: `to`, `cc` and `bcc`, those that are named."""
    named = {f"update{kind.title()}Recipients": _recipients(kind, emails) for kind, emails in fields.items()}
    return _on_the_draft(named)


def _recipients(kind: str, emails: Sequence[str]) -> Json:
    return {f"{kind}Recipients": [{"email": each} for each in emails]}


def asking(*scopes: str) -> Json:
    """The answer where Google shall ask the user for more."""
    return {"requesting_google_scopes": {"scopes": list(scopes)}}


def _on_the_draft(change: Json) -> Json:
    return {"renderActions": {"hostAppAction": {"gmailAction": {"updateDraftActionMarkup": change}}}}
