"""A text in pieces, and which of them name a month or a day of the week, in whatever language (CLDR's names)."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.domain.incoming import solar_hijri
from chalicelib.domain.incoming.calendar_names import BEFORE_THE_DAY, MONTHS, WEEKDAYS

_TOKEN = re.compile(
    r"\d+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
    r"|[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u0971-\u0983\u09bc-\u09cd\u0e30-\u0e3a\u0e40-\u0e4e])*|[^\w\s]|\n"
)
_SHORTEST_STEM = 5  # letters of a month's name to which languages put endings: septembrini, syyskuun
_LONGEST_ENDING = 4
_IN_HEBREW = ("ב", "ל")  # in, to: written together with the name


def _numbered(rows: Sequence[str], first: int) -> dict[str, int]:
    return {name: number for number, row in enumerate(rows, first) for name in row.replace("\n", "").split("|") if name}


_MONTHS = _numbered(MONTHS, 1)
_MONTHS |= {f"{name[:-2]}r": number for name, number in _MONTHS.items() if name.endswith("ber")}  # Estonian: oktoobrini
_MONTHS |= {  # Serbian: септембра
    f"{name[:-2]}{name[-1]}{name[-2]}": number for name, number in _MONTHS.items() if name.endswith(("bar", "бар"))
}
_MONTHS |= solar_hijri.MONTHS
_NO_WEEKDAYS = ("per", "die", "son", "min")  # cut short in one language, and a common word before a date in another
_WEEKDAYS = {name: number for name, number in _numbered(WEEKDAYS, 0).items() if name not in _NO_WEEKDAYS}
_MONTHS_FIRST = frozenset(_numbered([BEFORE_THE_DAY], 0))


class Token(NamedTuple):
    """A number, a word in lower case, a mark or a line's end, and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """A text in pieces. The letters of Chinese, Japanese and Korean stand alone; vowel signs belong to words.

    Digits are told as 0 to 9, whatever the script.
    """
    return [Token(_plain(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week, in some language."""
    return weekday_of(word) is not None


def is_month(word: str) -> bool:
    """Whether a word names a month, in some language."""
    return word in _MONTHS


def begins_a_date(word: str) -> bool:
    """Whether a word may be a month that stands before its day: not one of few letters that mean something else."""
    return word in _MONTHS_FIRST or len(word) > _SHORTEST_STEM


def month_of(word: str) -> int:
    """The number of the month that a word names, with the endings of some languages; 0 if it names none.

    Those of Iran and Afghanistan are 101 to 112 (solar_hijri.py).
    """
    if word[:1] in _IN_HEBREW and word[1:] in _MONTHS:
        return _MONTHS[word[1:]]
    return next((_MONTHS[stem] for stem in _stems(word) if stem in _MONTHS), 0)


def weekday_of(word: str) -> int | None:
    """The number of the day that a word names, Monday is 0, with endings too; None if it names none."""
    return next((_WEEKDAYS[stem] for stem in _stems(word) if stem in _WEEKDAYS), None)


def _plain(piece: str) -> str:
    if piece.isdecimal() and not piece.isascii():
        return "".join(str(unicodedata.decimal(digit)) for digit in piece)
    return piece.lower().replace("i\u0307", "i")  # so Python writes the Turkish İ small


def _stems(word: str) -> list[str]:
    """A word as it is and without what may be an ending."""
    return [word, *(word[:-cut] for cut in range(1, min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM) + 1))]
