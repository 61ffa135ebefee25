"""Reply addresses and forward rules: what a signed one says, and that nothing else is one."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.addresses import (
    CopyId,
    Rule,
    copy_of,
    forward_address,
    is_forward_address,
    is_reply_address,
    reply_address,
    rule_of,
)

SECRETS = (b"new secret", b"old secret")
COPY = CopyId("0199aa00000070008000000000000001", 3)

copies = st.builds(CopyId, st.binary(min_size=16, max_size=16).map(bytes.hex), st.integers(0, 65_535))


@given(copies)
def test_an_address_says_what_it_was_made_of(copy):
    address = reply_address(copy, "t.example.com", SECRETS)
    assert copy_of(address, SECRETS) == copy
    assert copy_of(address.upper(), SECRETS) == copy
    assert len(address.partition("@")[0]) <= 64 and address == address.lower()


@given(copies, st.integers(2, 46), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_altered_address_is_ours(copy, place, letter):
    address = reply_address(copy, "t.example.com", SECRETS)
    altered = address[:place] + letter + address[place + 1 :]
    assert copy_of(altered, SECRETS) in ((copy,) if altered == address or place == 46 else (None,))


@given(st.text())
def test_any_text_is_an_address_or_none(text):
    assert copy_of(text, SECRETS) is None
    assert copy_of(f"r+{text}@t.example.com", SECRETS) is None


def test_an_old_secret_still_verifies_and_a_foreign_one_never_did():
    address = reply_address(COPY, "t.example.com", SECRETS[1:])
    assert copy_of(address, SECRETS) == COPY
    assert copy_of(address, (b"foreign",)) is None


def test_a_broken_one_still_has_the_form_of_ours():
    assert is_reply_address("R+abc@t.example.com") and not is_reply_address("bob=example.com@t.example.com")


@given(st.binary(min_size=8, max_size=8).map(bytes.hex), st.integers(0, 2**32 - 1))
def test_a_forward_rule_says_whose_it_is_and_is_no_reply_address(sender, generation):
    address = forward_address(sender, generation, "t.example.com", SECRETS)
    assert rule_of(address.upper(), SECRETS) == Rule(sender, generation)
    assert is_forward_address(address) and not is_reply_address(address)
    assert len(address.partition("@")[0]) <= 64 and address == address.lower()
    assert rule_of(address, (b"foreign",)) is None
    assert copy_of(address.replace("in+", "r+", 1), SECRETS) is None


@given(st.text())
def test_any_text_is_a_forward_rule_or_none(text):
    assert rule_of(text, SECRETS) is None
    assert rule_of(f"in+{text}@t.example.com", SECRETS) is None
