"""The catalogue of what people read: `python -m infra.words` writes it anew from the code and the translations.

gettext files, by Babel: every sentence that the code says (`say`, `many`, `noted`) or refuses a request with, and the tables of
words that sentences are made of, stand in `chalicelib/domain/words/LANGUAGE.po`, where people translate them. What ships are
tables in Python made of them, with the names of days and months from CLDR: a function that tells somebody something loads one
of them, and nothing else.
A sentence that is not translated is left empty in the .po, and a test names it.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.dates import get_day_names, get_month_names
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from chalicelib.domain import disclosure, errors
from chalicelib.domain.verdicts import explanations

HOUSE = Path(__file__).parent.parent / "chalicelib"
WORDS = HOUSE / "domain" / "words"
TRANSLATED = ("hi", "kn")
REFUSING = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.Rejected)}
_SAYING = {"say", "noted"} | REFUSING


def sentences() -> dict[str, str]:
    """Every sentence that is said in English, with the file that it stands in."""
    found: dict[str, str] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        for text in _said_in(ast.parse(path.read_text())):
            found.setdefault(text, str(path.relative_to(HOUSE.parent)))
    for table in (explanations, disclosure):
        for text in _of_tables(table.TRANSLATED):
            found.setdefault(text, f"{table.__name__.replace('.', '/')}.py")
    return found


def _said_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            many = 2 if node.func.id == "many" else 1 if node.func.id in _SAYING else 0
            for argument in node.args[:many]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _of_tables(tables: tuple[dict[object, str], ...]) -> Iterator[str]:
    for table in tables:
        yield from table.values()


def catalogue(language: str) -> Catalog:
    """The translations of a language, with an empty one where there is none yet, and without what is said no more."""
    path = WORDS / f"{language}.po"
    known = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(language)
    made = Catalog(
        language,
        project="Unsealed",
        fuzzy=False,
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),  # the same words make the same file
        revision_date=datetime(2026, 1, 1, tzinfo=UTC),
        header_comment=f"# What Unsealed says, in {language}. `python -m infra.words` keeps the list.",
    )
    for text, where in sorted(sentences().items(), key=lambda each: (each[1], each[0])):
        message = known.get(text)
        made.add(text, message.string if message else "", locations=[(where, None)])  # type: ignore[list-item]
    return made


def table(language: str, found: Catalog) -> str:
    """The module that ships."""
    days = [get_day_names("wide", locale=language)[day] for day in range(7)]
    months = [get_month_names("wide", locale=language)[month] for month in range(1, 13)]
    lines = [
        f'"""What is said in {language}, by the English words. Made by `python -m infra.words` of {language}.po."""',
        "",
        "# fmt: off",
        "# ruff: noqa: E501",
        "WORDS: dict[str, str] = {",
        *(f"    {message.id!r}: {message.string!r}," for message in found if message.id and message.string),
        "}",
        f"WEEKDAYS = {tuple(days)!r}",
        f"MONTHS = {tuple(months)!r}",
        "",
    ]
    return "\n".join(lines)


def write() -> None:
    """Write the catalogues and the tables that ship."""
    for language in TRANSLATED:
        found = catalogue(language)
        made = BytesIO()
        write_po(made, found, width=120, sort_output=False)
        (WORDS / f"{language}.po").write_bytes(made.getvalue())
        (WORDS / f"{language}.py").write_text(table(language, found))


if __name__ == "__main__":
    write()
