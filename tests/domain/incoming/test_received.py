"""A mail read leniently: what is broken is read as far as it goes."""

import pytest

from chalicelib.domain.incoming.received import MOST_PARTS, Mail, groups
from tests.mails import a_mail


def a_mixed(*parts: str, boundary: str = "b", end: str = "\r\n") -> bytes:
    lines = [f"Content-Type: multipart/mixed; boundary={boundary}", ""]
    for part in parts:
        lines += [f"--{boundary}", *part.split("\n")]
    return end.join([*lines, f"--{boundary}--", ""]).encode()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_parts_are_found_however_lines_end(end):
    mail = Mail(a_mixed("Content-Type: text/plain\n\none", "Content-Type: text/html\n\ntwo", end=end))
    assert [part.kind for part in mail.parts] == ["multipart/mixed", "text/plain", "text/html"]
    assert [mail.text(part).strip() for part in mail.own("text/")] == ["one", "two"]


def test_what_belongs_to_an_attached_mail_is_not_the_mails_own():
    mail = Mail(a_mixed("\nhello", "Content-Type: message/rfc822\n\nSubject: inner\n\nquoted"))
    assert [(part.kind, part.attached) for part in mail.parts][2:] == [("message/rfc822", False), ("text/plain", True)]
    assert len(list(mail.own("text/"))) == 1


def test_a_part_without_an_end_ends_with_the_mail():
    mail = Mail(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nunfinished")
    assert mail.text(mail.parts[1]) == "unfinished"


@pytest.mark.parametrize(
    ("encoding", "coded", "plain"),
    [
        ("quoted-printable", "caf=C3=A9 =\r\nnoir", "café noir"),
        ("base64", "Y2Fm\r\nw6k=", "café"),
        ("base64", "Y2Fm!w6k", "café"),
        ("base64", "Y2Fmw6kY", "café\x18"),
        ("uuencode", "as it is", "as it is"),
    ],
)
def test_texts_are_decoded_as_far_as_they_can_be(encoding, coded, plain):
    mail = Mail(a_mail(coded, "text/plain", Content_Transfer_Encoding=encoding))
    assert mail.text(mail.parts[0]).rstrip("\r\n") == plain


@pytest.mark.parametrize("charset", ["utf-8", "x-unknown", "punycode", "iso-8859-99", "undefined", ""])
def test_a_charset_that_is_none_is_guessed(charset):
    mail = Mail(b"Content-Type: text/plain; charset=" + charset.encode() + "\n\ncafé".encode())
    assert mail.text(mail.parts[0]) == "café"
    raw = Mail(b"Content-Type: text/plain\n\ncaf\xe9")
    assert raw.text(raw.parts[0]) == "café"


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("Bob <Bob@Example.com>", ("bob@example.com", "Bob")),
        ('"Bob <x@y.example>" <bob@example.com>', ("bob@example.com", "Bob <x@y.example>")),
        ("=?utf-8?q?J=C3=BCrgen?= <bob@example.com>", ("bob@example.com", "Jürgen")),
        ("MAILER-DAEMON (Mail Delivery System)", ("", "MAILER-DAEMON (Mail Delivery System)")),
        ("", ("", "")),
    ],
)
def test_who_wrote_it(value, author):
    assert Mail(a_mail(From=value)).author == author


def test_a_hostile_mail_has_no_more_parts_than_are_looked_at():
    many = Mail(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000)
    deep = Mail(b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1000)))
    assert len(many.parts) <= MOST_PARTS and len(deep.parts) <= MOST_PARTS
    assert Mail(b"a:\n" * 20_000).parts[0].header.fields == []


def test_a_report_has_groups_of_fields():
    text = "Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\nDiagnostic-Code: smtp; 550\r\n  no such user\r\n\r\n\r\nx"
    assert list(groups(text)) == [
        {"reporting-mta": "dns; mx"},
        {"action": "failed", "diagnostic-code": "smtp; 550 no such user"},
    ]
