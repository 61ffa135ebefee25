"""The dates that a text states, in the languages and orders in which people write them, and where each stands.

What could be two dates is none: 3/4 in English, a day and a month that do not meet on the weekday named, a day that has
just passed and so belongs to a note that nobody took down.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.domain.incoming.date_words import Token, begins_a_date, is_weekday, month_of, weekday_of

STALE = timedelta(days=90)  # what passed so recently, and names no year, does not mean the next one


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BUDDHIST = 543  # years that Thailand is ahead
_SHORTEST_WEEKDAY = 3  # letters: two, such as `do`, are too often another word
_ORDINALS = _words("st nd rd th er ère º ª ° eme ème de ste ga го е")
_FROM = _words("től tól")
_OF = _words("of de d del di do da af")
_TO = _words(
    "- – — ~ 〜 ～ 至 到 to until till til thru through bis au al all alla ao tot do à a and und et y e en og och до по и i"
)
_DAY_MARKS = ("日", "号", "號", "일")
_SPAN_MARKS = _words("ら 부 터 至 到 ~ 〜 ～ - –")
_OF_A_SPAN = _words("間 以 後 内 ほ 程 前 間 间 内 后 간 이 후")  # behind such a mark, the number is one of days
_THE = _words("the den der dem le la el il lo o a zum am on op il")
_BEFORE_A_DAY = _words("the den le el zum il , . ' ’")
_TIME_BEFORE = _words("um at kl klo ora heure")
_TIME_BEHIND = _words(": % € $ £ uhr h hrs pm am kr euro")


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


class _Read(NamedTuple):
    """What stands in the tokens before `last`. `year` or `month` is 0 if it is not told."""

    day: int
    month: int
    year: int
    last: int
    swappable: bool = False
    spans: bool = False


def stated(words: Sequence[Token], today: date) -> list[Stated]:
    """The dates in these tokens. One without a year is the next one after `today`."""
    found: list[Stated] = []
    at = 0
    while at < len(words):
        read = _read(words, at) or _day_of_month(words, at, found)
        if read is None:
            at += 1
            continue
        weekday = _weekday(words, at, read.last)
        day = _day(read.year, read.month, read.day, weekday, today)
        swapped = _day(read.year, read.day, read.month, weekday, today) if read.swappable else None
        if day or swapped:
            found.append(Stated(day, at, read.last, read.spans or _ends_span(words, at), swapped))
        at = read.last
    return found


def _read(words: Sequence[Token], at: int) -> _Read | None:
    """The date that begins at a token, if one does."""
    if words[at].text.isdecimal():
        if at and (words[at - 1].text in "+/" or (words[at - 1].text in ".:" and _joined(words, at - 2))):
            return None  # the end of another number
        return _by_numbers(words, at) or _day_first(words, at)
    return _month_first(words, at)


def _day_of_month(words: Sequence[Token], at: int, before: Sequence[Stated]) -> _Read | None:
    """Such as 11日 behind 9月7日: of the same month, or of the next."""
    day, last = words[at].text, at + 2
    if not before or before[-1].day is None or not day.isdecimal() or len(day) > 2:
        return None
    if _text(words, at + 1) not in _DAY_MARKS or _text(words, last) in _OF_A_SPAN:
        return None
    known = before[-1].day
    month = known.month if int(day) > known.day else known.month % 12 + 1
    return _Read(int(day), month, 0, last, spans=_text(words, at - 1) in _SPAN_MARKS)


def _by_numbers(words: Sequence[Token], at: int) -> _Read | None:
    """Such as 2026-09-18, 2026年9月18日, 18.9.2026, 18/9, 18.9."""
    first, by, second = (_text(words, at + n) for n in range(3))
    if len(first) == 4 and by in "./-年년" and by and second.isdecimal():
        mark, third = _text(words, at + 3), _text(words, at + 4)
        if third.isdecimal() and mark == {"年": "月", "년": "월"}.get(by, by):
            return _Read(
                int(third), int(second), _of_our_era(int(first)), at + 5 + (_text(words, at + 5) in _DAY_MARKS)
            )
        return None
    if len(first) > 2 or not second.isdecimal() or len(second) > 2:
        return None
    if by in ("月", "월"):
        last = at + 3 + (_text(words, at + 3) in _DAY_MARKS)
        third = _text(words, last + 1)
        if _text(words, last) in _TO and third.isdecimal() and _text(words, last + 2) in _DAY_MARKS:
            return _Read(int(third), int(first), 0, last + 3, spans=True)  # 9月7日至18日
        return _Read(int(second), int(first), 0, last)
    if by not in (".", "/", "-") or (by != "." and not _joined(words, at)):
        return None
    swappable = by == "/"
    mark, third = _text(words, at + 3), _text(words, at + 4)
    if mark == by and third.isdecimal() and len(third) in (2, 4) and (by == "." or _joined(words, at + 2)):
        year = _of_our_era(int(third)) + (2000 if len(third) == 2 else 0)
        return _Read(int(first), int(second), year, at + 5, swappable or int(second) > 12)
    if by == "-" or _text(words, at - 1) in _TIME_BEFORE or (first, second) == ("24", "7"):
        return None
    if by == "." and (mark != "." and (mark in _TIME_BEHIND or len(second) > 2 or not _joined(words, at))):
        return None
    return _Read(int(first), int(second), 0, at + 3 + (mark == "."), swappable)


def _day_first(words: Sequence[Token], at: int) -> _Read | None:
    """Such as 18 September 2026, 18th of September, 18-Sep-26, 18. syyskuuta, ngày 18 tháng 9; or the day alone, the 18th."""
    if len(words[at].text) > 2:
        return None
    day, after = int(words[at].text), at + 1
    ordinal = _text(words, after) in _ORDINALS and words[at].end == words[after].start
    after += ordinal
    if _text(words, after) == ":" and _text(words, after + 1) in ("e", "a") and _joined(words, at):
        after += 2  # 14:e september
    dotted = _text(words, after) == "."
    after += dotted
    behind = after
    while _text(words, behind) in _OF or _text(words, behind) in ("-", "'", "’", "\n") or _text(words, behind) == "the":
        behind += 1
    if _text(words, behind) in ("tháng", "thg") and _text(words, behind + 1).isdecimal():
        year, last = _year(words, behind + 2 + (_text(words, behind + 2) == "năm"))
        return _Read(day, int(words[behind + 1].text), year, last)
    month = month_of(_text(words, behind))
    if month:
        year, last = _year(words, behind + 1)
        return _Read(day, month, year, last)
    if ordinal and _text(words, at + 1) in ("st", "nd", "rd", "th"):
        return _Read(day, 0, 0, at + 2)
    return _Read(day, 0, 0, after) if dotted and _text(words, at - 1) in ("den", "dem", "zum") else None


def _month_first(words: Sequence[Token], at: int) -> _Read | None:
    """Such as September 18th, 2026; September 7 - 18; 2026. szeptember 18-ig."""
    month = month_of(words[at].text) if begins_a_date(words[at].text) else 0
    after = at + 1 + (_text(words, at + 1) == ".")
    after += _text(words, after) == "the"
    if not month or not _text(words, after).isdecimal() or len(words[after].text) > 2:
        return None
    day, after = int(words[after].text), after + 1
    after += _text(words, after) in _ORDINALS
    spans = False
    if _text(words, after) == "-" and _text(words, after + 1) in _FROM:
        after += 1  # szeptember 7-től 18-ig
    if _text(words, after) in _TO or _text(words, after) in _FROM:
        behind = after + 1 + (_text(words, after + 1) == "the")
        if _text(words, behind).isdecimal() and len(words[behind].text) < 3 and not month_of(_text(words, behind + 1)):
            day, after, spans = int(words[behind].text), behind + 1, True
            after += _text(words, after) in _ORDINALS
    if _text(words, after) == ":":
        return None  # of the clock
    year, last = _year(words, after)
    before = _text(words, at - 2) if _text(words, at - 1) == "." else ""
    return _Read(day, month, year or (int(before) if before.isdecimal() and len(before) == 4 else 0), last, spans=spans)


def _year(words: Sequence[Token], at: int) -> tuple[int, int]:
    """The year that stands at a token or little behind it, 0 if none does, and where what follows begins."""
    behind = at
    while behind < at + 3 and (_text(words, behind) in (".", ",", "-", "'", "’") or _text(words, behind) in _OF):
        behind += 1
    text = _text(words, behind)
    if len(text) == 4 and text.isdecimal() and text.startswith(("20", "25")):
        return _of_our_era(int(text)), behind + 1
    marked = _text(words, behind - 1) in ("-", "'", "’")
    if len(text) == 2 and text.isdecimal() and marked and behind > at and words[behind - 1].end == words[behind].start:
        return 2000 + int(text), behind + 1
    return 0, at


def _of_our_era(year: int) -> int:
    """A year as it is counted in the West: in Thailand 2026 is 2569."""
    return year - _BUDDHIST if 2500 < year < 2600 else year


def _weekday(words: Sequence[Token], first: int, last: int) -> int | None:
    """The weekday that is named with a date, before it or behind it."""
    before = [_text(words, at) for at in range(first - 1, first - 4, -1)]
    behind = [_text(words, last), _text(words, last + 1)] if _text(words, last) in ("(", ",") else [_text(words, last)]
    for some in (before, behind):
        shortest = _SHORTEST_WEEKDAY
        for word in some:
            named = weekday_of(word)
            if named is not None and len(word) >= shortest:
                return named
            if word in _OF and word not in _THE:
                shortest = _SHORTEST_WEEKDAY + 1  # behind other words it is another one, as `sam` is of Croatian
            elif word not in _THE and word not in (",", ".", "("):
                break
    return None


def _day(year: int, month: int, day: int, weekday: int | None, today: date) -> date | None:
    """The date; None if there is no such day, if it falls on another weekday, or if it has just passed."""
    found = None
    with suppress(ValueError):
        if year:
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


def _ends_span(words: Sequence[Token], first: int) -> bool:
    """Whether a date ends some days: 7 - 18 September, vom 7. bis 18.9., from Monday 7th to Friday 18th September."""
    at = first - 1
    while (
        at >= 0 and _text(words, at) not in _TO and (is_weekday(_text(words, at)) or _text(words, at) in _BEFORE_A_DAY)
    ):
        at -= 1
    if _text(words, at) not in _TO:
        return False
    at -= 1
    if _text(words, at) in (")", "）"):  # 9/7(月)
        at = next((back for back in range(at, max(at - 5, -1), -1) if _text(words, back) in ("(", "（")), at) - 1
    while at >= 0 and (_text(words, at) in (".", ",", *_DAY_MARKS) or _text(words, at) in _ORDINALS):
        at -= 1
    before = _text(words, at)
    return bool(month_of(before)) or (before.isdecimal() and (len(before) < 3 or before.startswith("20")))


def _text(words: Sequence[Token], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _joined(words: Sequence[Token], at: int) -> bool:
    """Whether a token, the mark behind it and the next one stand together."""
    if not 0 <= at < len(words) - 2:
        return False
    return words[at].end == words[at + 1].start and words[at + 1].end == words[at + 2].start
