"""Every file says what it is, and what a docstring or a comment names is there: a file by its path, or by its name alone."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("chalicelib", "infra", "tests")
ELSEWHERE = Path("tests/bench/other_rules.py")  # quotes other projects, and names files of theirs
FILES = [path.relative_to(ROOT) for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
ENDS = {path.parts[-number:] for path in FILES for number in range(1, len(path.parts) + 1)} | {("app.py",)}
_BEGINNING = re.compile(r'(?:#.*\n)*"""\s*[^\s"]')
_PROSE = re.compile(r'"""(.*?)"""|# ([^\n]*)', re.DOTALL)
_NAMED = re.compile(r"(?<![\w./*-])((?:[a-z_][\w-]*/)*[a-z]\w*\.py)\b")


@pytest.mark.parametrize("path", [path for path in FILES if path != ELSEWHERE], ids=str)
def test_every_file_that_the_code_names_is_there(path):
    prose = " ".join("".join(found) for found in _PROSE.findall((ROOT / path).read_text()))
    assert {name for name in _NAMED.findall(prose) if tuple(name.split("/")) not in ENDS} == set()


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_says_what_it_is(path):
    assert path.name == "__init__.py" or _BEGINNING.match((ROOT / path).read_text())
