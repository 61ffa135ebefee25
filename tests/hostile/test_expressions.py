"""No text makes a regular expression slow: twice the text never takes more than about twice the time.

All expressions of chalicelib are found: those that its modules hold, and those that are written where they are used.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import chalicelib
from tests.hostile.pumping import attacks, superlinear

ROOT = Path(chalicelib.__file__).parent
SOURCES = {path: path.read_text() for path in sorted(ROOT.rglob("*.py"))}
METHODS = ("match", "fullmatch", "search", "findall", "finditer", "sub", "split")
CALLED = re.compile(rf"\bre\s*\.\s*({'|'.join(METHODS)})\b")
MODULES = [name for _, name, _ in pkgutil.walk_packages([str(ROOT)], "chalicelib.")]


def held() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """The expressions that modules hold, each with how it is used."""
    for module in MODULES:
        for name, value in vars(importlib.import_module(module)).items():
            for number, pattern in enumerate(_patterns(value)):
                yield f"{module}.{name}[{number}]", pattern, _used(module, name) or HANDED_ON


def _used(module: str, name: str) -> set[str]:
    """How the expression of this name is used, in its module and by those who name it with it."""
    own = SOURCES[ROOT.parent / (module.replace(".", "/") + ".py")]
    call = rf"{name}(?:\[[^\]]*\])?\.({'|'.join(METHODS)})\("
    from_outside = f"{module.rpartition('.')[2]}.{name}"
    elsewhere = [text for text in SOURCES.values() if from_outside in text]
    return {used for text in elsewhere for used in re.findall(rf"\b{module.rpartition('.')[2]}\.{call}", text)} | set(
        re.findall(rf"(?<![\w.]){call}", own)
    )


def _handed_on() -> set[str]:
    """How functions use the expressions that they are given."""
    found = set()
    for source in SOURCES.values():
        for node in ast.walk(ast.parse(source if "re.Pattern" in source else "")):
            if isinstance(node, ast.FunctionDef):
                given = "|".join(
                    each.arg
                    for each in node.args.args
                    if each.annotation and "re.Pattern" in ast.unparse(each.annotation)
                )
                found |= set(re.findall(rf"\b(?:{given})\.({'|'.join(METHODS)})\(", ast.unparse(node)) if given else ())
    return found


HANDED_ON = _handed_on()


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _patterns(each)


def inline() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """The expressions that are written in the call that uses them."""
    for path, source in SOURCES.items():
        for node in ast.walk(ast.parse(source if CALLED.search(source) else "")):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{method}" for method in METHODS}:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
                yield (
                    where,
                    re.compile(_written(node.args[0], where, module)),
                    {ast.unparse(node.func).removeprefix("re.")},
                )


def _written(node: ast.expr, where: str, module: ModuleType) -> str:
    """The expression as it is written, or as its module has named it; for what is escaped and put into it stands a word."""
    if isinstance(node, ast.Name) and isinstance(named := vars(module).get(node.id), str):
        return named
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    escaped = [isinstance(each, ast.FormattedValue) and "re.escape(" in ast.unparse(each) for each in parts]
    known = all(word or isinstance(each, ast.Constant) for each, word in zip(parts, escaped, strict=True))
    assert known, f"{where}: this expression cannot be tested; compile it"
    return "".join("word" if word else each.value for each, word in zip(parts, escaped, strict=True))


# Each once, however it is used. Not by its identity: whether two of the same words are one object depends on what else was
# compiled, and the processes of a run have to agree.
EXPRESSIONS = {
    (pattern.pattern, pattern.flags, frozenset(used)): (name, pattern, used)
    for name, pattern, used in [*held(), *inline()]
}


def test_they_are_found():
    assert len(EXPRESSIONS) > 50
    compiled = sum(source.count("re.compile(") for source in SOURCES.values())
    assert len(EXPRESSIONS) >= compiled


@pytest.mark.parametrize(
    ("name", "pattern", "used"), EXPRESSIONS.values(), ids=[each[0] for each in EXPRESSIONS.values()]
)
def test_an_expression_takes_time_in_proportion_to_its_text(name: str, pattern: re.Pattern[Any], used: set[str]):
    for method in used:

        def do(text: Any, method: str = method) -> object:
            if method == "sub":
                return pattern.sub(text[:0], text)
            return list(pattern.finditer(text)) if method == "finditer" else getattr(pattern, method)(text)

        for text in attacks(pattern):
            assert not superlinear(do, text), f"{method} of {text(40)!r} and so on"
