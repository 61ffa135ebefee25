"""A raw mail comes through: edited where it may be, byte for byte where not, and never not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.consent import NO_PIXEL, Consent
from chalicelib.domain.drafts import Addressee
from chalicelib.domain.mail import headers
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.messages import Recipient
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.preferences import Preferences
from chalicelib.domain.state import Status
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.work.mail.relaying import prepare_mail, relay
from tests import trouble
from tests.embedded import PUBLIC_URL, Embedded, examples
from tests.mails import SIGNED, a_mail
from tests.makers import SENT, a_message
from tests.rewriting import unsplice
from tests.trouble import the_table

ANN = a_message().sender


def relayed(raw: bytes, *to: str, request: str = "request 1") -> list[Copy]:
    return relay(ANN, raw, to or ("bob@example.com",), SENT, request)


def test_each_copy_differs_from_the_mail_in_its_links_its_pixel_and_our_own_field(fresh_table: Embedded):
    raw = a_mail(DKIM_Signature="v=1; b=AAAA")
    bob, carol = relayed(raw, "bob@example.com", "carol@example.com")
    assert bob.of(raw) != carol.of(raw)
    plain = bob.of(raw)
    for _, tracked in bob.links:
        plain = plain.replace(tracked.encode(), b"https://example.com/offer?a=1&amp;b=2")
    pixel = f'<img src="{bob.pixel_url}" width="1" height="1" alt="">'.encode()
    left = plain.replace(pixel, b"").replace(f"X-Unsealed: {bob.message}\r\n".encode(), b"")
    assert left == raw.replace(b"DKIM-Signature: v=1; b=AAAA\r\n", b"")
    assert bob.pixel_url.startswith(f"{PUBLIC_URL}/o/")


def test_the_message_has_the_subject_the_names_and_the_thread_of_the_mail(fresh_table: Embedded):
    (copy,) = relayed(
        a_mail(Subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=", References="<a@b> <c@d>", To='"Bob B." <bob@example.com>')
    )
    stored = messages.load(ANN, copy.message)
    assert stored is not None
    assert (stored.message.subject, stored.message.thread) == ("Grüße", "<a@b>")
    assert stored.message.recipients == (Recipient("bob@example.com", "Bob B."),)


UNTOUCHED = {
    "signed": SIGNED,
    "plain": a_mail(kind="text/plain"),
    "encrypted": a_mail(Content_Type="multipart/encrypted; boundary=x"),
    "calendar": a_mail(kind="text/calendar"),
    "charset": a_mail(Content_Type="text/html; charset=utf-16"),
    "automatic": a_mail(Auto_Submitted="auto-replied"),
    "loop": a_mail(X_Unsealed="0199"),
}


@pytest.mark.parametrize(("reason", "raw"), UNTOUCHED.items(), ids=UNTOUCHED.keys())
def test_what_may_not_be_touched_goes_as_it_came_and_the_table_says_why(fresh_table: Embedded, reason, raw):
    (copy,) = relayed(raw)
    assert copy.of(raw) == raw
    stored = messages.load(ANN, copy.message)
    assert stored is not None
    assert [tally.not_tracked for tally in stored.state.tallies] == [reason] == [copy.not_tracked]


LETTER = a_mail("See https://example.com/offer\r\n", "text/plain")


def test_a_plain_text_of_who_wants_its_links_tracked_is_tracked_without_a_pixel(fresh_table: Embedded):
    accounts.create(Account(ANN, "ann@sender.example", "Ann", "Europe/Berlin", SENT, Preferences(text_links=True)))
    bob, carol = first = relayed(LETTER, "bob@example.com", "carol@example.com")
    for copy in first:
        assert copy.pixel_url == copy.not_tracked == ""
        assert unsplice(headers.without_header(copy.of(LETTER), LOOP_HEADER), copy.edits) == LETTER
        assert copy.links[0][1].encode() in copy.of(LETTER)
    assert bob.links != carol.links
    stored = messages.load(ANN, bob.message)
    assert stored is not None
    assert {(tally.blind, tally.status, tally.not_tracked) for tally in stored.state.tallies} == {
        (NO_PIXEL, Status.CANNOT_KNOW, "")
    }
    assert relayed(LETTER, "bob@example.com", "carol@example.com") == first
    (dave,) = relayed(a_mail("No link.", "text/plain"), "dave@example.com", request="request 2")
    assert (dave.not_tracked, dave.of(LETTER)) == ("plain", LETTER)


def test_who_said_no_gets_the_mail_as_it_was_written(fresh_table: Embedded):
    denied = Addressee(Recipient("bob@example.com"), Consent.DENIED)
    _, (bob, carol) = prepare_mail(ANN, a_mail(), [denied, Addressee(Recipient("carol@example.com"))], SENT, "r")
    assert bob.of(a_mail()) == a_mail() and bob.not_tracked == "consent_denied"
    assert carol.pixel_url


def test_a_table_that_fails_lets_the_mail_go_as_it_came(fresh_table: Embedded):
    with trouble.refusing(the_table(), "TransactWriteItems", "ValidationException"), trouble.logged() as lines:
        (copy,) = relayed(a_mail())
    assert (copy.of(a_mail()), copy.not_tracked, copy.message) == (a_mail(), "failed", None)
    assert len(lines) == 2


def test_more_links_than_an_item_holds_let_it_go_as_it_came(fresh_table: Embedded):
    url = "https://a.example/" + "x" * 3_900
    raw = a_mail("".join(f'<a href="{url}{number}">x</a>\r\n' for number in range(60)))
    (copy,) = relayed(raw)
    assert (copy.of(raw), copy.not_tracked) == (raw, "too_large")
    assert messages.load(ANN, copy.message) is not None


def test_an_address_that_cannot_be_a_contact_gets_its_mail_too(fresh_table: Embedded):
    strange, bob = relayed(a_mail(), '"a b"@example.com', "bob@example.com")
    assert (strange.email, strange.of(a_mail()), strange.not_tracked) == ('"a b"@example.com', a_mail(), "no_address")
    assert bob.pixel_url


def test_what_goes_to_the_gateway_is_tracked_there_and_not_twice(fresh_table: Embedded):
    to = f"bob=example.com@{config().inbound_domain}"
    (copy,) = relayed(a_mail(), to)
    assert (copy.of(a_mail()), copy.not_tracked, copy.message) == (a_mail(), "gateway", None)
    _, (prepared,) = prepare_mail(ANN, a_mail(), [Addressee(Recipient(to))], SENT, "r")
    assert (prepared.of(a_mail()), prepared.not_tracked) == (a_mail(), "gateway")


def test_more_recipients_than_a_message_has_become_several_messages(fresh_table: Embedded):
    copies = relayed(a_mail(), *(f"b{number}@example.com" for number in range(120)), "b0@example.com")
    assert len(copies) == 120 and len({copy.message for copy in copies}) == 3
    assert len({copy.pixel_url for copy in copies}) == 120


def test_the_same_request_again_gives_the_same_copies(fresh_table: Embedded):
    first = relayed(a_mail(), "bob@example.com", "carol@example.com")
    before = fresh_table.items()
    assert relayed(a_mail(), "bob@example.com", "carol@example.com") == first
    assert fresh_table.items() == before


_pieces = st.sampled_from(
    [
        *(
            b"From: ",
            b"To: ",
            b"Bcx: x\r\n",
            b"Subject: =?utf-8?b?",
            b"Content-Type: text/html\r\n",
            b"\r\n",
            b"\n",
            b" ",
        ),
        *(
            b"Content-Type: multipart/mixed; boundary=b\r\n",
            b"--b\r\n",
            b"--b--",
            b"Content-Transfer-Encoding: base64\r\n",
        ),
        *(
            b'<a href="https://x.example/">y</a>',
            b"<html>",
            b"</body>",
            b"=3D=\r\n",
            b"PGh0bWw+\r\n",
            b"\xff\x00",
            b"<!--",
        ),
    ]
)


def test_any_bytes_come_through_either_edited_or_byte_for_byte(fresh_table: Embedded):
    @settings(max_examples=examples(150))
    @given(st.lists(_pieces | st.binary(max_size=20), max_size=30).map(b"".join))
    def law(raw: bytes) -> None:
        (copy,) = relayed(raw, request=raw.hex())
        if copy.not_tracked:
            assert copy.of(raw) == raw
        else:
            assert copy.edits
            assert unsplice(headers.without_header(copy.of(raw), LOOP_HEADER), copy.edits) == raw

    law()


def test_no_copy_keeps_the_pixel_or_a_link_of_another_mail_whoever_refused(fresh_table: Embedded):
    (before,) = relayed(a_mail())
    theirs = before.of(a_mail()).partition(b"\r\n\r\n")[2].decode()
    answer = a_mail(f"<p>Yes.</p><blockquote type=cite>{theirs}</blockquote>", Message_ID="<2@sender.example>")
    known = contacts.load(ANN, ["carol@example.com"])
    assert not known[0].messages
    denied = Addressee(Recipient("carol@example.com"), Consent.DENIED)
    _, copies = prepare_mail(ANN, answer, [Addressee(Recipient("bob@example.com")), denied], SENT, "request 2")
    _, refused = copies
    assert refused.not_tracked == "consent_denied"
    strange = relayed(answer, "no address", "bob=example.com@in.example.org", request="request 3")
    for copy in (*copies, *strange):
        raw = copy.of(answer)
        assert before.pixel_url.encode() not in raw and before.links[0][1].encode() not in raw
        assert b'href="https://example.com/offer?a=1&amp;b=2"' in raw
