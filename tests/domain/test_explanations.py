"""Verdicts in words."""

import ast
import inspect

import pytest

from chalicelib.domain import network_ranges, weighing
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.explanations import PHRASES, explain
from chalicelib.domain.signatures import BY_NAME


def test_every_signature_and_network_has_a_phrase():
    assert PHRASES.keys() >= BY_NAME.keys()
    assert PHRASES.keys() >= {f"network_{name}" for name in network_ranges.LABELS.split()}


def test_every_reason_that_weighing_gives_has_a_phrase():
    given = set()
    for node in ast.walk(ast.parse(inspect.getsource(weighing))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("_weigh", "_clear")
        ):
            given.add(ast.literal_eval(node.args[-1]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Verdict":
            reasons = node.args[-1]
            if isinstance(reasons, ast.Tuple):
                given |= {item.value for item in reasons.elts if isinstance(item, ast.Constant)}
    assert len(given) > 10
    assert given <= PHRASES.keys()


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_each_verdict_is_one_plain_sentence(kind):
    sentence = explain(Verdict(kind, 0.8, ("gmail_proxy", "early")))
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "the agent is Gmail's image proxy" in sentence


def test_a_reason_of_an_older_version_is_still_words():
    assert "some old reason" in explain(Verdict(VerdictKind.BOT, 0.8, ("some_old_reason",)))
