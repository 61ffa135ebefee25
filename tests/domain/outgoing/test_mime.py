"""Mails: the one HTML body is rewritten and every other byte stays, or the mail does, with the reason."""

import tracemalloc
from base64 import encodebytes
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.parts import DEEPEST, MOST_PARTS
from chalicelib.domain.outgoing.body import LARGEST
from chalicelib.domain.outgoing.mime import LARGEST_MAIL, MOST_BODIES, NotTracked, Tracked, read, rewritten
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.outgoing.rewriting import Rewritten
from tests.bench import mime_oracle, mutations
from tests.bench.rewriting import MAILS
from tests.rewriting import rewrite, undo

PIXEL = b'<img src="https://t.example/o/1" width="1" height="1" alt="">'
TOP = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>"
TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nx"


def html(text: str) -> Rewritten:
    return rewrite(text, pixel_url="https://t.example/o/1", tracked_url=lambda index, _: f"https://t.example/c/{index}")


def a_mail(*parts: bytes, kind: str = "mixed", top: bytes = TOP) -> bytes:
    """A mail of these parts, or of one alone."""
    if len(parts) == 1:
        return top + parts[0]
    lines = [b"--b1\r\n" + part + b"\r\n" for part in parts]
    return top + f'Content-Type: multipart/{kind}; boundary="b1"\r\n\r\n'.encode() + b"".join(lines) + b"--b1--\r\n"


