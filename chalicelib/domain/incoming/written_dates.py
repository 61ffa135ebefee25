"""How people write a date: in which order, with which marks, in figures or words."""

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.domain.incoming import solar_hijri
from chalicelib.domain.incoming.date_words import Token, begins_a_date, is_weekday, month_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BUDDHIST = 543  # years that Thailand is ahead
ORDINALS = _words("st nd rd th er ère º ª ° eme ème de ste ga го е")
_FROM = _words("től tól")
OF = _words("of de d del di do da af")
TO = _words(
    "- – — ~ 〜 ～ 至 到 to until till til thru through bis au al all alla ao tot do à a and und et y e en og och до по и i és "
    "إلى الى حتى لغاية تا ถึง đến sampai hingga עד до μέχρι μεχρι έως εως ως tom tm t"
)
DAY_MARKS = ("日", "号", "號", "일")
_NUMBERED = _words("room raum zimmer salle sala aula ext extension durchwahl poste stand booth halle version")
_TIME_BEFORE = _words("um at kl klo ora heure")
_TIME_BEHIND = _words(": % € $ £ uhr h hrs pm am kr euro kb mb gb kg km")


class Written(NamedTuple):
    """What stands in the tokens before `last`. `year` or `month` is 0 if it is not told."""

    day: int
    month: int
    year: int
    last: int
    swappable: bool = False
    spans: bool = False


def read(words: Sequence[Token], at: int, dotted: bool) -> Written | None:
    """The date that begins at a token, if one does. `dotted` is whether 9.18 may be of the month before the dot."""
    if words[at].text.isdecimal():
        if at and (
            words[at - 1].text in "+/"
            or words[at - 1].text in _NUMBERED
            or (words[at - 1].text in ".:" and _joined(words, at - 2))
        ):
            return None  # the end of another number
        return _by_numbers(words, at, dotted) or _day_first(words, at)
    return _month_first(words, at)


def _by_numbers(words: Sequence[Token], at: int, dotted: bool) -> Written | None:
    """Such as 2026-09-18, 2026年9月18日, 18.9.2026, 18/9, 18.9."""
    first, by, second = (text_at(words, at + n) for n in range(3))
    if len(first) == 4 and by in "./-年년" and by and second.isdecimal():
        mark, third = text_at(words, at + 3), text_at(words, at + 4)
        if third.isdecimal() and mark == {"年": "月", "년": "월"}.get(by, by):
            return Written(
                int(third), int(second), _of_our_era(int(first)), at + 5 + (text_at(words, at + 5) in DAY_MARKS)
            )
        return None
    if len(first) > 2 or not second.isdecimal() or len(second) > 2:
        return None
    if by in ("月", "월"):
        last = at + 3 + (text_at(words, at + 3) in DAY_MARKS)
        third = text_at(words, last + 1)
        if text_at(words, last) in TO and third.isdecimal() and text_at(words, last + 2) in DAY_MARKS:
            return Written(int(third), int(first), 0, last + 3, spans=True)  # 9月7日至18日
        return Written(int(second), int(first), 0, last)
    if by not in (".", "/", "-") or (by != "." and not _joined(words, at)):
        return None
    swappable = by == "/"
    mark, third = text_at(words, at + 3), text_at(words, at + 4)
    if mark == by and third.isdecimal() and len(third) in (2, 4) and (by == "." or _joined(words, at + 2)):
        year = _of_our_era(int(third)) + (2000 if len(third) == 2 else 0)
        return Written(int(first), int(second), year, at + 5, swappable or int(second) > 12)
    if by == "-" or text_at(words, at - 1) in _TIME_BEFORE or (first, second) == ("24", "7"):
        return None
    if by == "." and (mark != "." and (mark in _TIME_BEHIND or len(second) > 2 or not _joined(words, at))):
        return None
    return Written(int(first), int(second), 0, at + 3 + (mark == "."), swappable or dotted)


