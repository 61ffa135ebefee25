"""Verdicts in words."""

import ast
import inspect
import re

import pytest

from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.verdicts import first_guess, network_ranges, readers, weighing
from chalicelib.domain.verdicts.explanations import PHRASES, explain
from chalicelib.domain.verdicts.signatures import BY_NAME


def test_every_signature_and_network_has_a_phrase():
    assert PHRASES.keys() >= BY_NAME.keys()
    assert PHRASES.keys() >= {f"network_{name}" for name in network_ranges.LABELS.split()}


@pytest.mark.parametrize("module", [weighing, readers, first_guess], ids=lambda module: module.__name__)
def test_every_reason_in_the_rules_has_a_phrase(module):
    """Reasons are the texts that look like names of them: one or several words in lower case joined by _."""
    texts = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+(_[a-z]+)+", node.value)
    }
    known = PHRASES.keys() | set(network_ranges.LABELS.split())
    assert texts
    assert texts - {"network_", "method_"} <= known


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_each_verdict_is_one_plain_sentence(kind):
    sentence = explain(Verdict(kind, 0.8, ("gmail_proxy", "early")))
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "the agent is Gmail's image proxy" in sentence


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        (("reply",), "They replied (almost surely)."),
        (("reply", "quotes_mail"), "They replied (almost surely): their reply quotes your mail."),
        (("bounce", "bounce_format"), "It could not be delivered (almost surely): bounce format."),
        (
            ("auto_reply", "away_until_2026-11-30"),
            "Their mailbox replied automatically (almost surely): they are away until Monday, 30 November.",
        ),
    ],
)
def test_what_came_back_by_mail_is_told_as_that(reasons, sentence):
    assert explain(Verdict(VerdictKind.BOT, 0.97, reasons)) == sentence


def test_a_reason_of_an_older_version_is_still_words():
    assert "some old reason" in explain(Verdict(VerdictKind.BOT, 0.8, ("some_old_reason",)))
