"""The line in a tracked mail that says so, in the language of the mail where we have it, else in the sender's."""

import re
from html import escape, unescape

from chalicelib.domain.outgoing.html_text import visible_text
from chalicelib.domain.words.sentences import ENGLISH, LANGUAGES, said, say

_LETTERS = {"hi": re.compile("[\u0900-\u097f]"), "kn": re.compile("[\u0c80-\u0cff]")}
_LATIN = re.compile("[A-Za-z]")
_BEGINNING = say("This mail tells its sender")
_READ = say("{beginning} when it is read.", beginning=_BEGINNING)
_FOLLOWED = say("{beginning} which links are followed.", beginning=_BEGINNING)
_KEPT = say("What is kept, and how to refuse")
_PAGE = '<p style="font-size:12px;color:#667085">{} <a href="{}" style="color:#667085">{}</a></p>'


def of_page(url: str, language: str, *, read: bool) -> str:
    """The line for HTML, which leads to the recipient's page at `url`; whether it tells that the mail is `read`."""
    told = said(_READ if read else _FOLLOWED, language)
    return _PAGE.format(escape(told, quote=False), escape(url), escape(said(_KEPT, language), quote=False))


def of_text(url: str, language: str) -> str:
    """The line for plain text, which tells of links only."""
    return f"{said(_FOLLOWED, language)} {said(_KEPT, language)}: {url}"


def stands_in(html: str) -> bool:
    """Whether such a line begins somewhere in a piece of HTML, in whatever language we say it."""
    words = " ".join(unescape(html).split())
    return any(said(_BEGINNING, language) in words for language in LANGUAGES)


def language_of(text: str, otherwise: str = ENGLISH) -> str:
    """The one of our languages whose letters most of a text is written in; `otherwise` where that says nothing.

    Latin letters say nothing: of what is written with them, we have English only.
    """
    if not any(letters.search(text) for letters in _LETTERS.values()):
        return otherwise
    words = visible_text(text)
    counts = {language: len(letters.findall(words)) for language, letters in _LETTERS.items()}
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] > len(_LATIN.findall(words)) else otherwise