def _day_first(words: Sequence[Token], at: int) -> Written | None:
    """Such as 18 September 2026, 18th of September, 18-Sep-26, 18. syyskuuta, ngày 18 tháng 9; or the day alone, the 18th."""
    if len(words[at].text) > 2:
        return None
    day, after = int(words[at].text), at + 1
    ordinal = text_at(words, after) in ORDINALS and words[at].end == words[after].start
    after += ordinal
    if text_at(words, after) == ":" and text_at(words, after + 1) in ("e", "a") and _joined(words, at):
        after += 2  # 14:e september
    dotted = text_at(words, after) == "."
    after += dotted
    behind = after
    while (
        text_at(words, behind) in OF
        or text_at(words, behind) in ("-", "/", "'", "’", "\n")
        or text_at(words, behind) == "the"
    ):
        behind += 1
    if text_at(words, behind) in ("tháng", "thg") and text_at(words, behind + 1).isdecimal():
        year, last = _year(words, behind + 2 + (text_at(words, behind + 2) == "năm"))
        return Written(day, int(words[behind + 1].text), year, last)
    month = month_of(text_at(words, behind))
    if month:
        year, last = _year(words, behind + 1)
        if (
            month >= solar_hijri.FIRST
            and (named := text_at(words, behind + 1)).isdecimal()
            and solar_hijri.is_year(int(named))
        ):
            year, last = int(named), behind + 2
        return Written(day, month, year, last)
    if ordinal and text_at(words, at + 1) in ("st", "nd", "rd", "th"):
        return Written(day, 0, 0, at + 2)
    if dotted and text_at(words, at - 1) in ("den", "dem", "zum"):
        return Written(day, 0, 0, after)
    return Written(day, 0, 0, after) if _is_day_of_week(words, at, after) else None


def _is_day_of_week(words: Sequence[Token], at: int, after: int) -> bool:
    """Whether a day stands alone behind its weekday, and is no time: de retour lundi 7."""
    named = text_at(words, at - 1 - (text_at(words, at - 1) == ","))
    behind = text_at(words, after)
    number = behind in ("-", "–", ".", "/", ",") and text_at(words, after + 1).isdecimal()
    return len(named) > 3 and is_weekday(named) and not number and behind not in _TIME_BEHIND and not month_of(behind)


def _month_first(words: Sequence[Token], at: int) -> Written | None:
    """Such as September 18th, 2026; September 7 - 18; 2026. szeptember 18-ig."""
    month = month_of(words[at].text) if begins_a_date(words[at].text) else 0
    after = at + 1 + (text_at(words, at + 1) == ".")
    after += text_at(words, after) == "the"
    if not month or not text_at(words, after).isdecimal() or len(words[after].text) > 2:
        return None
    day, after = int(words[after].text), after + 1
    after += text_at(words, after) in ORDINALS
    spans = False
    if text_at(words, after) == "-" and text_at(words, after + 1) in _FROM:
        after += 1  # szeptember 7-től 18-ig
    after += text_at(words, after) == "." and text_at(words, after + 1) in TO  # szeptember 7. és 11.
    if text_at(words, after) in TO or text_at(words, after) in _FROM:
        behind = after + 1 + (text_at(words, after + 1) == "the")
        if (
            text_at(words, behind).isdecimal()
            and len(words[behind].text) < 3
            and not month_of(text_at(words, behind + 1))
        ):
            day, after, spans = int(words[behind].text), behind + 1, True
            after += text_at(words, after) in ORDINALS
    if text_at(words, after) == ":":
        return None  # of the clock
    year, last = _year(words, after)
    before = text_at(words, at - 2) if text_at(words, at - 1) == "." else ""
    return Written(
        day, month, year or (int(before) if before.isdecimal() and len(before) == 4 else 0), last, spans=spans
    )


def _year(words: Sequence[Token], at: int) -> tuple[int, int]:
    """The year that stands at a token or little behind it, 0 if none does, and where what follows begins."""
    behind = at
    while behind < at + 3 and (
        text_at(words, behind) in (".", ",", "-", "/", "'", "’") or text_at(words, behind) in OF
    ):
        behind += 1
    text = text_at(words, behind)
    if len(text) == 4 and text.isdecimal() and text.startswith(("20", "25")):
        return _of_our_era(int(text)), behind + 1
    marked = text_at(words, behind - 1) in ("-", "'", "’")
    if len(text) == 2 and text.isdecimal() and marked and behind > at and words[behind - 1].end == words[behind].start:
        return 2000 + int(text), behind + 1
    return 0, at


def _of_our_era(year: int) -> int:
    """A year as it is counted in the West: in Thailand 2026 is 2569."""
    return year - _BUDDHIST if 2500 < year < 2600 else year


def text_at(words: Sequence[Token], at: int) -> str:
    """A token's text, "" before the first and behind the last."""
    return words[at].text if 0 <= at < len(words) else ""


def _joined(words: Sequence[Token], at: int) -> bool:
    """Whether a token, the mark behind it and the next one stand together."""
    if not 0 <= at < len(words) - 2:
        return False
    return words[at].end == words[at + 1].start and words[at + 1].end == words[at + 2].start
