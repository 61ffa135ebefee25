"""Make chalicelib/domain/incoming/calendar_names.py again: python -m infra.name_months.

The names of months and weekdays in the languages that Outlook speaks, from Unicode's CLDR as Babel has it, with and
without their accents. What names two months, or two weekdays, in different languages is left out: of `listopada` nobody
knows whether it is Polish or Croatian.
"""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale

OUT = Path(__file__).parent.parent / "chalicelib" / "domain" / "incoming" / "calendar_names.py"
LANGUAGES = (
    "ar ar_DZ ar_LB ar_MA bg bn ca cs da de de_AT el en en_GB es es_PE et eu fa fi fr ga gl he hi hr hu id is it kk lt lv mk "
    "ms nb nl pl pt ro ru sk sl sq sr sr_Latn sv th tr uk ur vi"
)
MONTH_FIRST = ("en", "en_GB", "hu", "lt", "eu", "kk")
WIDTH = 118

SPELT = {
    "hi": "month|सितम्बर|9 month|नवम्बर|11 month|दिसम्बर|12 month|अक्तूबर|10 month|फरवरी|2",
    "ar": "weekday|الإثنين|0 weekday|الأثنين|0 weekday|الاربعاء|2 month|اكتوبر|10 month|ابريل|4 month|اغسطس|8",
    "fa": "month|ژانویۀ|1 weekday|سه‌شنبه|1 weekday|پنج‌شنبه|3 weekday|یک‌شنبه|6",
}
"""As people write them too: what, its name and its number."""

_ARTICLE = re.compile(r"^de\s|^d['’]")  # of Catalan: 1 d’agost


def names(language: str) -> Iterator[tuple[str, str, int]]:
    """The names of a language: whether of a month or a weekday (0 is Monday), as they stand in text, in lower case."""
    locale = Locale.parse(language)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for what, table in (("month", locale.months), ("weekday", locale.days)):
                for number, name in table[context][width].items():
                    plain = _ARTICLE.sub("", name.lower().rstrip(".\u05f3"))
                    for each in {plain, bare(plain)}:
                        if len(each) > 1 and not any(letter.isdigit() for letter in each):
                            yield what, each, number
    for spelt in SPELT.get(language, "").split():
        what, name, number = spelt.split("|")
        yield what, name, int(number)


def bare(text: str) -> str:
    """A text in Latin or Greek letters without their marks: as it is typed where there are none."""
    parts = unicodedata.normalize("NFD", text)
    if "α" <= parts[:1] <= "ω":
        return parts.replace("\u0301", "")
    return parts.encode("ascii", "ignore").decode() if parts[:1].isascii() else text


def lines(words: list[str]) -> str:
    """Words in lines that are not too long."""
    rows = [""]
    for word in words:
        if len(rows[-1]) + len(word) > WIDTH:
            rows.append("")
        rows[-1] += f"{word}|"
    return "\n".join(rows)


def table(name: str, by_number: Mapping[int, list[str]], numbers: range) -> str:
    """A table of the module, a row of words for each number."""
    rows = "".join(f'    """\n{lines(sorted(by_number[number]))}\n""",\n' for number in numbers)
    return f"{name} = (\n{rows})\n"


def main(out: Path = OUT) -> None:
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    first = set()
    for language in LANGUAGES.split():
        for what, name, number in names(language):
            found[what, name].add(number)
            if what == "month" and language in MONTH_FIRST:
                first.add(name)
    sure: dict[str, dict[int, list[str]]] = {"month": defaultdict(list), "weekday": defaultdict(list)}
    for (what, name), numbers in found.items():
        if len(numbers) == 1:
            sure[what][min(numbers)].append(name)
    kept = sorted(name for name in first if len(found["month", name]) == 1)
    out.write_text(
        '"""Names of months and weekdays by Unicode\'s CLDR. Made by `python -m infra.name_months`: do not edit.\n\n'
        "https://cldr.unicode.org, Copyright 1991-2025 Unicode, Inc., under the Unicode License v3. In lower case, the words\n"
        "of all languages together, months from January, weekdays from Monday.\n"
        '"""\n\n'
        + table("MONTHS", sure["month"], range(1, 13))
        + "\n"
        + table("WEEKDAYS", sure["weekday"], range(7))
        + f'\nBEFORE_THE_DAY = """\n{lines(kept)}\n"""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
