"""Transfer encodings: read as others read them, and edited in place."""

import quopri
from base64 import b64encode, encodebytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.headers import Unreadable
from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.mail.transfer import LONGEST_LINE, carried, decoded

ENCODERS = {
    "8bit": bytes,
    "quoted-printable": lambda plain: quopri.encodestring(plain, quotetabs=True),
    "base64": encodebytes,
}
quotable = st.binary(max_size=300).map(lambda plain: plain.replace(b"\r", b"?"))  # quopri loses these


def edit(plain, start, end, after):
    return Edit(start, end, plain[start:end], after)


@st.composite
def cases(draw):
    encoding = draw(st.sampled_from(sorted(ENCODERS)))
    plain = draw(quotable)
    positions = sorted(draw(st.lists(st.integers(0, len(plain)), max_size=6)))
    pairs = list(zip(positions[::2], positions[1::2], strict=False))
    return encoding, plain, [edit(plain, start, end, draw(quotable)) for start, end in pairs]


def changed(plain, encoding, edits):
    coded = ENCODERS[encoding](plain)
    found, now = carried(coded, encoding, decoded(coded, encoding), edits, b"\n")
    return splice(coded, found), now


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        (b"a=3Db=3db", b"a=b=b"),
        (b"a=\r\nb= \t\nc=", b"abc"),
        (b"a = b =zz ==3D", b"a = b =zz =="),
        (b"=C3=BC\xfc", b"\xc3\xbc\xfc"),
    ],
)
def test_quoted_printable_is_read_and_what_is_none_is_left(coded, plain):
    assert decoded(coded, "quoted-printable") == plain


@pytest.mark.parametrize("coded", [b"PGI+", b"PG\r\nI+\r\n", b" PGI+", b"PGI+\n\n"])
def test_base64_is_read(coded):
    assert decoded(coded, "base64") == b"<b>"


@pytest.mark.parametrize("coded", [b"PGI", b"PGI+ -- list footer", b"PGI=PGI=", b"PGJ=", b"P"])
def test_base64_with_something_else_in_it_is_not(coded):
    with pytest.raises(Unreadable):
        decoded(coded, "base64")


@pytest.mark.parametrize("encoding", ["x-uuencode", "quoted-printable;", "utf-8"])
def test_an_unknown_encoding_is_not_guessed(encoding):
    with pytest.raises(Unreadable):
        decoded(b"x", encoding)


def test_only_what_is_edited_changes_in_quoted_printable():
    coded = b'caf=E9 <a=\n href=3D"http://x=2Eexample">=20\nx'
    plain = decoded(coded, "quoted-printable")
    start = plain.index(b"http")
    edits = [edit(plain, start, start + len(b"http://x.example"), b"https://t.example/?a=1"), edit(plain, 40, 40, b"")]
    found, _ = carried(coded, "quoted-printable", plain, edits, b"\n")
    assert splice(coded, found) == b'caf=E9 <a=\n href=3D"=\nhttps://t.example/?a=3D1=\n">=20\nx'


def test_a_plain_part_whose_line_grows_too_long_becomes_quoted_printable():
    plain = b"<p>" + b"x" * 900 + b" = \xfc \n</p>\n"
    coded, encoding = changed(plain, "8bit", [edit(plain, 3, 3, b"y" * 200)])
    assert encoding == "quoted-printable"
    assert max(map(len, coded.splitlines())) <= 76
    assert decoded(coded, encoding) == b"<p>" + b"y" * 200 + plain[3:]
    assert changed(plain, "8bit", [edit(plain, 3, 3, b"y" * (LONGEST_LINE - 908))])[1] == "8bit"


def test_base64_keeps_what_stands_around_it_and_the_line_ends_of_the_mail():
    coded = b"\r\n" + b64encode(b"x" * 57) + b"\r\n\r\n"
    found, encoding = carried(coded, "base64", b"x" * 57, [edit(b"x" * 57, 57, 57, b"y")], b"\r\n")
    assert splice(coded, found) == b"\r\n" + b64encode(b"x" * 57) + b"\r\neQ==\r\n\r\n"
    assert encoding == "base64"


@given(cases())
def test_reading_what_was_edited_gives_the_edited_text(case):
    encoding, plain, edits = case
    coded, now = changed(plain, encoding, edits)
    assert decoded(coded, now) == splice(plain, edits)


@given(cases())
def test_no_line_of_quoted_printable_grows_too_long(case):
    _, plain, edits = case
    coded, _ = changed(plain, "quoted-printable", edits)
    assert max(map(len, coded.split(b"\n"))) <= 77  # quopri's own lines have 76, and a break may come behind one
