"""Raw mails with plain texts: where the sender wants it their links are tracked, and every other byte stays."""

from base64 import encodebytes
from email import message_from_bytes
from quopri import encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing.mime import NotTracked, Tracked
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.outgoing.raw_mails import Trackable, cleaned_mail, read, rewritten
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.bench import mutations
from tests.bench.mime_oracle import BOTH, faults, rewrite_mail
from tests.bench.rewriting_oracle import OURS, PIXEL, TRACKING
from tests.mails import a_mail
from tests.rewriting import undo

OFFER = "https://example.com/offer?a=1&b=2"
ONE = f"{TRACKING}c/0"
TEXT = f"Dear Bob,\r\n\r\nhere is our offer: {OFFER}.\r\n\r\n> https://example.com/quoted\r\n"
PAGE = f'<p>Here is <a href="{OFFER.replace("&", "&amp;")}">our offer</a>.</p>'


def tracked(raw: bytes) -> Tracked:
    found = rewrite_mail(raw, text_links=True)
    assert isinstance(found, Tracked)
    assert faults(raw, found, BOTH) == []
    return found


def reason(raw: bytes) -> Reason:
    found = rewrite_mail(raw, text_links=True)
    assert isinstance(found, NotTracked)
    return found.reason


def texts(raw: bytes) -> list[str]:
    return [
        part.get_payload(decode=True).decode()
        for part in message_from_bytes(raw).walk()
        if part.get_content_type() == "text/plain"
    ]


def several(kind: str, *parts: str, **fields: str) -> bytes:
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return a_mail(f"{body}--b--", Content_Type=f'multipart/{kind}; boundary="b"', **fields)


def a_part(body: str, kind: str = "text/plain; charset=utf-8", **fields: str) -> str:
    more = "".join(f"Content-{name}: {value}\r\n" for name, value in fields.items())
    return f"Content-Type: {kind}\r\n{more}\r\n{body}"


def test_no_text_is_touched_where_nobody_wants_it():
    assert read(a_mail(TEXT, "text/plain"), text_links=False, ours=OURS) == NotTracked(Reason.PLAIN)
    beside = read(several("alternative", a_part(TEXT), a_part(PAGE, "text/html")), text_links=False, ours=OURS)
    assert isinstance(beside, Trackable) and beside.bodies.text is None


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "quoted-printable", "base64", ""])
def test_each_transfer_encoding_is_kept(encoding):
    plain = TEXT.replace("\r\n\r\n", " é\r\n\r\n", 1).encode()
    body = {"quoted-printable": encodestring(plain).decode(), "base64": encodebytes(plain).decode()}
    raw = a_mail(body.get(encoding, plain.decode()), "text/plain", Content_Transfer_Encoding=encoding)
    found = tracked(raw)
    assert found.links == (OFFER,) and undo(found) == raw
    assert texts(found.raw)[0].rstrip() == plain.decode().replace(OFFER, ONE).rstrip()
    assert found.raw.partition(b"\r\n\r\n")[0] == raw.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("charset", ["iso-8859-1", "koi8-r", "gb18030", "shift_jis"])
def test_all_other_letters_stay_in_their_charset(charset):
    letters = {"iso-8859-1": "Grüße", "koi8-r": "книга", "gb18030": "书", "shift_jis": "本"}[charset]
    raw = a_mail(f"{letters} {OFFER} {letters}", "text/plain", charset)
    assert tracked(raw).raw == raw.replace(OFFER.encode(), ONE.encode())


def test_a_mail_from_before_mime_is_a_text():
    raw = f"From: a@b.example\nTo: c@d.example\nSubject: x\n\nSee {OFFER}\n".encode()
    assert tracked(raw).raw == raw.replace(OFFER.encode(), ONE.encode())


