"""Trying again: at a Conflict and at nothing else, as often as was said."""

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.work.retrying import retried


def overtaken(often: int, tried: list[str]) -> str:
    """What others were quicker than this often."""
    tried.append("tried")
    if len(tried) <= often:
        raise Conflict("It changed in the meantime.")
    return "done"


@pytest.mark.parametrize("often", [0, 1, 2])
def test_what_others_were_quicker_than_is_begun_anew(often):
    tried: list[str] = []
    assert retried(3)(overtaken)(often, tried=tried) == "done"
    assert len(tried) == often + 1


def test_the_last_conflict_rises():
    tried: list[str] = []
    with pytest.raises(Conflict):
        retried(3)(overtaken)(3, tried)
    assert len(tried) == 3


def test_a_conflict_that_would_come_again_rises_at_once():
    tried: list[str] = []
    with pytest.raises(Conflict):
        retried(9, lasting=lambda often, tried: len(tried) == 2)(overtaken)(9, tried)
    assert len(tried) == 2


def test_whatever_else_fails_fails_at_once():
    tried: list[str] = []

    @retried(3)
    def broken() -> None:
        tried.append("tried")
        raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert tried == ["tried"]
