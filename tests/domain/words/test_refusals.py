"""What a request is refused with can be read in each language: every sentence of every refusal, wherever it is made."""

import ast
from collections.abc import Iterator

import pytest

from chalicelib.domain.errors import BadInput, TooMany
from chalicelib.domain.limits import Limit, allowance
from chalicelib.domain.outgoing import destinations
from chalicelib.domain.words.sentences import said
from infra import words

# What is handed on: a sentence that was made by one of these elsewhere, or a limit whose sentence the error itself makes.
HANDED_ON = {"compose_cards.left", "allowance", "_sentence"}


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Every call that makes a refusal, and where it stands."""
    for path in sorted(words.HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words.REFUSING:
                yield f"{path.relative_to(words.HOUSE)}:{node.lineno}", node


def test_every_refusal_says_a_sentence_that_the_catalogue_has():
    """A constant is one; words with values in them are made by `say`, or the catalogue could not know them."""
    known, seen = words.sentences(), 0
    for where, refusal in refusals():
        seen += 1
        match refusal.args[0]:
            case (
                ast.Constant(value=text)
                | ast.Call(func=ast.Name(id="say" | "many"), args=[ast.Constant(value=text), *_])
            ):
                assert text in known, where
            case ast.Call(func=made_by):
                assert ast.unparse(made_by) in HANDED_ON, where
            case ast.Name(id=name):
                assert name in {"_TIME"}, where
            case other:
                pytest.fail(f"{where}: {ast.unparse(other)} cannot be translated")
    assert seen > 100


@pytest.mark.parametrize("language", words.TRANSLATED)
def test_values_stay_and_what_is_a_sentence_within_a_sentence_is_said_too(language):
    with pytest.raises(BadInput) as refusal:
        destinations.check("https://user@example.com/", "url")
    assert refusal.value.sentence == "“https://user@example.com/” cannot be tracked: it names a user before the host."
    told = said(refusal.value.sentence, language)
    assert "“https://user@example.com/”" in told and "user before" not in told and "tracked" not in told


def test_a_limit_says_one_second_and_two_seconds():
    for at, told in ((58, "2 seconds."), (59, "1 second.")):
        assert TooMany(allowance(Limit("calls", 1, 60), 1, at)).sentence.endswith(f"try again in {told}")
