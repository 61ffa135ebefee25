"""What the domain of an address says of its provider, however the address is written."""

import pytest

from chalicelib.domain.providers import domain_of, is_free, masks, strips


@pytest.mark.parametrize(
    ("email", "domain"),
    [("bob@Example.COM", "example.com"), ('"a@b"@example.com', "example.com"), ("nobody", "nobody"), ("", "")],
)
def test_the_domain_is_what_stands_behind_the_last_at(email, domain):
    assert domain_of(email) == domain


def test_apples_addresses_hide_when_they_read_and_the_strict_ones_take_pixels_out():
    assert masks("Bob@iCloud.com") and not strips("bob@icloud.com")
    assert strips("bob@Proton.me") and not masks("bob@proton.me")
    assert not masks("bob@example.com") and not strips("bob@example.com")


def test_whoever_gives_addresses_to_anybody_is_no_organisation():
    assert all(map(is_free, ("gmail.com", "icloud.com", "proton.me")))
    assert not is_free("example.com") and not is_free("mail.gmail.com")
