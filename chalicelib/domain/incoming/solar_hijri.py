"""The calendar of Iran and Afghanistan: its months by name, and its dates as those of the West.

Six months of 31 days, then 30 each; eight leap years in 33, which holds from 1244 to 1472.
https://www.fourmilab.ch/documents/calendar/#persian
"""

from datetime import date

_NAMES = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
FIRST = 101  # so are its months counted where those of the West are 1 to 12
MONTHS = {
    f"{name.translate(yeh)}{behind}": number
    for number, name in enumerate(_NAMES.split(), FIRST)
    for yeh in ({}, {0x6CC: 0x64A})
    for behind in ("", "ماه")
}
_BEFORE_1404 = date(2025, 3, 21).toordinal() - 365 * 1404 - (8 * 1404 + 21) // 33


def is_year(year: int) -> bool:
    """Whether a year is one of this calendar in our time."""
    return 1390 <= year < 1473


def year_of(today: date) -> int:
    """The year of this calendar in which a day is."""
    year = today.year - 621
    return year if day_of(year, 1, 1) <= today else year - 1


def day_of(year: int, month: int, day: int) -> date:
    """The day that one of this calendar is. Raises ValueError if there is none; that the last month is short is not seen."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError
    days = 31 * (month - 1) - max(month - 7, 0) + day - 1
    return date.fromordinal(_BEFORE_1404 + 365 * year + (8 * year + 21) // 33 + days)
