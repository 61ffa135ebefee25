"""What a piece of a subject tells of a date: whether it begins with one, or with a word that leads to one."""

import re
from collections.abc import Sequence

from chalicelib.domain.incoming.absence_words import END_TOGETHER, RETURN, UNTIL, UNTIL_BEHIND
from chalicelib.domain.incoming.auto_reply_words import TO_A_DATE
from chalicelib.domain.incoming.date_words import Token, is_month, is_weekday, tokens
from chalicelib.domain.incoming.plain_subjects import plain
from chalicelib.domain.incoming.written_dates import TO, read

_LONGEST_PIECE = 60  # characters
_SHORTEST_WEEKDAY = 5  # letters: shorter names are other words elsewhere, such as mon of French
_TO_A_DATE = frozenset(map(plain, (*TO_A_DATE.split(), *UNTIL)))
_LEADS = frozenset(map(plain, RETURN)) | _TO_A_DATE
_ENDS = re.compile("|".join((*END_TOGETHER, *(rf"(?<=\W){word}\b" for word in map(plain, UNTIL_BEHIND)))))


def begins_with_a_date(text: str) -> bool:
    """Whether a piece of a subject begins with a date, or with a word that leads to one."""
    words = tokens(text[:_LONGEST_PIECE])
    for at, word in enumerate(words):
        if read(words, at, False):
            return True
        if not (word.text.isdecimal() or word.text in TO or word.text in "(.,:" or is_weekday(word.text)):
            break
    return leads_to_a_date(text)


def leads_to_a_date(text: str) -> bool:
    """Whether a piece begins with a word that leads to a date, and one follows."""
    words = tokens(text[:_LONGEST_PIECE])
    led = bool(words) and plain(words[0].text) in _LEADS
    return led and any(read(words, at, False) for at in range(1, len(words)))


def ends_with_a_date(text: str) -> bool:
    """Whether a piece begins with a date that is said to be the last: 9月18日まで, 18 Eylül'e kadar."""
    return _ENDS.search(text) is not None and begins_with_a_date(text)


def says_until(words: Sequence[str]) -> bool:
    """Whether words begin with one for an end or a beginning, and tell of a day, or of a month of a year."""
    return words[0].rstrip(".") in _TO_A_DATE and _tells_when(words[1:6])


def _tells_when(words: Sequence[str]) -> bool:
    """Whether a few words tell of a day, or of a month of a year."""
    pieces = tokens(" ".join(words))
    behind = [*pieces[1:], Token("", 0, 0)]
    return any(
        read(pieces, at, False) or (is_month(each.text) and behind[at].text.startswith("20"))
        for at, each in enumerate(pieces)
    ) or any(len(word) >= _SHORTEST_WEEKDAY and is_weekday(word) for word in words[:2])
