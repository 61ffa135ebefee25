"""Making the table of month and weekday names again."""

from chalicelib.domain.incoming import calendar_names
from infra.refresh_calendar_names import OUT, bare, main


def test_the_table_is_the_one_that_is_checked_in(tmp_path):
    main(tmp_path / "names.py")
    assert (tmp_path / "names.py").read_text(encoding="utf-8") == OUT.read_text(encoding="utf-8")


def test_no_word_stands_for_two_months_and_accents_are_optional():
    words = [word for row in calendar_names.MONTHS for word in row.replace("\n", "").split("|") if word]
    assert len(words) == len(set(words)) and {"février", "fevrier", "września", "wrzesnia"} <= set(words)
    assert "listopada" not in words
    assert bare("Août") == "Aout" and bare("сентябрь") == "сентябрь"
