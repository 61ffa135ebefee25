"""Tokens: what we signed comes back, what we did not sign is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.tokens import Claim, TokenKind, mint, read, url_of

NEW, OLD, FOREIGN = b"new secret", b"old secret", b"somebody else's"
RING = (NEW, OLD)

_hex_ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
_plain = st.builds(
    Claim,
    kind=st.sampled_from([TokenKind.PIXEL, TokenKind.PAGE]),
    message=_hex_ids,
    recipient=st.integers(0, 65_535),
    sent_at=st.integers(0, 2**32 - 1),
)
_links = st.builds(
    Claim,
    kind=st.just(TokenKind.LINK),
    message=_hex_ids,
    recipient=st.integers(0, 65_535),
    sent_at=st.integers(0, 2**32 - 1),
    link=st.integers(0, 65_535),
    destination=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300),
)
claims = _plain | _links


def a_claim(**changes: object) -> Claim:
    return replace(Claim(TokenKind.PIXEL, "0192" * 8, 1, 1_790_000_000), **changes)  # type: ignore[arg-type]


def a_link_claim() -> Claim:
    return a_claim(kind=TokenKind.LINK, link=3, destination="https://example.com/a?b=%2F&c=d#e")


@given(claims)
def test_a_claim_comes_back_as_it_was_signed(claim):
    assert read(claim.kind, mint(claim, RING), RING) == claim


@given(claims)
def test_a_token_needs_no_escaping_in_a_url(claim):
    token = mint(claim, RING)
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(claims, st.sampled_from(TokenKind))
def test_a_token_of_one_kind_never_stands_for_another(claim, kind):
    assert (read(kind, mint(claim, RING), RING) is not None) == (kind is claim.kind)


@given(claims, st.data())
def test_a_changed_character_makes_it_worthless(claim, data):
    token = mint(claim, RING)
    where = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("ABCDwxyz0189-_").filter(lambda c: c != token[where]))
    assert read(claim.kind, token[:where] + other + token[where + 1 :], RING) is None


@given(claims, st.data())
def test_a_cut_or_lengthened_token_is_worthless(claim, data):
    token = mint(claim, RING)
    assert read(claim.kind, token[: data.draw(st.integers(0, len(token) - 1))], RING) is None
    assert read(claim.kind, token + data.draw(st.text("Aa0-_=", min_size=1)), RING) is None


@given(st.text())
def test_any_text_at_all_is_read_without_an_error(text):
    assert read(TokenKind.LINK, text, RING) is None


def test_old_links_live_after_a_rotation_of_secrets():
    token = mint(a_claim(), (OLD,))
    assert read(TokenKind.PIXEL, token, (NEW, OLD)) == a_claim()
    assert read(TokenKind.PIXEL, token, (NEW,)) is None


def test_a_foreign_secret_signs_nothing_for_us():
    assert read(TokenKind.LINK, mint(a_link_claim(), (FOREIGN,)), RING) is None


@pytest.mark.parametrize("spelling", ["{}=", "{}==", " {}", "{}\n", "{}%27", "{}.gif"])
def test_only_one_spelling_of_a_token_is_taken(spelling):
    assert read(TokenKind.PIXEL, spelling.format(mint(a_claim(), RING)), RING) is None


def test_a_pixel_token_is_short():
    assert len(mint(a_claim(), RING)) <= 54


@given(claims)
def test_a_public_url_is_our_address_the_kind_and_the_token_and_nothing_else(claim: Claim):
    place, kind, token = url_of(claim, "https://t.example.com", RING).rsplit("/", 2)
    assert (place, kind, read(claim.kind, token, RING)) == ("https://t.example.com", claim.kind.value, claim)
