"""Where a URL in a text ends: what a reader would click, without the sentence around it."""

import pytest

from chalicelib.domain.outgoing.written_urls import URL, whole

OFFER = "https://example.com/offer"


@pytest.mark.parametrize("behind", ["", ".", ",", "!?", "…", "’", "。", ").", "]", "*", "`.", "”"])
def test_what_ends_the_sentence_is_not_the_links(behind):
    (found,) = URL.findall(f"See {OFFER}{behind} for more")
    assert whole(found) == OFFER


@pytest.mark.parametrize(
    "url", [f"{OFFER}_(mail)", f"{OFFER}?a=[1]", f"{OFFER}/{{x}}", f"{OFFER}#a-b", f"{OFFER}_", "HTTPS://EXAMPLE.COM/A"]
)
def test_what_is_opened_in_it_is_closed_in_it(url):
    assert whole(url) == url and whole(f"{url}).") == url


def test_an_underscore_ends_emphasis_that_one_began():
    assert whole(f"{OFFER}_", before="_") == OFFER
    assert whole(f"{OFFER}_", before=" ") == f"{OFFER}_"


def test_quotes_and_angles_are_never_part_of_one():
    assert URL.findall(f'<{OFFER}> "{OFFER}" „{OFFER}“ «{OFFER}»') == [OFFER] * 4