def test_files_beside_a_text_stay():
    note = a_part(f"see {OFFER}", Disposition="attachment; filename=note.txt")
    named = a_part(f"see {OFFER}", 'text/plain; charset=utf-8; name="notes.txt"')
    raw = several("mixed", a_part(TEXT), note, named, a_part("x", "application/pdf"))
    assert tracked(raw).raw == raw.replace(TEXT.encode(), TEXT.replace(OFFER, ONE).encode())


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (a_mail("No link in it.", "text/plain"), Reason.PLAIN),
        (a_mail(f"> {OFFER}", "text/plain"), Reason.PLAIN),
        (a_mail(f"{OFFER}\r\n@@ -1 +1 @@\r\n-x", "text/plain"), Reason.PLAIN),
        (several("mixed", a_part(TEXT), a_part(TEXT)), Reason.PLAIN),
        (a_mail(TEXT, "text/plain", Content_Disposition="attachment"), Reason.PLAIN),
        (a_mail(f"-----BEGIN PGP SIGNED MESSAGE-----\r\n{OFFER}", "text/plain"), Reason.ENCRYPTED),
        (several("signed", a_part(TEXT), a_part("x", "application/pgp-signature")), Reason.SIGNED),
        (several("report", a_part(TEXT), a_part("x", "message/delivery-status")), Reason.REPORT),
        (several("mixed", a_part(TEXT), a_part("x", "text/calendar; method=REQUEST")), Reason.CALENDAR),
        (a_mail(TEXT, "text/plain", Auto_Submitted="auto-replied"), Reason.AUTOMATIC),
        (a_mail(TEXT, "text/plain", X_Unsealed="1"), Reason.LOOP),
        (a_mail(TEXT, Content_Type="text/plain; charset=iso-2022-jp"), Reason.CHARSET),
        (a_mail("aHR0", "text/plain", Content_Transfer_Encoding="base64x"), Reason.UNREADABLE),
    ],
    ids=lambda value: value if isinstance(value, Reason) else "",
)
def test_left_as_it_is_because(raw, why):
    assert reason(raw) is why


def test_beside_an_html_those_links_are_tracked_that_are_tracked_there_as_the_same_ones():
    page = f'{PAGE}<a href="https://example.com/u/1">Unsubscribe</a> <a href="{OFFER}">again</a><a href="https://b.example">B</a>'
    text = f"Here is our offer: {OFFER}\r\nhttps://example.com/u/1\r\nhttps://b.example\r\nhttps://only.example/\r\n"
    raw = several("alternative", a_part(text), a_part(page, "text/html; charset=utf-8"))
    found = tracked(raw)
    assert found.links == (OFFER, OFFER, "https://b.example")
    wanted = text.replace(OFFER, ONE).replace("https://b.example", f"{TRACKING}c/2")
    assert texts(found.raw) == [wanted]
    assert found.raw.count(PIXEL.encode()) == 1


def test_the_text_is_that_of_the_alternative_however_deep_and_none_that_stands_elsewhere():
    related = f'Content-Type: multipart/related; boundary="r"\r\n\r\n--r\r\n{a_part(PAGE, "text/html")}\r\n--r--'
    inner = (
        f'Content-Type: multipart/alternative; boundary="a"\r\n\r\n--a\r\n{a_part(TEXT)}\r\n--a\r\n{related}\r\n--a--'
    )
    raw = several("mixed", inner, a_part(f"-- \r\nThe list: {OFFER}"))
    assert texts(tracked(raw).raw) == [TEXT.replace(OFFER, ONE), f"-- \r\nThe list: {OFFER}"]


@pytest.mark.parametrize(
    "text", [a_part("aHR0", Transfer_Encoding="base64x"), a_part(TEXT, "text/plain; charset=utf-16")]
)
def test_a_text_that_cannot_be_read_leaves_the_html_tracked(text):
    raw = several("alternative", text, a_part(PAGE, "text/html"))
    assert tracked(raw).raw.count(TRACKING.encode()) == 2


def longest(raw: bytes) -> int:
    return max(map(len, raw.splitlines()))


