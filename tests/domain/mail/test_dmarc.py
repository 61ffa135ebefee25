"""DMARC records, as far as they decide whose From may stand."""

import pytest

from chalicelib.domain.mail.dmarc import upwards, wants_own_signature


def test_those_above_a_domain_are_all_but_the_last_label():
    assert upwards("a.b.sender.example") == ["a.b.sender.example", "b.sender.example", "sender.example"]
    assert upwards("localhost") == ["localhost"]
    assert len(upwards(".".join("abcdefghij"))) == 6


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("v=DMARC1; p=reject; adkim=s", True),
        ("v=DMARC1;adkim=S;p=none", True),
        ("v=DMARC1; p=reject; adkim=r; aspf=s", False),
        ("v=DMARC1; p=reject", False),
        ("v=spf1 adkim=s", False),
        ("", False),
    ],
)
def test_only_a_dmarc_record_that_says_so_wants_the_domains_own_signature(text, wants):
    assert wants_own_signature([text]) is wants
