"""What the mails of incoming_cases/ are taken for. They are in our own words, in the forms of many programs and languages."""

from pathlib import Path

import pytest

from tests.bench.incoming import judge, read_cases

CASES = sorted((Path(__file__).parent / "incoming_cases").glob("*.jsonl"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_each_is_taken_for_what_it_is_and_states_its_date_or_none(file: Path):
    figures = judge(read_cases(file), show=True)
    assert figures["n"] > 20
    assert (figures["kind_right"], figures["people_hidden"], figures["machines_told"]) == (figures["n"], 0, 0)
    assert (figures["date_right"], figures["date_wrong"]) == (figures["date_n"], 0)
