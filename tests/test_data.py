"""The table of what is kept in docs/data.md, held to what the system writes: both ways, item by item and name by name."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.contacts import Contact
from chalicelib.domain.events import Evidence
from chalicelib.domain.incoming.sorting import Verdicts
from chalicelib.domain.messages import Door
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import Tally
from tests.embedded import Embedded
from tests.infra import everything

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "data.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| `")]
FREE = {"marks", "tell"}  # their names are not ours, or are those of kinds of events


def kind(item: dict[str, Any]) -> str:
    """What an item is called in the table: the beginnings of its keys."""
    pk, sk = item["pk"]["S"][:2], item["sk"]["S"]
    if pk in ("q#", "x#"):
        return pk
    second = "s#" if pk == "i#" else sk.partition("#")[0] + ("#" if "#" in sk and not sk.startswith("code#") else "")
    return f"{pk} {second}"


def told() -> dict[str, tuple[set[str], str]]:
    """The names that the page tells of each item, and how long it is kept."""
    found = {}
    for item, attributes, _, how_long in ROWS:
        for each in re.findall(r"`([^`]+)`", item):
            found[each] = set(re.findall(r"`(\w+)`", attributes)), how_long
    return found


def names(value: dict[str, Any]) -> Iterator[str]:
    """The names in an attribute's value."""
    ((form, content),) = value.items()
    for each in content.values() if form == "M" else content if form == "L" else ():
        yield from names(each)
    if form == "M":
        yield from content


@pytest.fixture(scope="module")
def items(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All that ever stood in the table in a story of everything: its last state, and whatever the stream told of."""
    after = everything.told(embedded, tmp_path_factory)
    past = [image for record in after.records if (image := record["dynamodb"].get("NewImage"))]
    return [*after.items, *past]


def test_whatever_is_kept_is_told(items):
    listed = told()
    for item in items:
        assert kind(item) in listed, f"{kind(item)} stands in no row"
        inside = {each for name, value in item.items() if name not in FREE for each in names(value)}
        said = {re.sub("^of_[0-9a-f]{16}$", "of_", each) for each in item.keys() | inside}
        unsaid = said - {"pk", "sk"} - listed[kind(item)][0]
        assert not unsaid, f"the row of {kind(item)} says nothing of {sorted(unsaid)}"


def test_whatever_has_no_end_is_said_to_have_none(items):
    for item in items:
        how_long = told()[kind(item)][1]
        assert "expires" in item or "account" in how_long, f"{kind(item)} does not expire"


def test_nothing_is_told_that_is_not_kept(items):
    """Each name was seen in the story, or stands in the store, or is that of a field that the store writes as it is."""
    written = {each.name for shape in (Contact, Evidence, Notification, Tally, Verdicts) for each in fields(shape)}
    written |= {f"mail_{door}" for door in Door}
    for file in (ROOT / "chalicelib" / "store").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written |= set(re.findall(r"^\w+$|\w+(?= = )|(?<=ADD )\w+", node.value))
    for item, (attributes, _) in told().items():
        there = [each for each in items if kind(each) == item]
        assert there or item in ("s# d#", "x#"), f"no item is a {item}"
        seen = {name for each in there for value in each.values() for name in names(value)}
        seen |= {name for each in there for name in each}
        assert attributes <= written | seen, f"nothing writes {sorted(attributes - written - seen)} of {item}"
