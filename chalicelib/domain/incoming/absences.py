"""Until when somebody is away, by what they or their mail program wrote: the date that such words govern, or none.

A date counts where a word of return or of an end leads to it with nothing but such words between as always stand there,
in either order: back on, until, wieder ab; ab dem 10.9. wieder, 9月18日まで. Of several, that of the return comes first, then
the end of what is said to be an absence.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chalicelib.domain.incoming import clauses, date_words, stated_dates
from chalicelib.domain.incoming.absence_words import (
    AGAIN,
    ANSWERS,
    END_TOGETHER,
    ENGLISH,
    FILLERS,
    FROM_BEHIND,
    LABELS,
    NOT,
    ON,
    PHRASES,
    RETURN,
    RETURN_BEHIND,
    SOMETHING_ELSE,
    STARTS,
    UNTIL,
    UNTIL_BEHIND,
    WRITTEN_TOGETHER_BEFORE,
    WRITTEN_TOGETHER_BEHIND,
)
from chalicelib.domain.incoming.clauses import ABSENT, GONE
from chalicelib.domain.incoming.date_words import Token
from chalicelib.domain.incoming.stated_dates import Stated

FARTHEST = timedelta(days=366)  # longer nobody says to be away
LONGEST_NOTE = 10_000  # characters that are looked at

_NEAR = 4  # words before one that governs, which belong to it: will not return until
_MOST_BETWEEN = 9  # words and marks between a date and the word that governs it
_PHRASES = tuple((re.compile(phrase, re.IGNORECASE), word) for phrase, word in PHRASES)
_BETWEEN = frozenset(",.:'’()-–/\"“”")
_SHORTENED = re.compile(r"\bt/m\b", re.IGNORECASE)  # until and including, in Dutch
_MONTH_FIRST = re.compile("[\u3040-\u9fff\uac00-\ud7af]")  # writes 9/18 of the eighteenth
_IN = frozenset(["in", "at", "to", "from", "im", "aus", "nach", "à", "en", "a", "na", "w", "v"])
_BY_A_DAY = frozenset(",.()") | {"the", "den", "dem", "dia", "día", "giorno", "d"}
_TOGETHER_BEHIND = re.compile("|".join(WRITTEN_TOGETHER_BEHIND))
_RETURN, _END_OF_ABSENCE, _END, _DAY = range(4)
_MOST_BEHIND = 12  # words behind a date from which on something is, before it is said that it is so again


def away_until(note: str, today: date) -> str:
    """The date that a note states, as YYYY-MM-DD; "" if it states none clearly, or one that is past or far off."""
    note = _SHORTENED.sub(lambda found: found[0].replace(".", "").replace("/", ""), note[:LONGEST_NOTE])
    for phrase, word in _PHRASES:
        note = phrase.sub(word, note)
    words = date_words.tokens(note)
    dates = stated_dates.stated(words, today)
    order = "month" if _MONTH_FIRST.search(note) else _order(dates)
    found = []
    for number, (rank, each, english) in enumerate(_governed(note, words, dates)):
        day = _chosen(each, order, english)
        if day is not None and today <= day <= today + FARTHEST:
            found.append((rank, number, day))
    return min(found)[2].isoformat() if found else ""


def _order(dates: Sequence[Stated]) -> str:
    """How the note orders the day and the month of 3/4, where another date of it shows that."""
    if any(each.day and not each.swapped for each in dates if _swappable(each)):
        return "day"
    return "month" if any(each.swapped and not each.day for each in dates) else ""


def _swappable(each: Stated) -> bool:
    return each.last - each.first >= 3


def _chosen(each: Stated, order: str, english: bool) -> date | None:
    if each.swapped is None or each.swapped == each.day or each.day is None:
        return each.day or each.swapped
    if order == "month":
        return each.swapped
    return None if english and order != "day" else each.day


def _governed(note: str, words: Sequence[Token], dates: Sequence[Stated]) -> Iterator[tuple[int, Stated, bool]]:
    """The dates that are governed, each with its rank, the best lowest, and whether that word is English."""
    leading = [(each, _before(words, each)) for each in dates]
    used = {near for _, at in leading if at is not None for near in range(at - _NEAR, at + 1)}
    for each, at in leading:
        rank = None if at is None or clauses.names_another(note, words, at) else _rank(words, at, each)
        if at is not None and rank is not None:
            yield rank, each, words[at].text in ENGLISH
    for each in (each for each, at in leading if at is None):
        at = _behind(words, each, min((other.first for other in dates if other.first >= each.last), default=len(words)))
        if at is not None and at not in used:
            begins = words[at].text in FROM_BEHIND and clauses.clause_is_about_absence(words, each.first)
            if not begins and not clauses.is_about_something_else(words, each.first, at):
                returns = words[at].text in RETURN_BEHIND or words[at].text in ANSWERS
                yield _RETURN if returns else _END, each, words[at].text in ENGLISH
        elif (
            each.spans
            and clauses.is_about_absence(words, each.first)
            and not clauses.is_about_something_else(words, each.first, each.last)
        ):
            yield _END_OF_ABSENCE, each, clauses.speaks_english(words)
        elif (rank := _written_together(note, words, each)) is not None:
            yield rank, each, False
        elif len(dates) == 1 and _is_day_of_absence(words, each):
            yield _DAY, each, clauses.speaks_english(words)


def _is_day_of_absence(words: Sequence[Token], each: Stated) -> bool:
    """Whether a date is the only day of an absence: closed on Monday, 7 September; am 14.9. bin ich nicht im Büro."""
    at = each.first - 1
    while at > 0 and words[at].text not in ON and _is_by_a_day(words[at].text):
        at -= 1
    if at < 0:
        return False
    if words[at].text not in ON:
        at += 1  # closed Monday, September 7
        if at == each.first or not date_words.is_weekday(words[at].text):
            return False
    first, last = clauses.sentence(words, at)
    before = " ".join(word.text for word in words[max(first, at - 5) : at])
    behind = " ".join(word.text for word in words[each.last : min(last, each.last + 8)])
    if clauses.is_about_something_else(words, first, last):
        return False
    return GONE.search(before) is not None or (at - first < 2 and GONE.search(behind) is not None)


def _is_by_a_day(word: str) -> bool:
    return word in _BY_A_DAY or date_words.is_weekday(word)


def _rank(words: Sequence[Token], at: int, each: Stated) -> int | None:
    if clauses.is_about_something_else(words, at, each.last):
        return None
    if words[at].text in RETURN or words[at].text in AGAIN:
        return _RETURN
    return _END_OF_ABSENCE if clauses.is_about_absence(words, each.first) else _END


def _before(words: Sequence[Token], each: Stated) -> int | None:
    """Where the word stands that leads to a date."""
    for at in range(each.first - 1, max(each.first - 2 - _MOST_BETWEEN, -1), -1):
        word = words[at].text
        if word in UNTIL and at + 1 < each.first and at and words[at - 1].text in RETURN:
            return at - 1  # wracam do biura 21 września
        if word in RETURN or (word in UNTIL and not _is_tom(words, at)) or _is_label(words, at, each):
            return at
        if (word in STARTS or word in ON) and (again := _again(words, at)) is not None:
            return again
        if not _may_stand_between(words, at) and not _is_place(words, at):
            return None
    return None


def _is_tom(words: Sequence[Token], at: int) -> bool:
    """Whether it is somebody's name: contact Tom after 14 September. Of Swedish it is until and including."""
    behind = words[at + 1].text
    return words[at].text == "tom" and not (behind.isdecimal() or behind == "den" or date_words.is_weekday(behind))


