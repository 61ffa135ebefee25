"""What is looked at in a mail before it is taken from a client, and what of it does not go out."""

import pytest

from chalicelib.work.accounts.registering import register
from infra.relay.checking import MOST_HOPS, NOBODY, fault, is_theirs, sendable
from tests.embedded import Embedded
from tests.makers import SENT

ADDRESS = "ann@sender.example"
MAIL = b"From: Ann <ann@sender.example>\r\nTo: bob@example.com\r\nSubject: Offer\r\n\r\nDear Bob\r\n"


@pytest.fixture
def ann(fresh_table: Embedded) -> str:
    return register(ADDRESS, "Ann", "Europe/Berlin", "a token", SENT)


def test_a_mail_from_an_address_of_ones_own_is_taken_however_it_is_written(ann):
    assert fault(ann, ADDRESS, MAIL) == ""
    assert fault(ann, ADDRESS, MAIL.replace(b"ann@sender", b"Ann@Sender")) == ""


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (
            b"From: Eve <eve@elsewhere.example>",
            "550 5.7.1 From: eve@elsewhere.example is not an address of the account",
        ),
        (b"From: ann@sender.example, eve@elsewhere.example", "550 5.7.1 The From field must hold one address"),
        (b"From: Ann", "550 5.7.1 The From field must hold one address"),
        (b"X-From: ann@sender.example", "550 5.7.1 The From field must hold one address"),
    ],
)
def test_whose_mail_it_is_must_be_plain_and_true(ann, author, told):
    assert fault(ann, ADDRESS, MAIL.replace(MAIL.split(b"\r\n")[0], author)).startswith(told)


def test_a_mail_that_goes_round_in_circles_is_not_taken(ann):
    hop = b"Received: from a.example by b.example; Mon, 21 Sep 2026 14:13:20 +0000\r\n"
    assert fault(ann, ADDRESS, hop * MOST_HOPS + MAIL) == ""
    assert fault(ann, ADDRESS, hop * (MOST_HOPS + 1) + MAIL).startswith("554 5.4.6")


def test_from_nobody_comes_a_report_only(ann):
    report = b'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\r\n' + MAIL
    assert fault(ann, NOBODY, report) == ""
    assert fault(ann, NOBODY, MAIL).startswith("550 5.7.1 Only a report")


def test_what_is_not_the_clients_to_write_does_not_go_out_and_every_other_byte_does():
    orders = (
        b"Sender: eve@elsewhere.example\r\nRETURN-PATH: <eve@elsewhere.example>\r\n"
        b"Resent-To: eve@elsewhere.example,\r\n carol@example.com\r\nX-SES-CONFIGURATION-SET: another\r\n"
    )
    assert sendable(orders + MAIL + orders) == MAIL + orders, "what stands in the body is no header"
    assert sendable(MAIL) == MAIL


def test_an_address_is_its_accounts_and_nobody_elses(ann):
    assert is_theirs(ADDRESS, ann)
    for given in ("eve@elsewhere.example", "ann@", "", NOBODY):
        assert not is_theirs(given, ann)
    assert not is_theirs(ADDRESS, "another sender")
