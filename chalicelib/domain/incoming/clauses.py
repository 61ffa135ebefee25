"""The clause around a date in a note: where its sentence begins and ends, and what it is about."""

import re
from collections.abc import Sequence

from chalicelib.domain.incoming import date_words
from chalicelib.domain.incoming.absence_words import (
    AWAY,
    AWAY_UNSPACED,
    BEHIND_WHO,
    CLOSED,
    I_OR_WE,
    IS,
    OF_ALL,
    SAYS_GONE,
    SOMETHING_ELSE,
    SOMETHING_ELSE_TOGETHER,
    WHO,
    WHO_OR_THE,
)
from chalicelib.domain.incoming.date_words import Token

ABSENT = AWAY | CLOSED
GONE = re.compile(rf"\b(?:{'|'.join(SAYS_GONE.strip().splitlines())})\b")
_CUT_SHORT = frozenset({
    "nr", "no", "kl", "ca", "dr", "mr", "ms", "st", "vs", "hr", "fr", "bl", "tel", "ext", "str", "gg", "einschl", "inkl",
    "incl", "vorauss",
})  # fmt: skip
_COMPOUNDS = ("urlaub", "ferien", "ferie", "semester", "vakantie", "verlof", "lomalla", "lomani")


def is_about_absence(words: Sequence[Token], at: int) -> bool:
    """Whether the sentence around a token is about somebody's absence."""
    first, last = sentence(words, at)
    said = [word.text for word in words[first:last]]
    together = "".join(said)
    return (
        any(word in ABSENT or word.endswith(_COMPOUNDS) for word in said)
        or any(word in together for word in AWAY_UNSPACED)
        or GONE.search(" ".join(said)) is not None
    )


def clause_is_about_absence(words: Sequence[Token], at: int) -> bool:
    """The same of what stands between two commas of it."""
    first, last = sentence(words, at)
    commas = [first, *(place + 1 for place in range(first, last) if words[place].text == ","), last + 1]
    begin = max(place for place in commas if place <= at)
    end = min(place for place in commas if place > at)
    return any(word.text in ABSENT for word in words[begin:end])


def is_about_something_else(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether the clause in which a governed date stands is about another thing than its author."""
    begin, _ = sentence(words, first)
    comma = next((at for at in range(first - 1, begin - 1, -1) if _parts(words, at)), begin)
    return any(word.text in SOMETHING_ELSE for word in words[comma:last]) or _is_of_another(words, comma)


def is_about_something_else_together(note: str, words: Sequence[Token], at: int) -> bool:
    """The same where words are written without spaces."""
    first, last = sentence(words, at)
    said = note[words[first].start : words[last - 1].end]
    return any(word in said for word in SOMETHING_ELSE_TOGETHER)


def names_another(note: str, words: Sequence[Token], at: int) -> bool:
    """Whether a word of return is said of somebody by name, in a note in the first person: Sam is back on 14 September."""
    is_at = next((each for each in (at, at - 1, at - 2) if each > 0 and words[each].text in IS), 0)
    name = words[is_at - 1]
    if not is_at or not name.text.isalpha() or name.text in OF_ALL or not note[name.start].isupper():
        return False
    return any(word.text in I_OR_WE for word in words) and name.text not in I_OR_WE


def _parts(words: Sequence[Token], at: int) -> bool:
    """Whether a mark begins a clause: not a comma between a weekday and its date."""
    return words[at].text in (",", "(", ":", "—", "–") and not (at and date_words.is_weekday(words[at - 1].text))


def _is_of_another(words: Sequence[Token], comma: int) -> bool:
    """Whether a clause tells of somebody else: ask Ms Roth, who is back on 10 September; die ab 10.9. wieder da ist."""
    said = [word.text for word in words[comma + 1 : comma + 3]]
    if words[comma].text != "," or len(said) < 2:
        return False
    return said[0] in WHO or (said[0] in WHO_OR_THE and said[1] in BEHIND_WHO)


def speaks_english(words: Sequence[Token]) -> bool:
    """Whether a note is in English, in which 3/4 may be two dates."""
    return any(word.text in ("the", "i", "and", "to", "of") for word in words)


def sentence(words: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the sentence around a token begins and ends."""
    first = last = at
    while first > 0 and not _ends_sentence(words, first - 1):
        first -= 1
    while last < len(words) and not _ends_sentence(words, last):
        last += 1
    return first, last


def is_short(words: Sequence[Token], at: int) -> bool:
    """Whether a full stop ends no sentence: behind a number, or a word cut short."""
    before = words[at - 1].text if at else ""
    named = len(before) < 5 and (date_words.is_weekday(before) or date_words.is_month(before))
    return before.isdecimal() or named or len(before) < 2 or before in _CUT_SHORT


def _ends_sentence(words: Sequence[Token], at: int) -> bool:
    word = words[at].text
    if word == "\n":
        return at > 0 and words[at - 1].text == "\n"
    return word in ("!", "?", ";", "。", "！") or (word == "." and not is_short(words, at))