def _again(words: Sequence[Token], at: int) -> int | None:
    """Where it is said that what is so from a date on is so again: opět mě zastihnete od úterý 15. září."""
    for before in range(at - 1, max(at - 7, -1), -1):
        word = words[before].text
        if word in AGAIN or (word in RETURN and words[at].text in STARTS):
            return before
        if not word.isalpha() or word in ABSENT:
            return None
    return None


def _is_place(words: Sequence[Token], at: int) -> bool:
    """Whether a word that is not known says where somebody is back: back in Denver on 9/14."""
    return at > 1 and words[at].text.isalpha() and words[at - 1].text in _IN and words[at - 2].text in RETURN


def _is_label(words: Sequence[Token], at: int, each: Stated) -> bool:
    """Whether a line names the field of a form that says when an absence ends."""
    if words[at].text not in LABELS or words[at + 1].text != ":" or (at and words[at - 1].text != "\n"):
        return False
    first, last = clauses.sentence(words, at)
    if any(word.text in SOMETHING_ELSE for word in words[first:last]):
        return False
    return any(clauses.is_about_absence(words, place) for place in (at, first - 3, last + 2) if 0 <= place < len(words))


def _behind(words: Sequence[Token], each: Stated, stop: int) -> int | None:
    """Where the word stands that a date leads to, before the next date."""
    from_then = _starts(words, each)
    for at in range(each.last, min(each.last + (_MOST_BEHIND if from_then else _MOST_BETWEEN), stop)):
        word = words[at].text
        if word in RETURN_BEHIND or word in UNTIL_BEHIND or (from_then and _answers(words, at)):
            return at
        if not _may_stand_between(words, at) and not (from_then and word.isalpha() and word not in ABSENT):
            return None
    return None


def _answers(words: Sequence[Token], at: int) -> bool:
    """Whether somebody says that they answer, not that they do not."""
    return words[at].text in ANSWERS and all(word.text not in NOT for word in words[at : at + _NEAR])


def _starts(words: Sequence[Token], each: Stated) -> bool:
    """Whether something is so from a date on: ab Montag, 21.9., lese ich meine Mails wieder."""
    at = each.first - 1
    while at > 0 and (
        words[at].text in (",", "the", "den", "dem", "le", "el", "al") or date_words.is_weekday(words[at].text)
    ):
        at -= 1
    return at >= 0 and words[at].text in STARTS


def _may_stand_between(words: Sequence[Token], at: int) -> bool:
    word = words[at].text
    if word == "\n":
        return not (at and words[at - 1].text == "\n")
    if word == ".":
        return clauses.is_short(words, at)
    return word in FILLERS or word in _BETWEEN or date_words.is_weekday(word) or _is_time(words, at)


def _is_time(words: Sequence[Token], at: int) -> bool:
    """Whether it belongs to a time of the day, or is the year in front of a date."""
    word = words[at].text
    if word.isdecimal():
        return len(word) < 3 or (len(word) == 4 and word.startswith("20"))
    return word in ("am", "pm", "h", "uhr")


def _written_together(note: str, words: Sequence[Token], each: Stated) -> int | None:
    """The rank of a date that what stands at it without a space governs, as in Chinese, Japanese and Korean."""
    if clauses.is_about_something_else_together(note, words, each.first):
        return None
    behind = re.sub(r"\s|[（(][^（()）]{0,8}[)）]", "", note[words[each.last - 1].end :][:24])
    if _TOGETHER_BEHIND.match(behind):
        return _END if behind.startswith(END_TOGETHER) else _RETURN
    before = note[max(words[each.first].start - 8, 0) : words[each.first].start].rstrip()
    return _END if before.endswith(WRITTEN_TOGETHER_BEFORE) else None
