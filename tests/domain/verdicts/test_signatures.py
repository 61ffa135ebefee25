"""The table of signatures is data: each row is well-formed, has a source, and can be reached."""

import pytest

from chalicelib.domain.verdicts.agents import program
from chalicelib.domain.verdicts.signatures import BY_NAME, OTHERS, SIGNATURES


def test_names_are_unique():
    assert len(BY_NAME) == len(SIGNATURES) + len(OTHERS)


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda signature: signature.name)
def test_a_signature_is_well_formed(signature):
    assert signature.source
    assert 0.5 <= signature.confidence < 1
    for piece in signature.pieces:
        assert piece == piece.lower().strip()
        assert len(piece.lstrip("^")) >= 2


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda signature: signature.name)
def test_each_of_its_pieces_finds_a_signature_no_weaker_than_its_own(signature):
    for piece in signature.pieces:
        found = program(piece.removeprefix("^"))
        assert SIGNATURES.index(BY_NAME[found]) <= SIGNATURES.index(signature), piece
