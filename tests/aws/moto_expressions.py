"""moto's conditions and updates, with less work for the same answers: an expression is parsed once, and its tree is gone
through by each of ten processors without asking of each node anew what it is."""

import copy
from functools import cache, lru_cache
from typing import Any

from moto.dynamodb import comparisons, models
from moto.dynamodb import responses as dynamodb_responses
from moto.dynamodb.parsing import validators
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node

Pairs = tuple[tuple[str, str], ...]


def quicken() -> None:
    """Make moto's expressions faster."""
    _keys()
    _conditions()
    _updates()


def _keys() -> None:
    # What a query says of keys is read letter by letter. Read once, the values in it are put in the places of others.
    parse = dynamodb_responses.parse_expression

    @lru_cache(1000)
    def read(expression: str, named: tuple[str, ...], names: Pairs, schema: tuple[Pairs, ...]) -> Any:
        return parse(
            key_condition_expression=expression,
            expression_attribute_values={name: _Named(name) for name in named},
            expression_attribute_names=dict(names),
            schema=[dict(each) for each in schema],
        )

    def parse_once(**about: Any) -> Any:
        values, names = about["expression_attribute_values"], about["expression_attribute_names"]
        if {"S": ""} in values.values():  # which a key cannot be
            return parse(**about)
        schema = tuple(tuple(each.items()) for each in about["schema"])
        hashes, ranges, used = read(about["key_condition_expression"], tuple(values), tuple(names.items()), schema)
        return (
            [(key, _filled(value, values)) for key, value in hashes],
            [(key, comparison, [_filled(value, values) for value in found]) for key, comparison, found in ranges],
            [*used],
        )

    dynamodb_responses.parse_expression = parse_once


class _Named(dict[str, str]):
    """The place of a value."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


def _filled(value: Any, values: dict[str, Any]) -> Any:
    return values[value["name"]] if isinstance(value, _Named) else value


def _conditions() -> None:
    # A condition is parsed for the names in it, and once more to be asked. Read once, as a query's.
    parser = comparisons.ConditionExpressionParser
    parse = parser.parse

    @lru_cache(1000)
    def read(expression: str, names: Pairs | None, named: tuple[str, ...] | None) -> Any:
        given = None if named is None else {name: _Named(name) for name in named}
        reader = parser(expression, None if names is None else dict(names), given)
        reader._make_op_condition = lambda node: node
        return parse(reader), reader

    def parse_once(self: Any) -> Any:
        names, values = self.expression_attribute_names, self.expression_attribute_values
        if not self.condition_expression:
            return parse(self)
        node, reader = read(
            self.condition_expression,
            None if names is None else tuple(names.items()),
            None if values is None else tuple(values),
        )
        self.expr_attr_names_found.extend(reader.expr_attr_names_found)
        self.expr_attr_values_found.extend(reader.expr_attr_values_found)
        return self._make_op_condition(_filled_in(node, values))

    parser.parse = parse_once


def _filled_in(node: Any, values: dict[str, Any]) -> Any:
    if not node.children:
        return node._replace(value=_filled(node.value, values)) if isinstance(node.value, _Named) else node
    children = [_filled_in(child, values) for child in node.children]
    return node._replace(children=children)


def _updates() -> None:
    # An update is parsed for the names in it, and once more to be copied, checked and done.
    parser, find = dynamodb_responses.UpdateExpressionParser, Node.find_clauses

    class Once(parser):  # type: ignore[misc]
        @staticmethod
        @lru_cache(1000)
        def make(expression: str) -> Any:
            made = parser.make(expression)
            made.text = expression
            found = cache(lambda kinds: find(made, kinds))
            made.find_clauses = lambda kinds: found(tuple(kinds))  # what of the update's words is asked for, each time
            return made

    dynamodb_responses.UpdateExpressionParser = models.UpdateExpressionParser = Once

    def copied(self: Any, memo: dict[int, Any]) -> Any:
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("find_clauses", None)
        if self.children is not None:
            made.children = []
            for child in self.children:
                if isinstance(child, Node):
                    child = copied(child, memo)
                    child.parent = made
                    made.children.append(child)
                else:
                    made.children.append(copy.deepcopy(child, memo))
        return made

    Node.__deepcopy__ = copied
    DepthFirstTraverser.traverse_node_recursively = _traverse
    for kind in (
        validators.ActionCountValidator,
        validators.OverlappingPathsValidator,
        validators.UpdateHashRangeKeyValidator,
    ):
        kind.traverse = _once(kind.traverse)
    functions = validators.UpdateExpressionFunctionEvaluator
    evaluate = functions.traverse
    functions.traverse = lambda self, node: evaluate(self, node) if "(" in node.text else node


_looks_ahead: dict[type, bool] = {}
_meant: dict[tuple[type, type], type | None] = {}


def _traverse(self: Any, node: Any, child_id: int = -1) -> Any:
    """Which nodes a processor means is found out once, by the kinds of both."""
    if not isinstance(node, Node):
        return node
    kind, steps = type(self), self._processing_map()
    if kind not in _looks_ahead:
        _looks_ahead[kind] = kind.pre_processing_of_child is not DepthFirstTraverser.pre_processing_of_child
    ahead = _looks_ahead[kind]

    def go(node: Any, child_id: int) -> Any:
        parent = node.parent
        for number, child in enumerate(node.children or ()):
            if ahead:
                self.pre_processing_of_child(node, number)
            if isinstance(child, Node):
                go(child, number)
        kinds = kind, type(node)
        if kinds not in _meant:
            _meant[kinds] = next((each for each in steps if isinstance(node, each)), None)
        meant = _meant[kinds]
        if meant is not None:
            node = steps[meant](node)
            node.parent = parent
            if parent:
                parent.children[child_id] = node
        return node

    return go(node, child_id)


def _once(traverse: Any) -> Any:
    """A check of what an update says, which changes nothing of it: what holds once holds for each item."""
    held: set[tuple[str, str]] = set()

    def checked(self: Any, node: Any) -> Any:
        asked = node.text, repr(vars(self))  # the names in it, and the table's keys
        if asked not in held:
            traverse(self, node)
            if len(held) == 10_000:
                held.clear()
            held.add(asked)
        return node

    return checked
