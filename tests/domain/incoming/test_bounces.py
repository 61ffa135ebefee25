"""Notices from mail systems: known by structure or author, and read by their fields, then by their codes."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.bounces import Notice, addresses_in, is_complaint, is_receipt, notices, signs
from chalicelib.domain.incoming.received import Mail
from tests.mails import a_mail
from tests.replies import a_bounce_notice, a_complaint

EVENTS = Path(__file__).parents[2] / "events"


def event(name: str) -> Mail:
    return Mail((EVENTS / f"{name}.eml").read_bytes())


def prose(text: str, subject: str = "failure notice") -> Mail:
    return Mail(a_mail(text, "text/plain", From="MAILER-DAEMON@mx.example.com", Subject=subject))


def test_a_report_names_the_address_that_was_written_to_before_that_where_it_ended():
    assert notices(event("bounce_postfix")) == (Notice("bob@example.com", "failed", "5.1.1"),)


def test_without_fields_the_header_and_the_codes_tell():
    assert notices(event("bounce_exim")) == (Notice("bob@example.com", "", "5.0.0"),)
    assert notices(event("bounce_qmail")) == (Notice("", "", "5.1.1"),)
    assert addresses_in(event("bounce_qmail"))[0] == "bob@example.com"


@pytest.mark.parametrize(
    "author", ["MAILER-DAEMON@x.example", "Postmaster <postmaster@x.example>", "Mail Delivery Subsystem <m@x.example>"]
)
def test_a_mail_systems_name_shows_a_notice(author):
    assert signs(Mail(a_mail(From=author))) == ("from_daemon",)


@pytest.mark.parametrize(
    "author", ["Bob <bob@example.com>", "Bill Postma <postma@example.com>", "delivery@shop.example"]
)
def test_a_persons_name_does_not(author):
    assert signs(Mail(a_mail(From=author, Subject="Undelivered Mail Returned to Sender"))) == ()


def test_a_bounce_that_a_person_passes_on_is_theirs():
    assert signs(event("ordinary_quotes_bounce")) == ()


@pytest.mark.parametrize(
    ("action", "status", "failed", "arrived"),
    [
        ("failed", "5.1.1", True, False),
        ("failed", "4.2.2", True, False),
        ("delayed", "4.4.1", False, False),
        ("delayed", "5.0.0", False, False),
        ("", "4.4.1", False, False),
        ("", "5.1.1", True, False),
        ("", "", True, False),
        ("delivered", "2.0.0", False, True),
        ("deliverable", "2.1.5", False, True),
        ("failure", "", True, False),
    ],
)
def test_the_action_decides_and_the_status_where_there_is_none(action, status, failed, arrived):
    notice = Notice("bob@example.com", action, status)
    assert (notice.failed, notice.arrived) == (failed, arrived)


def test_the_prose_is_never_read_where_a_code_stands():
    (notice,) = notices(prose("This is a permanent failure. It will be delayed. (#4.4.1)"))
    assert not notice.failed
    (notice,) = notices(prose("We will go on trying.", "Warning: could not send message for past 4 hours"))
    assert not notice.failed
    (notice,) = notices(prose("Host 192.0.2.5.1.1 said nothing of 5.1.1.1 or 4.4.4.4."))
    assert notice.failed and notice.status == ""


def test_a_report_on_several_recipients_tells_of_each():
    raw = a_bounce_notice().replace(
        b"Status: 5.1.1\r\n", b"Status: 5.1.1\r\n\r\nFinal-Recipient: rfc822; eve@example.com\r\nAction: delayed\r\n"
    )
    assert [(each.recipient, each.failed) for each in notices(Mail(raw))] == [
        ("bob@example.com", True),
        ("eve@example.com", False),
    ]


def test_a_feedback_report_is_a_complaint_unless_it_says_that_it_is_none():
    assert is_complaint(event("complaint_arf"))
    assert not is_complaint(Mail(a_complaint().replace(b"abuse\r\n", b"not-spam\r\n")))
    assert not is_complaint(event("bounce_postfix"))


def test_a_receipt_is_known_as_one():
    assert is_receipt(event("receipt_mdn")) and not is_receipt(event("bounce_postfix"))
