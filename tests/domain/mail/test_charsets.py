"""Charsets as everybody's programs read them, and as they can be written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.charset_labels import LABELS
from chalicelib.domain.mail.charsets import faithful, text_of


@pytest.mark.parametrize(
    ("label", "coded", "text"),
    [
        ("windows-874", "à".encode("latin-1"), "เ"),
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("Shift_JIS", b"\x87\x40", "①"),
        ("x-sjis", "日本".encode("cp932"), "日本"),
        ("iso-2022-jp", b"a \x1b$B-!F|\x1b(B b", "a ①日 b"),
        ("iso-2022-jp", b"\x1b(I1\x1b(B", "ｱ"),
        ("euc-jp", b"\xad\xa1", "①"),
        ("ks_c_5601-1987", "똠".encode("cp949"), "똠"),
        ("iso-8859-1", b"\x80 5", "€ 5"),
        ("utf-8*de", "ü".encode(), "ü"),
        ("utf-8", b"a\xffb", "a\ufffdb"),
        ("us-ascii", "ü".encode(), "ü"),
        ("no-charset", b"\xfc", "ü"),
        ("", "ü".encode(), "ü"),
    ],
)
def test_a_text_is_read_by_the_label_that_it_has(label, coded, text):
    assert text_of(coded, label) == text


@given(st.binary(max_size=100), st.sampled_from(" ".join(LABELS.values()).split()) | st.text(max_size=20))
def test_any_bytes_are_some_text(plain, label):
    assert isinstance(text_of(plain, label), str)


@given(st.binary(max_size=50), st.sampled_from(["utf-8", "iso-8859-1", "shift_jis", "iso-2022-jp", "utf-16", "x"]))
def test_what_is_faithful_is_written_again_the_same(plain, declared):
    charset = faithful(declared, plain)
    if charset not in (None, "ascii"):
        assert plain.decode(charset).encode(charset) == plain