def a_part(kind: str, body: bytes = b"x", **more: str) -> bytes:
    fields = "".join(f"Content-{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    return f"Content-Type: {kind}\r\n{fields}\r\n".encode() + body


def changed(raw: bytes) -> Tracked | NotTracked:
    bodies = read(raw)
    if isinstance(bodies, NotTracked):
        return bodies
    return rewritten(raw, bodies, [html(page.text) for page in bodies.pages])


def tracked(raw: bytes) -> Tracked:
    found = changed(raw)
    assert isinstance(found, Tracked)
    assert mime_oracle.damage(raw, found) == []
    return found


def reason(raw: bytes) -> Reason:
    found = changed(raw)
    assert isinstance(found, NotTracked)
    return found.reason


def body_of(raw: bytes) -> bytes:
    (part,) = (part for part in message_from_bytes(raw).walk() if part.get_content_type() == "text/html")
    return part.get_payload(decode=True)


def test_the_body_is_rewritten_in_its_place():
    raw = a_mail(TEXT, HTML, a_part("image/png", b"<p>x</p>"), kind="related")
    assert tracked(raw).raw == raw.replace(HTML, HTML + PIXEL)


def test_the_body_is_found_however_deep():
    inner = b'Content-Type: multipart/alternative; boundary="b1x"\r\n\r\n--b1x\r\n' + TEXT + b"\r\n--b1x\r\n" + HTML
    raw = a_mail(inner + b"\r\n--b1x--", a_part("application/pdf"))
    assert tracked(raw).raw == raw.replace(HTML, HTML + PIXEL)


@pytest.mark.parametrize(
    ("encoding", "coded"),
    [
        ("7bit", b'<a href="http://x.example/?a=1">x</a>\r\n'),
        ("Quoted-Printable", b'<a href=3D"http://x.ex=\r\nample/?a=3D1">x</a>\r\n'),
        ("BASE64", encodebytes(b'<a href="http://x.example/?a=1">x</a>\r\n')),
    ],
)
def test_each_transfer_encoding_is_kept(encoding, coded):
    found = tracked(a_mail(a_part("text/html", coded, Transfer_Encoding=encoding), TEXT))
    assert found.links == ("http://x.example/?a=1",)
    assert body_of(found.raw).rstrip() == b'<a href="https://t.example/c/0">x</a>\r\n' + PIXEL
    assert f"Content-Transfer-Encoding: {encoding}\r\n".encode() in found.raw


@pytest.mark.parametrize(
    ("charset", "host"),
    [("utf-8", "bücher"), ("iso-8859-1", "bücher"), ("koi8-r", "книги"), ("gb18030", "书"), ("shift_jis", "本")],
)
def test_links_are_read_by_the_charset_and_all_other_letters_stay(charset, host):
    body = f"<p>{host} <a href='http://{host}.example/{host}'>x</a> {host}".encode(charset)
    found = tracked(a_mail(a_part(f"text/html; charset={charset}", body)))
    assert found.links == (html(f"<a href='http://{host}.example/{host}'>x</a>").links)
    assert body_of(found.raw) == f"<p>{host} <a href='https://t.example/c/0'>x</a> {host}".encode(charset) + PIXEL


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=no-such", "text/html; charset=us-ascii"])
def test_bytes_that_no_charset_explains_pass_through(kind):
    body = b"\xff\xfe\x80 <a href=http://x.example/>x</a> <a href='http://y.example/\xff'>y</a>"
    found = tracked(a_mail(a_part(kind, body)))
    assert found.links == ("http://x.example/",)
    assert body_of(found.raw) == body.replace(b"http://x.example/>", b'"https://t.example/c/0">') + PIXEL


def test_a_line_that_grows_too_long_is_broken_by_quoted_printable():
    body = b"".join(b"<a href='http://x.example/%d'>x</a> " % number for number in range(26))
    assert max(map(len, body.splitlines())) < 998
    found = tracked(a_mail(a_part("text/html", body, Transfer_Encoding="7bit"), TEXT))
    assert b"Content-Transfer-Encoding: quoted-printable\r\n" in found.raw
    assert len(found.links) == 26
    assert undo(found) == a_mail(a_part("text/html", body, Transfer_Encoding="7bit"), TEXT)
    found = tracked(a_mail(a_part("text/html", body)))
    assert b"text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" in found.raw


def test_the_line_ends_of_the_mail_are_kept():
    coded = b'<a href=3D"http://x.example">x</a>'
    raw = a_mail(a_part("text/html", coded, Transfer_Encoding="quoted-printable"), TEXT).replace(b"\r\n", b"\n")
    assert b"\r" not in tracked(raw).raw


def test_an_attached_page_or_mail_is_no_body():
    page = a_part("text/html", b"<a href='http://x.example'>x</a>", Disposition="attachment; filename=x.html")
    inline = a_part("text/html", b"x", Disposition="inline; filename*=utf-8''x.html")
    letter = a_part("message/rfc822", HTML)
    assert reason(a_mail(TEXT, page, inline, letter)) is Reason.PLAIN
    raw = a_mail(page, HTML, letter, inline)
    assert tracked(raw).raw == raw.replace(b"--b1\r\n" + HTML, b"--b1\r\n" + HTML + PIXEL)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (a_mail(TEXT), Reason.PLAIN),
        (TOP + b"\r\n<p>no type</p>", Reason.PLAIN),
        (b"", Reason.PLAIN),
        (a_mail(HTML, a_part("application/pkcs7-signature"), kind="signed"), Reason.SIGNED),
        (a_mail(HTML, a_part("application/pgp-signature")), Reason.SIGNED),
        (a_mail(HTML, a_part("application/octet-stream"), kind="encrypted"), Reason.ENCRYPTED),
        (a_mail(a_part("application/pkcs7-mime; smime-type=enveloped-data")), Reason.ENCRYPTED),
        (a_mail(HTML, a_part("text/plain", b"-----BEGIN PGP MESSAGE-----\r\n")), Reason.ENCRYPTED),
        (a_mail(a_part("text/html", b"<pre>-----BEGIN PGP SIGNED MESSAGE-----")), Reason.ENCRYPTED),
        (
            a_mail(a_part("text/html", encodebytes(b"-----BEGIN PGP MESSAGE-----"), Transfer_Encoding="base64")),
            Reason.ENCRYPTED,
        ),
        (a_mail(HTML, a_part("message/delivery-status"), kind="report"), Reason.REPORT),
        (a_mail(HTML, a_part("message/disposition-notification")), Reason.REPORT),
        (a_mail(HTML, a_part("text/calendar; method=REQUEST"), kind="alternative"), Reason.CALENDAR),
        (a_mail(HTML, top=b"Auto-Submitted: auto-replied (vacation)\r\n" + TOP), Reason.AUTOMATIC),
        (a_mail(HTML, top=LOOP_HEADER.upper().encode() + b":\r\n" + TOP), Reason.LOOP),
        (a_mail(*[HTML] * (MOST_BODIES + 1)), Reason.MANY_BODIES),
        (a_mail(a_part("text/html; charset=utf-16le", b"<\0p\0>\0")), Reason.CHARSET),
        (a_mail(a_part("text/html", b"\xff\xfe<\0p\0>\0")), Reason.CHARSET),
        (a_mail(a_part("text/html; charset=UTF_16")), Reason.CHARSET),
        (a_mail(a_part("text/html; charset=iso-2022-jp")), Reason.CHARSET),
        (a_mail(a_part("text/html", b"\x1b$B%F\x1b(B")), Reason.CHARSET),
        (a_mail(a_part("text/html; charset=utf-7")), Reason.CHARSET),
        (a_mail(a_part("text/html; charset=cp037")), Reason.CHARSET),
        (a_mail(a_part("text/html", b"x" * (LARGEST + 1))), Reason.TOO_LARGE),
        (b"x" * (LARGEST_MAIL + 1), Reason.TOO_LARGE),
        (a_mail(a_part("text/html", b"PHA", Transfer_Encoding="base64")), Reason.UNREADABLE),
        (a_mail(a_part("text/html", b"x", Transfer_Encoding="x-unknown")), Reason.UNREADABLE),
        (TOP + b"Content-Type: text/html\r\n", Reason.UNREADABLE),
        (TOP + b"Content-Type: text/html\r\nno field\r\n\r\n<p>", Reason.UNREADABLE),
        (TOP + b"Content-Type: multipart/mixed\r\n\r\n--b1\r\n" + HTML, Reason.UNREADABLE),
        (TOP + b"Content-Type: multipart/mixed; boundary=b2\r\n\r\n--b1\r\n" + HTML, Reason.UNREADABLE),
        (TOP + b'Content-Type: multipart/mixed; boundary="b1"x\r\n\r\n--b1\r\n' + HTML, Reason.UNREADABLE),
        (a_mail(*[TEXT] * (MOST_PARTS + 1)), Reason.UNREADABLE),
        (TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * (DEEPEST + 2) + HTML, Reason.UNREADABLE),
    ],
    ids=lambda value: value if isinstance(value, Reason) else "",
)
def test_left_as_it_is_because(raw, why):
    assert reason(raw) is why


