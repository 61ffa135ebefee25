"""Make chalicelib/domain/incoming/calendar_names.py again: python -m infra.refresh_calendar_names.

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
    "en": "weekday tues 1 weds 2 thur 3 thurs 3",
    "hi": "month सितम्बर 9 नवम्बर 11 दिसम्बर 12 अक्तूबर 10 फरवरी 2",
    "ar": "weekday الإثنين 0 الأثنين 0 الاربعاء 2 month اكتوبر 10 ابريل 4 اغسطس 8",
    "fa": "weekday سه‌شنبه 1 پنج‌شنبه 3 یک‌شنبه 6",
    "pl": "weekday poniedziałku 0 wtorku 1 środę 2 środy 2 czwartku 3 piątku 4 sobotę 5 soboty 5 niedzielę 6 niedzieli 6",
    "cs": "weekday úterka 1 středu 2 středy 2 čtvrtka 3 pátku 4 sobotu 5 neděli 6",
    "sk": "weekday pondelka 0 utorka 1 stredu 2 stredy 2 štvrtka 3 piatka 4 nedeľu 6",
    "hr": "weekday ponedjeljka 0 utorka 1 srijedu 2 srijede 2 četvrtka 3 petka 4 subotu 5 subote 5 nedjelju 6 nedjelje 6",
    "sr_Latn": "weekday ponedeljka 0 sredu 2 srede 2 nedelju 6",
    "sr": "weekday понедељка 0 уторка 1 среду 2 среде 2 четвртка 3 петка 4 недељу 6",
    "sl": "weekday torka 1 sredo 2 četrtka 3 soboto 5 nedeljo 6",
    "ru": "weekday понедельника 0 вторника 1 среду 2 среды 2 четверга 3 пятницу 4 пятницы 4 субботу 5 субботы 5 воскресенья 6",
    "uk": "weekday понеділка 0 вівторка 1 середу 2 середи 2 четверга 3 п’ятницю 4 п’ятниці 4 суботу 5 неділю 6 неділі 6",
    "hu": "weekday hétfőn 0 kedden 1 szerdán 2 csütörtökön 3 pénteken 4 szombaton 5",
    "is": "weekday mánudaginn 0 þriðjudaginn 1 miðvikudaginn 2 fimmtudaginn 3 föstudaginn 4 laugardaginn 5 sunnudaginn 6",
    "lt": "weekday pirmadienį 0 antradienį 1 trečiadienį 2 ketvirtadienį 3 penktadienį 4 šeštadienį 5 sekmadienį 6",
    "lv": "weekday pirmdien 0 otrdien 1 trešdien 2 ceturtdien 3 piektdien 4 sestdien 5 svētdien 6",
}
"""As people write them too, and in the case that stands behind a preposition: what they name, each with its number."""

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
    what = ""
    for word in SPELT.get(language, "").split():
        if word in ("month", "weekday"):
            what = word
        elif word.isdigit():
            yield from ((what, each, int(word)) for each in {name, bare(name)})
        else:
            name = word


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
        '"""Names of months and weekdays by Unicode\'s CLDR. Made by `python -m infra.refresh_calendar_names`: do not edit.\n\n'
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
