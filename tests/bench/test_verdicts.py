"""The corpus is sound, and the verdicts are as good on it as they have been."""

import json

import pytest

from tests.bench import verdicts

WHOLE = verdicts.corpus("all")
FIELDS = {"id", "source", "message", "hits", "target", "expected", "also_acceptable", "human", "weight"}


def test_every_case_is_well_formed_and_names_its_source():
    assert len({case["id"] for case in WHOLE}) == len(WHOLE) > 400
    for case in WHOLE:
        assert case.keys() == FIELDS
        assert case["source"]
        assert 0 <= case["target"] < len(case["hits"])
        assert 0 < case["weight"] <= 1
        assert [hit["at"] for hit in case["hits"]] == sorted(hit["at"] for hit in case["hits"])


def test_the_halves_are_of_like_size():
    assert 0.4 < len(verdicts.corpus("held_out")) / len(WHOLE) < 0.6


@pytest.mark.parametrize("part", ["held_out", "tuning"])
def test_the_verdicts_are_right_and_lose_no_reader(part):
    found = verdicts.figures(verdicts.run(verdicts.corpus(part)))
    assert found["lenient"] >= 0.95
    assert found["human_recall"] >= 0.99
    assert found["machine_leak"] <= 0.03
    assert found["macro"] >= 0.85
    assert found["brier"] <= 0.05


def test_the_command_ends_with_one_line_of_json(capsys):
    verdicts.main([])
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["n"] == len(verdicts.corpus("held_out"))
