"""The house keeps its floors: who may import whom, who may read the environment, and who may ask for the time."""

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = sorted([ROOT / "app.py", *(ROOT / "chalicelib").rglob("*.py")])

MAY_IMPORT = {
    "config": set(),
    "log": set(),
    "domain": {"domain"},
    "store": {"store", "domain", "config"},
    "senders": {"senders", "domain", "config"},
    "work": {"work", "domain", "store", "senders", "log", "config"},
    "routes": {"routes", "domain", "store", "work", "log"},
    "app": {"routes", "work", "store", "log"},
}
OUTSIDE = {  # who alone may import it, beside the standard library
    "boto3": {"store", "senders"},
    "botocore": {"store", "senders"},
    "chalice": {"routes", "app"},
    "msgspec": {"routes"},
    "aws_lambda_powertools": {"log"},
}
# Named exceptions: Chalice's decorator wants the stream's ARN when app.py is imported; a signature needs the date on
# which it is made, whatever time the request is about, and a connection has a deadline; and the stream's event says when
# things were written, not when it comes.
READS_ENVIRONMENT = {"config.py", "app.py"}
READS_CLOCK = {"wire.py", "connection.py", "app.py"}


def floor(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "app" if parts == ("app",) else parts[1]


def room_of(module: str) -> str:
    """The room of a dotted name: `chalicelib.work.mail.gateway` stands in `work.mail`, `chalicelib.work.retrying` alone."""
    return ".".join(module.split(".")[1:3])


def rooms() -> dict[str, set[str]]:
    """Each room of the house, and the rooms of its own floor that it imports from."""
    found: dict[str, set[str]] = {}
    for path in HOUSE:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path.name == "__init__.py" or name.count(".") < 2:
            continue
        imported = {room_of(each) for each in imports(path) if each.startswith(f"chalicelib.{floor(path)}.")}
        found.setdefault(room_of(name), set()).update(imported - {room_of(name)})
    return found


def test_no_circle_leads_through_the_rooms_of_a_floor():
    TopologicalSorter(rooms()).prepare()  # raises CycleError, which names the rooms


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> list[ast.AST]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Import | ast.ImportFrom | ast.Call)]


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_floor_imports_from_above(path):
    for name in imports(path):
        first, _, rest = name.partition(".")
        assert first not in ("app", "infra", "tests"), (
            f"{name}: nobody imports the entrance, the deployment or the tests"
        )
        if first == "chalicelib" and path.name != "__init__.py":
            assert rest.split(".")[0] in MAY_IMPORT[floor(path)], f"{name} stands above {floor(path)}"
        assert floor(path) in OUTSIDE.get(first, {floor(path)}), f"{first} has no place in {floor(path)}"


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_settings_read_the_environment(path):
    if path.name not in READS_ENVIRONMENT:
        assert "os" not in imports(path) and not any(name.startswith("os.environ") for name in imports(path))


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_asks_for_the_time(path):
    clocks = {"time.time", "time.monotonic", "datetime.now", "datetime.utcnow", "date.today", "time.gmtime"}
    if path.name not in READS_CLOCK:
        assert not calls(path) & clocks, "the gateway, the schedule and the stream say when; it comes in as an argument"


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_needs_the_standard_library_only(path):
    if floor(path) == "domain":
        others = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"chalicelib"}
        assert not others


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path):
    assert path.name == "__init__.py" or ast.get_docstring(tree(path))
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} says nothing of itself"
