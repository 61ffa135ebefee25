"""Checks and changes as DynamoDB's expressions. Every name goes as a placeholder: some are words of its own.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
"""

from typing import Any

from chalicelib.store.dynamodb.values import Item, to_wire
from chalicelib.store.writes import Checks, How, Update

_TESTS = {
    How.PRESENT: "attribute_exists({name})",
    How.ABSENT: "attribute_not_exists({name})",
    How.EQUAL: "{name} = {value}",
    How.ABSENT_OR_EQUAL: "(attribute_not_exists({name}) OR {name} = {value})",
    How.AT_MOST: "(attribute_not_exists({name}) OR {name} <= {value})",
}


class _Said:
    """An expression while it is put together: the names and the values that its placeholders stand for."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: Item = {}

    def name(self, path: str) -> str:
        """The placeholder of an attribute; `tell.open` is the value `open` of the map `tell`."""
        self.names |= {f"#{part}": part for part in path.split(".")}
        return "#" + path.replace(".", ".#")

    def value(self, value: Any) -> str:
        """The placeholder of a value."""
        placeholder = f":{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def checks(self, only_if: Checks) -> str:
        """The condition, empty if there is none."""
        return " AND ".join(
            _TESTS[check.how].format(name=self.name(name), value="" if check.value is None else self.value(check.value))
            for name, check in only_if.items()
        )

    def arguments(self, **expressions: str) -> dict[str, Any]:
        """What a call of the service takes: the expressions that are not empty, and what their placeholders stand for."""
        said: dict[str, Any] = {name: expression for name, expression in expressions.items() if expression}
        if self.names:
            said["ExpressionAttributeNames"] = self.names
        if self.values:
            said["ExpressionAttributeValues"] = to_wire(self.values)
        return said


def condition(only_if: Checks) -> dict[str, Any]:
    """The arguments of a conditional put or delete."""
    said = _Said()
    return said.arguments(ConditionExpression=said.checks(only_if))


def update(update: Update) -> dict[str, Any]:
    """The arguments of a conditional update."""
    said = _Said()
    clauses: dict[str, list[str]] = {"SET": [], "REMOVE": [], "ADD": []}
    for name, value in update.changes.items():
        if value is None or value in ((), []):
            clauses["REMOVE"].append(said.name(name))
        else:
            clauses["SET"].append(f"{said.name(name)} = {said.value(value)}")
    clauses["ADD"] = [f"{said.name(name)} {said.value(number)}" for name, number in update.add.items()]
    told = " ".join(f"{word} {', '.join(parts)}" for word, parts in clauses.items() if parts)
    return said.arguments(UpdateExpression=told, ConditionExpression=said.checks(update.only_if))