def test_a_line_that_grows_too_long_is_broken_by_quoted_printable():
    text = " ".join(f"https://a.example/{number}" for number in range(40))
    raw = a_mail(text, "text/plain", Content_Transfer_Encoding="7bit")
    assert longest(raw) < 998
    found = tracked(raw)
    assert len(found.links) == 40 and longest(found.raw) < 998 and undo(found) == raw
    assert b"Content-Transfer-Encoding: quoted-printable\r\n" in found.raw


def test_a_mail_that_cannot_say_that_its_lines_are_broken_stays():
    text = " ".join(f"https://a.example/{number}" for number in range(40))
    raw = f"From: a@b.example\r\n\r\n{text}\r\n".encode()
    assert reason(raw) is Reason.UNREADABLE
    part = f"\r\n{text.replace('https://a.example/1 ', OFFER + ' ')}"
    found = tracked(several("alternative", part, a_part(PAGE + text, "text/html")))
    assert TRACKING.encode() in found.raw


def test_a_flowed_text_stays_one():
    flowed = f"Here is our offer, in a line that goes on: \r\n{OFFER} \r\nand on.\r\n>> https://example.com/quoted \r\n"
    raw = a_mail(flowed, Content_Type="text/plain; charset=utf-8; format=flowed")
    assert tracked(raw).raw == raw.replace(OFFER.encode(), ONE.encode())
    raw = a_mail(flowed, Content_Type="text/plain; charset=utf-8; format=flowed; DelSp=Yes")
    assert reason(raw) is Reason.PLAIN, "the link may go on in the next line"


def test_the_footer_stands_in_the_html_where_there_is_one_and_else_in_the_text():
    beside = several("alternative", a_part(TEXT), a_part(PAGE, "text/html"))
    for raw, kind in ((a_mail(TEXT, "text/plain"), "text"), (beside, "html")):
        mail = read(raw, text_links=True, ours=OURS)
        assert isinstance(mail, Trackable) and mail.shows_opens is (kind == "html")
        done = rewritten(raw, mail, pixel_url=None, tracked=[ONE], page_url=f"{TRACKING}p/1")[0]
        assert isinstance(done, Tracked)
        assert done.raw.count(b"This mail tells its sender") == 1
        assert ("followed" in texts(done.raw)[0]) is (kind == "text")


_pieces = [OFFER, "https://x.example/é", f"{TRACKING}p/7", "> ", "\r\n", "<", ">", " ", "word " * 30]
_pieces += ["=", "Grüße", ".", "-" * 20]


@given(
    st.lists(st.sampled_from(_pieces)).map("".join),
    st.sampled_from(["8bit", "quoted-printable", "base64"]),
    st.sampled_from(["utf-8", "iso-8859-1", "no-such"]),
)
def test_any_text_comes_back_and_reads_the_same_but_for_its_links(text, encoding, charset):
    plain = text.encode("utf-8" if charset == "no-such" else charset)
    coded = encodebytes(plain) if encoding == "base64" else encodestring(plain) if "q" in encoding else plain
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    raw = head.encode() + coded
    found = rewrite_mail(raw, text_links=True)
    if isinstance(found, Tracked):
        assert undo(found) == raw and found.links and faults(raw, found, BOTH) == []
        again = rewrite_mail(found.raw, text_links=True)
        assert again == NotTracked(Reason.PLAIN), "nothing is tracked twice"
    else:
        assert found.reason is Reason.PLAIN


def test_no_damage_makes_it_fail_or_harm_a_mail():
    outcomes, wrong = mutations.rounds(2_000, seed=2_026, text_links=True)
    assert wrong == []
    assert outcomes["tracked"] > 600


def test_what_is_ours_is_known_as_ours():
    assert reason(a_mail(f"{TRACKING}c/7", "text/plain")) is Reason.PLAIN


# -- What is left of another mail

