"""Reducing the list of crawlers to plain text."""

import json

import pytest

from infra.refresh_crawlers import main, piece


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Googlebot\\/", "googlebot/"),
        ("^curl", "curl"),
        ("Yahoo! Slurp", "yahoo! slurp"),
        ("archive\\.org_bot", "archive.org_bot"),
        ("[wW]get", None),
        ("Spider[\\s\\S]*spider\\.com", None),
        ("(^| )sentry\\/", None),
    ],
)
def test_a_pattern_is_reduced_to_the_text_it_matches(pattern, text):
    assert piece(pattern) == text


def test_what_peoples_programs_carry_is_left_out(tmp_path):
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps([{"pattern": "AcmeBot\\/"}, {"pattern": "Silk\\/"}, {"pattern": "GoogleImageProxy"}]))
    main(listed, tmp_path / "crawlers.py")
    written = (tmp_path / "crawlers.py").read_text()
    assert "acmebot/|" in written
    assert "silk" not in written
    assert "The MIT License" in written
