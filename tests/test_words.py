"""One word for one thing: what docs/words.md gives a word of its own is called by nothing else where mail is read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "chalicelib"
FORBIDDEN = [  # a room, what nothing in it is named, and the field's terms that are
    ("domain/outgoing", "mark", {"markup", "_MARKUP"}),
    ("domain/outgoing", "notice", set()),
    ("domain/incoming", "sender", {"null_sender"}),
    ("work/mail", "refusal", set()),
    ("work/telling", "desk", set()),
    ("work/telling", "notice", set()),
    ("routes/public", "notice", set()),
]


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


@pytest.mark.parametrize(("room", "word", "terms"), FORBIDDEN)
def test_a_word_that_means_something_else_names_nothing_there(room: str, word: str, terms: set[str]):
    found = {f"{path.name}: {name}" for path in (ROOT / room).glob("*.py") for name in names(path)
             if word in name.lower().split("_") and name not in terms}  # fmt: skip
    assert not found


def test_the_terms_are_explained():
    said = (ROOT.parent / "docs" / "words.md").read_text()
    for term in (
        "**sender**",
        "*author*",
        "**mark**",
        "**quote sign**",
        "**merge tag**",
        "**notice**",
        "**MAIL FROM**",
    ):
        assert term in said