ID = "019a3d5c00007000800000000000beef"
OLD = f"{TRACKING}c/{mint(Claim(TokenKind.LINK, ID, 0, 1_770_000_000, 0, OFFER), OURS.secrets)}"
OLD_PIXEL = f"{TRACKING}o/{mint(Claim(TokenKind.PIXEL, ID, 0, 1_770_000_000), OURS.secrets)}"
THEIRS = f'<blockquote type="cite"><a href="{OLD}">offer</a><img src="{OLD_PIXEL}"></blockquote>'


def bodies(raw: bytes) -> str:
    parts = message_from_bytes(raw).walk()
    return " ".join(str(part.get_payload(decode=True)) for part in parts if not part.is_multipart())


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("text_links", [True, False])
def test_it_goes_from_html_and_text_whether_that_is_tracked_or_not(encoding, text_links):
    code = {"quoted-printable": encodestring, "base64": encodebytes}.get(encoding, bytes)
    text, page = (code(each.encode()).decode() for each in (f"Yes.\r\n\r\n> {OLD}\r\n", f"<p>Yes.</p>{THEIRS}"))
    coded = {"Transfer_Encoding": encoding}
    raw = several(
        "alternative",
        a_part(text, Transfer_Encoding=encoding).replace("Transfer_Encoding", "Transfer-Encoding"),
        a_part(page, "text/html; charset=utf-8", **coded).replace("Transfer_Encoding", "Transfer-Encoding"),
    )
    found = rewrite_mail(raw, text_links)
    assert isinstance(found, Tracked) and undo(found) == raw
    for mail in (found.raw, cleaned_mail(raw, OURS)):
        assert OLD not in bodies(mail) and OLD_PIXEL not in bodies(mail) and bodies(mail).count("b=2") == 2


@pytest.mark.parametrize(
    "raw",
    [
        a_mail(f"> {OLD}", "text/plain"),
        a_mail(THEIRS, Content_Type="text/html; charset=iso-2022-jp"),
        a_mail(THEIRS, "text/html", Auto_Submitted="auto-replied"),
        several(
            "mixed",
            a_part(THEIRS, "text/html", Disposition="attachment; filename=x.html"),
            a_part("x", "text/calendar"),
        ),
        several(
            "mixed", a_part("See below."), f"Content-Type: message/rfc822\r\n\r\n{a_mail(THEIRS, 'text/html').decode()}"
        ),
    ],
    ids=["plain", "charset", "automatic", "file", "attached"],
)
def test_it_goes_from_mails_that_are_not_tracked_too(raw):
    assert isinstance(rewrite_mail(raw), NotTracked)
    clean = cleaned_mail(raw, OURS)
    assert OLD.encode() not in clean and OLD_PIXEL.encode() not in clean and b"example.com/offer" in clean


def test_what_is_signed_stays():
    raw = several("signed", a_part(THEIRS, "text/html"), a_part("x", "application/pgp-signature"))
    assert cleaned_mail(raw, OURS) == raw


def test_a_mail_in_several_bodies_is_tracked_in_all_and_has_its_pixel_in_the_last_that_shows_anything():
    pdf = a_part("x", "application/pdf", Disposition="attachment; filename=a.pdf")
    event = a_part("x", "text/calendar; name=a.ics", Disposition="attachment; filename=a.ics")
    again, nothing = a_part(f"<p>{PAGE}</p>", "text/html"), a_part("<html><body><br></body></html>", "text/html")
    inner = (
        f'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\n{a_part(PAGE, "text/html")}\r\n--m\r\n{pdf}\r\n'
        f"--m\r\n{again}\r\n--m\r\n{event}\r\n--m\r\n{nothing}\r\n--m--"
    )
    raw = several("alternative", a_part(TEXT), inner)
    found = rewrite_mail(raw)
    assert isinstance(found, Tracked) and faults(raw, found) == [] and found.links == (OFFER, OFFER)
    assert f"{TRACKING}c/1".encode() in found.raw
    assert found.raw.index(PIXEL.encode()) > found.raw.index(f"{TRACKING}c/1".encode())
    assert b"<html><body><br></body></html>" in found.raw
