"""Subjects as their words are compared."""

import pytest

from chalicelib.domain.incoming.plain_subjects import plain


@pytest.mark.parametrize(
    ("subject", "compared"),
    [
        ("Réponse  AUTOMATIQUE", "reponse automatique"),
        ("Out-of-Office \U0001f334", "out of office"),
        ("İzin 9/7-9/18", "izin 9/7-9/18"),
        ("t/m 18", "tm 18"),
        ("부재중 月まで", "부재중 月まで"),
    ],
)
def test_without_case_accents_hyphens_and_pictures(subject, compared):
    assert plain(subject) == compared
