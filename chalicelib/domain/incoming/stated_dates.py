"""The dates that a text states, in the languages and orders in which people write them, and where each stands.

What could be two dates is none: 3/4 in English, a day and a month that do not meet on the weekday named, a day that has
just passed and so belongs to a note that nobody took down.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.incoming import solar_hijri
from chalicelib.domain.incoming.date_words import Token, is_weekday, month_of, weekday_of
from chalicelib.domain.incoming.written_dates import DAY_MARKS, OF, ORDINALS, TO, Written, read, text_at

STALE = timedelta(days=90)  # what passed so recently, and names no year, does not mean the next one


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORTEST_WEEKDAY = 3  # letters: two, such as `do`, are too often another word
_PARTS_OF_DAY = _words("soir matin midi abend abends mittag mittags morgens früh evening morning noon")
_SPAN_MARKS = _words("ら 부 터 至 到 ~ 〜 ～ - –")
_OF_A_SPAN = _words("間 以 後 内 ほ 程 前 間 间 内 后 간 이 후")  # behind such a mark, the number is one of days
_THE = _words("the den der dem le la el il lo o a zum am on op il")
_BEFORE_A_DAY = _words("the den dem le la el zum il , . ' ’")


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that stands in the tokens from `first` to before `last`.

    `spans` is whether days before it belong to it, of which it is the last. `swapped` is what it is where the month stands
    first, if that can be.
    """

    day: date | None
    first: int
    last: int
    spans: bool
    swapped: date | None = None


def stated(words: Sequence[Token], today: date) -> list[Stated]:
    """The dates in these tokens. One without a year is the next one after `today`."""
    dotted = any("\u3040" <= word.text[0] <= "\u9fff" or "\uac00" <= word.text[0] <= "\ud7af" for word in words)
    found: list[Stated] = []
    at = 0
    while at < len(words):
        written = read(words, at, dotted) or _day_of_month(words, at, found)
        if written is None:
            at += 1
            continue
        weekday = _weekday(words, at, written.last)
        day = _day(written.year, written.month, written.day, weekday, today)
        swapped = _day(written.year, written.day, written.month, weekday, today) if written.swappable else None
        if day or swapped:
            found.append(Stated(day, at, written.last, written.spans or _ends_span(words, at), swapped))
        at = written.last
    return found


def _day_of_month(words: Sequence[Token], at: int, before: Sequence[Stated]) -> Written | None:
    """Such as 11日 behind 9月7日: of the same month, or of the next."""
    day, last = words[at].text, at + 2
    if not before or before[-1].day is None or not day.isdecimal() or len(day) > 2:
        return None
    if text_at(words, at + 1) not in DAY_MARKS or text_at(words, last) in _OF_A_SPAN:
        return None
    known = before[-1].day
    month = known.month if int(day) > known.day else known.month % 12 + 1
    return Written(int(day), month, 0, last, spans=text_at(words, at - 1) in _SPAN_MARKS)


def _weekday(words: Sequence[Token], first: int, last: int) -> int | None:
    """The weekday that is named with a date, before it or behind it."""
    before = [text_at(words, at) for at in range(first - 1, first - 4, -1)]
    behind = (
        [text_at(words, last), text_at(words, last + 1)]
        if text_at(words, last) in ("(", ",")
        else [text_at(words, last)]
    )
    for some in (before, behind):
        shortest = _SHORTEST_WEEKDAY
        for word in some:
            named = weekday_of(word)
            if named is not None and len(word) >= shortest:
                return named
            if word in OF and word not in _THE:
                shortest = _SHORTEST_WEEKDAY + 1  # behind other words it is another one, as `sam` is of Croatian
            elif word not in _THE and word not in (",", ".", "("):
                break
    return None


def _day(year: int, month: int, day: int, weekday: int | None, today: date) -> date | None:
    """The date; None if there is no such day, if it falls on another weekday, or if it has just passed."""
    found = None
    with suppress(ValueError):
        if month >= solar_hijri.FIRST or solar_hijri.is_year(year):
            found = _of_iran(year, month, day, today)
        elif year:
            found = date(year, month, day)
        elif month:
            found = date(today.year, month, day)
            if found < today:
                found = None if today - found <= STALE else date(today.year + 1, month, day)
        else:
            found = date(today.year, today.month, day)
            if found < today:
                found = date(today.year + today.month // 12, today.month % 12 + 1, day)
    return found if found is None or weekday is None or found.weekday() == weekday else None


def _of_iran(year: int, month: int, day: int, today: date) -> date | None:
    """The same of a date of the calendar of Iran."""
    month -= solar_hijri.FIRST - 1 if month >= solar_hijri.FIRST else 0
    found = solar_hijri.day_of(year or solar_hijri.year_of(today), month, day)
    if year or found >= today:
        return found
    return None if today - found <= STALE else solar_hijri.day_of(solar_hijri.year_of(today) + 1, month, day)


def _ends_span(words: Sequence[Token], first: int) -> bool:
    """Whether a date ends some days: 7 - 18 September, vom 7. bis 18.9., from Monday 7th to Friday 18th September."""
    at = first - 1
    while (
        at >= 0
        and text_at(words, at) not in TO
        and (is_weekday(text_at(words, at)) or text_at(words, at) in _BEFORE_A_DAY)
    ):
        at -= 1
    if text_at(words, at) not in TO:
        return False
    at -= 1 + (text_at(words, at) == "-" and text_at(words, at - 1) == "ל")  # of Hebrew: to
    if text_at(words, at) in _PARTS_OF_DAY:  # du 31 juillet au soir au 24 août
        at -= 1 + (text_at(words, at - 1) in ("au", "le", "am", "in"))
    if text_at(words, at) in (")", "）"):  # 9/7(月)
        at = next((back for back in range(at, max(at - 5, -1), -1) if text_at(words, back) in ("(", "（")), at) - 1
    while at >= 0 and (text_at(words, at) in (".", ",", *DAY_MARKS) or text_at(words, at) in ORDINALS):
        at -= 1
    before = text_at(words, at)
    return bool(month_of(before)) or (before.isdecimal() and (len(before) < 3 or before.startswith(("20", "25"))))