def test_a_mail_that_says_a_person_sent_it_is_tracked():
    assert tracked(a_mail(HTML, top=b"Auto-Submitted: No\r\n" + TOP))


def test_one_reading_serves_each_recipient():
    raw = a_mail(a_part("text/html", b"<a href=http://x.example>x</a>"))
    body = read(raw)
    for name in "ab":
        url = f"https://t.example/{name}"
        copy = rewritten(
            raw, body, [rewrite(body.pages[0].text, pixel_url=None, tracked_url=lambda index, _, url=url: url)]
        )
        assert body_of(copy.raw) == f'<a href="{url}">x</a>'.encode()


def test_what_the_charset_cannot_say_is_written_as_references():
    raw = a_mail(a_part("text/html; charset=iso-8859-1", b"<a href='http://x.example'>x</a>"))
    body = read(raw)
    copy = rewritten(
        raw, body, [rewrite(body.pages[0].text, pixel_url="https://t.example/пиксель", tracked_url=lambda i, d: None)]
    )
    assert b'src="https://t.example/&#1087;' in copy.raw


@pytest.mark.parametrize("path", sorted(MAILS.glob("*.eml")), ids=lambda path: path.stem)
def test_the_mail_is_rewritten_as_it_should_be_or_left(path: Path):
    raw = path.read_bytes()
    found = mime_oracle.rewrite_mail(raw)
    if isinstance(found, Tracked):
        assert mime_oracle.faults(raw, found) == []


@given(st.binary() | st.binary().map((TOP + b"Content-Type: text/html\r\n\r\n").__add__))
def test_any_bytes_are_a_mail(raw):
    found = changed(raw)
    assert isinstance(found, NotTracked) or undo(found) == raw


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\x1b")),
    st.sampled_from(["7bit", "quoted-printable", "base64"]),
)
def test_any_text_comes_back_with_its_pixel(text, encoding):
    plain = text.encode()
    coded = encodebytes(plain) if encoding == "base64" else plain.replace(b"=", b"=3D") if "q" in encoding else plain
    raw = a_mail(a_part("text/html; charset=utf-8", coded, Transfer_Encoding=encoding), TEXT)
    found = changed(raw)
    if isinstance(found, Tracked):
        assert undo(found) == raw
        assert read(found.raw).pages[0].text.rstrip("\r\n") == html(text).html.rstrip("\r\n")


def test_no_damage_makes_it_fail_or_harm_a_mail():
    outcomes, wrong = mutations.rounds(3_000, seed=2_025)
    assert wrong == []
    assert outcomes["tracked"] > 500


def test_a_large_mail_takes_no_more_than_four_times_its_size():
    attachment = a_part("application/pdf", encodebytes(b"x" * 57) * 510_000, Transfer_Encoding="base64")
    raw = a_mail(HTML, attachment)
    assert len(raw) > 39_000_000
    tracemalloc.start()
    found = changed(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Tracked)
    assert len(raw) + peak < 4 * len(raw)
