"""Encoded words of header fields, as far as they can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.encoded_words import decoded


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("plain", "plain"),
        ("a =?utf-8?q?b_c?= d", "a b c d"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"),
        ("=?utf-8?q?a?=\t=?iso-8859-1?q?=FC?=", "aü"),
        ("=?UTF-8?B?w7w?=", "ü"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?a", "=?utf-8?q?a"),
        ("", ""),
    ],
)
def test_words_are_read_and_the_rest_stays(written, said):
    assert decoded(written) == said


@given(st.text(st.characters(max_codepoint=0x17F), max_size=100))
def test_any_text_is_read(text):
    assert isinstance(decoded(text), str)
