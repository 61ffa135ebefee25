"""Sentences that know how to be said in another language.

The house speaks English: a sentence is a `str`, so whoever only compares, stores or shows it needs to know nothing more.
What it was made of is kept beside it, until somebody reads it in another language: `said(text, "hi")`.

    say("Opened {opened} of {sent}.", opened=2, sent=3)
    many("{n} mail", "{n} mails", n)

The English words are the keys of the catalogue, as with gettext. Values may be sentences themselves, or moments, whose
words depend on the language as well.
"""

from datetime import datetime
from importlib import import_module
from typing import Any, NamedTuple

ENGLISH = "en"
LANGUAGES = (ENGLISH, "hi", "kn")
"""What can be read: English, Hindi, Kannada."""


class Sentence(str):
    """English words, the template that they were made from, and what was put into it."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> "Sentence":
        """The sentence that the values make of the template."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made


class Moment(NamedTuple):
    """A time as a clock shows it; `zone` names the clock, "" where that goes without saying."""

    local: datetime
    zone: str = ""

    def __format__(self, spec: str) -> str:
        """In English: `{when:day}` is the date, `{when:hour}` weekday and time, `{when:clock}` the time; `{when}` is all."""
        return _moment(self, spec, ENGLISH)


def day(written: str) -> Moment:
    """A date as written in ISO 8601, for `{name:day}`."""
    return Moment(datetime.fromisoformat(written), "")


def say(template: str, /, **values: Any) -> Sentence:
    """A sentence. Its template is what the catalogue translates: it must stand here in full."""
    return Sentence(template, values)


def many(one: str, several: str, n: int, /, **values: Any) -> Sentence:
    """A sentence about `n` things, which its template may show as {n}."""
    return Sentence(one if n == 1 else several, {"n": n, **values})


def noted(template: str, /) -> str:
    """A template that is put into words elsewhere: marked here, so that the catalogue has it."""
    return template


def said(text: str, language: str) -> str:
    """A text in a language, as a plain string. What is no sentence of ours, or not translated, stays as it is."""
    if language == ENGLISH or language not in LANGUAGES:
        return str(text)
    words = _words(language).WORDS
    if not isinstance(text, Sentence):
        return str(words.get(text, text))
    values = {name: _in(value, language) for name, value in text.values.items()}
    return str(words.get(text.template, text.template)).format(**values)


def first_of(accepted: str) -> str:
    """The language that a reader likes best of ours, by the Accept-Language of their browser (RFC 9110, 12.5.4)."""
    wishes = []
    for place, part in enumerate(accepted[:500].lower().split(",")):
        name, _, more = part.strip().partition(";")
        weight = more.strip().removeprefix("q=") if more else "1"
        try:
            wishes.append((-float(weight), place, name.partition("-")[0]))
        except ValueError:
            continue
    return next((name for worth, _, name in sorted(wishes) if name in LANGUAGES and worth < 0), ENGLISH)


class _Spoken(NamedTuple):
    """A moment on its way into words of a language."""

    moment: Moment
    language: str

    def __format__(self, spec: str) -> str:
        return _moment(self.moment, spec, self.language)


def _in(value: Any, language: str) -> Any:
    if isinstance(value, Moment):
        return _Spoken(value, language)
    return said(value, language) if isinstance(value, Sentence) else value


def _moment(moment: Moment, spec: str, language: str) -> str:
    local, words = moment.local, _words(language)
    weekday, month = words.WEEKDAYS[local.weekday()], words.MONTHS[local.month - 1]
    named = f" ({moment.zone})" if moment.zone else ""
    match spec:
        case "date":
            return f"{local.day} {month}"
        case "day":
            return f"{weekday}, {local.day} {month}"
        case "hour":
            return f"{weekday} {local:%H:%M}{named}"
        case "clock":
            return f"{local:%H:%M}{named}"
    return f"{weekday}, {local.day} {month} {local.year}, {local:%H:%M}{named}"


def _words(language: str) -> Any:
    return import_module(f"chalicelib.domain.words.{language}")
