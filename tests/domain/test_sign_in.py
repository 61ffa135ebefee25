"""Codes and who may have them: one code for one request, and no other address, purpose or key has it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import sign_in
from chalicelib.domain.sign_in import SIGN_IN, CodeRequest, code_of, is_code, is_named, spoken
from tests.makers import KEY, SENT

ASKED = CodeRequest("ann@sender.example", SIGN_IN, SENT, "6f1c0c1e-0000-4000-8000-000000000001")


def test_a_code_has_eight_digits_and_is_read_in_halves():
    code = code_of(ASKED, KEY)
    assert len(code) == sign_in.DIGITS and code.isdecimal() and code.isascii()
    assert spoken(code).replace(" ", "") == code and len(spoken(code).split()) == 2


def test_the_same_request_has_the_same_code_whenever_it_is_drawn():
    assert code_of(ASKED, KEY) == code_of(replace(ASKED, at=SENT + 0.0001), KEY), "its key holds milliseconds"


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, email="eve@sender.example"),
        replace(ASKED, wanted_for="5e7de75e7de75e7d"),
        replace(ASKED, id="6f1c0c1e-0000-4000-8000-000000000002"),
        replace(ASKED, at=SENT + 0.001),
    ],
)
def test_another_address_purpose_or_request_has_another_code(other):
    assert code_of(other, KEY) != code_of(ASKED, KEY)
    assert code_of(ASKED, b"another key") != code_of(ASKED, KEY)


@given(st.text(max_size=8), st.text(max_size=8))
def test_no_two_requests_say_the_same_by_where_their_words_end(one, two):
    first, second = replace(ASKED, email=one + two, id="x"), replace(ASKED, email=one, id=two + "x")
    assert first == second or code_of(first, KEY) != code_of(second, KEY)


@given(st.integers(0, 10**6))
def test_a_code_keeps_its_noughts_in_front(number):
    assert len(code_of(replace(ASKED, id=str(number)), KEY)) == sign_in.DIGITS


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{}\n", "\t{}"])
def test_a_code_counts_however_it_is_spaced(spelling):
    code = code_of(ASKED, KEY)
    assert is_code(spelling.format(code), ASKED, KEY)
    assert is_code(spelling.format(spoken(code)), ASKED, KEY)


@given(st.text(max_size=20))
def test_nothing_else_counts(given_):
    assert not is_code(given_, ASKED, KEY)


@pytest.mark.parametrize("wrong", ["", "0", "１２３４５６７８", "\ud7ff", "1234567", "123456789", "None"])
def test_what_is_no_code_is_no_error_either(wrong):
    assert not is_code(wrong, ASKED, KEY)


ALLOWED = frozenset({"sender.example", "bob@example.com"})


@pytest.mark.parametrize(
    ("email", "named"),
    [
        ("ann@sender.example", True),
        ("bob@example.com", True),
        ("eve@example.com", False),
        ("ann@sub.sender.example", False),
        ("ann@notsender.example", False),
        ("sender.example@evil.example", False),
        ("bob@example.com.evil.example", False),
        ("", False),
    ],
)
def test_an_address_is_named_by_itself_or_by_its_very_domain(email, named):
    assert is_named(email, ALLOWED) is named
    assert not is_named(email, frozenset())
