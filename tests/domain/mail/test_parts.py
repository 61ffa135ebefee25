"""The parts of a mail: where each begins and ends, to the byte."""

import pytest

from chalicelib.domain.mail.headers import Unreadable
from chalicelib.domain.mail.parts import is_attachment, parts, transfer_encoding

TOP = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def bodies(raw):
    return [raw[part.header.body : part.end] for part in parts(raw) if not part.kind.startswith("multipart/")]


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        (b"--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--\r\n", [b"1", b"2"]),
        (b"before\r\n--b \t\r\n\r\n1\r\n\r\n--b--\r\nafter --b\r\n--b\r\n\r\n3", [b"1\r\n"]),
        (b"--b\n\n1\n--b\n\n2", [b"1", b"2"]),
        (b"--b\r\n\r\n1 --b\r\n--bc\r\n --b\r\n--b--", [b"1 --b\r\n--bc\r\n --b"]),
        (b"--b\r\n--b\r\n\r\n--b--", [b"", b""]),
        (b"--b--\r\n", []),
    ],
)
def test_a_line_of_its_own_parts_them(rest, found):
    assert bodies(TOP + rest) == found


def test_parts_come_before_those_that_they_hold_in_order():
    inner = (
        b"Content-Type: multipart/digest; boundary=c\r\n\r\n--c\r\n\r\n1\r\n--c\r\nContent-Type: a/b\r\n\r\n2\r\n--c--"
    )
    raw = TOP + b"--b\r\n" + inner + b"\r\n--b\r\nContent-Type: nonsense\r\n\r\n3\r\n--b--"
    kinds = [part.kind for part in parts(raw)]
    assert kinds == ["multipart/mixed", "multipart/digest", "message/rfc822", "a/b", "text/plain"]


def test_the_outer_delimiter_ends_an_inner_part_that_has_no_end():
    inner = b"Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\n1"
    assert bodies(TOP + b"--b\r\n" + inner + b"\r\n--b\r\n\r\n2\r\n--b--") == [b"1", b"2"]


def test_an_attached_mail_is_not_looked_into():
    raw = TOP + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + TOP + b"--c\r\n\r\n1\r\n--b--"
    assert [part.kind for part in parts(raw)] == ["multipart/mixed", "message/rfc822"]


@pytest.mark.parametrize("raw", [TOP, TOP + b"--c\r\n", b"Content-Type: multipart/mixed\r\n\r\n--\r\n"])
def test_where_the_parts_are_not_found_the_mail_is_not_read(raw):
    with pytest.raises(Unreadable):
        list(parts(raw))


@pytest.mark.parametrize(
    ("header", "attached", "encoding"),
    [
        (b"", False, ""),
        (b"Content-Disposition: inline\r\nContent-Transfer-Encoding: 8BIT\r\n", False, "8bit"),
        (b"Content-Disposition: ATTACHMENT\r\nContent-Transfer-Encoding:\r\n base64 \r\n", True, "base64"),
        (b"Content-Disposition: inline; filename=x\r\n", True, ""),
        (b"Content-Disposition: inline; filename*0*=utf-8''x\r\n", True, ""),
    ],
)
def test_what_a_part_says_of_itself(header, attached, encoding):
    raw = header + b"\r\nx"
    (part,) = parts(raw)
    assert (is_attachment(raw, part), transfer_encoding(raw, part)) == (attached, encoding)
