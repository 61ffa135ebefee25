"""Notices from mail systems, read by their fields, else by what is final in their words, or late."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.bounces import Notice, addresses_in, is_final, notices, saying
from chalicelib.domain.incoming.received import Mail
from tests.mails import a_mail
from tests.replies import a_bounce_notice

EVENTS = Path(__file__).parents[2] / "events"


def event(name: str) -> Mail:
    return Mail((EVENTS / f"{name}.eml").read_bytes())


def prose(text: str, subject: str = "failure notice") -> Mail:
    return Mail(a_mail(text, "text/plain", From="MAILER-DAEMON@mx.example.com", Subject=subject))


def test_a_report_names_the_address_that_was_written_to_before_that_where_it_ended():
    assert notices(event("bounce_postfix")) == (Notice("bob@example.com", "failed", "5.1.1"),)


def test_without_fields_the_header_and_the_codes_tell():
    assert notices(event("bounce_exim")) == (Notice("bob@example.com", "", "5.0.0"),)
    assert notices(event("bounce_qmail")) == (Notice("", "failed", "5.1.1"),)
    assert addresses_in(event("bounce_qmail"))[0] == "bob@example.com"


SERVERS = [
    ("bounce_postfix_alias", Notice("list@example.net", "failed", "5.1.1"), 'unknown user: "nobody-there"'),
    ("bounce_postfix_expired", Notice("eve@closed.example", "failed", "4.4.1"), "connect to "),
    ("bounce_postfix_full", Notice("full@example.net", "failed", "5.2.2"), "input/output error"),
    ("bounce_postfix_postmaster", Notice("loop@example.net", "failed", "5.4.6"), "alias database loop for loop2"),
    (
        "bounce_postfix_refused",
        Notice("nobody@remote.example", "failed", "5.7.1"),
        "554 5.7.1 <…>: Relay access denied",
    ),
    (
        "bounce_postfix_too_large",
        Notice("bob@small.example", "failed", "5.3.4"),
        "message size 2193 exceeds size limit",
    ),
    ("bounce_postfix_utf8", Notice("jös@example.net", "failed", "5.1.1"), 'unknown user: "jös"'),
    ("delayed_postfix", Notice("eve@closed.example", "delayed", "4.4.1"), "connect to "),
    ("receipt_postfix", Notice("bob@example.net", "delivered", "2.0.0"), "delivery via local: delivered to mailbox"),
    ("bounce_courier", Notice("nobody-there@example.net", "failed", "5.0.0"), "550 User <nobody-there> unknown"),
    ("bounce_courier_expired", Notice("eve@closed.example", "failed", "5.0.0"), "Network is down"),
    ("bounce_courier_full", Notice("full@example.net", "failed", "5.0.0"), "the mailbox of this person is over quota"),
    (
        "bounce_courier_refused",
        Notice("nobody@remote.example", "failed", "5.7.1"),
        "554 5.7.1 <…>: Relay access denied",
    ),
    ("bounce_courier_too_large", Notice("bob@small.example", "failed", "5.3.4"), "552 5.3.4 Message size exceeds"),
    ("delayed_courier", Notice("eve@busy.example", "delayed", "4.0.0"), ""),
    ("receipt_courier", Notice("bob@example.net", "delivered", "2.0.0"), "Message delivered."),
    ("bounce_dma_expired", Notice("", "failed", ""), ""),
    ("bounce_dma_refused", Notice("", "", "5.7.1"), "554 5.7.1 <…>: Relay access denied"),
    ("bounce_dma_too_large", Notice("", "", "5.3.4"), "552 5.3.4 Error: message file too big"),
]


@pytest.mark.parametrize(("name", "expected", "words"), SERVERS)
def test_what_a_server_says_is_read(name, expected, words):
    (notice,) = notices(event(name))
    assert notice == expected and notice.words.startswith(words)
    assert notice.failed == name.startswith("bounce") and notice.arrived == name.startswith("receipt")


@pytest.mark.parametrize("name", ["bounce_dma_expired", "bounce_dma_refused", "bounce_dma_too_large"])
def test_of_a_notice_without_fields_the_first_address_is_the_recipients(name):
    assert addresses_in(event(name))[0] in ("eve@closed.example", "nobody@remote.example", "bob@small.example")


@pytest.mark.parametrize(
    ("recipient", "address"),
    [
        ("utf-8; jös@example.net", "jös@example.net"),
        ("utf-8;j\\x{F6}s@b\\x{FC}cher.example", "jös@bücher.example"),
        ("rfc822;<Bob@example.com>", "bob@example.com"),
        ("utf-8;用户@例子.example", "用户@例子.example"),
        ("x400; /G=Bob/", ""),
        ("utf-8;a\\x{D800}b\\x{FFFFFF}@example.com", "ab@example.com"),
    ],
)
def test_a_recipient_may_have_letters_of_any_script(recipient, address):
    raw = a_bounce_notice().replace(
        b"Final-Recipient: rfc822; bob@example.com", f"Final-Recipient: {recipient}".encode()
    )
    assert recipient.encode() in raw
    assert notices(Mail(raw))[0].recipient == address


def test_in_prose_an_address_begins_where_its_letters_do():
    text = "Для боб@example.com, 收件人eve@example.com and <jös@example.com>:"
    assert addresses_in(prose(text)) == ("боб@example.com", "eve@example.com", "jös@example.com")


@pytest.mark.parametrize(
    ("action", "status", "failed", "arrived"),
    [
        ("failed", "5.1.1", True, False),
        ("failed", "4.2.2", True, False),
        ("delayed", "4.4.1", False, False),
        ("delayed", "5.0.0", False, False),
        ("failed", "4.4.7", True, False),
        ("", "4.4.1", True, False),
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


@pytest.mark.parametrize(
    "text",
    [
        "I wasn't able to establish an SMTP connection. (#4.4.1)\r\nI'm not going to try again.",
        "It could not be delivered.\r\n4.4.4 Temporary server error\r\nThis occurred after 30 attempts over 92 hours.",
        "bob@example.com: Envelope expired\r\nThis is only a temporary failure report.",
        "<bob@example.com>: host mx said: 452 4.2.2 over quota",
        "Retry timeout exceeded. Your mail was delayed before.",
        "Received: by mx with esmtp (Exim 4.94.2)",
    ],
)
def test_what_is_final_says_so_whatever_the_code(text):
    (notice,) = notices(prose(text))
    assert notice.failed


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Warning: could not send message for past 4 hours", "Will keep trying until message is 5 days old"),
        ("Warning: message 1abc delayed 24 hours", "No action is required on your part. 451 try later"),
        ("Delayed Mail (still being retried)", "It could not be delivered for more than 4 hours. 4.4.1"),
        ("Delivery Status Notification (Delay)", "Delivery to bob@example.com has been delayed."),
        ("Mail Delivery Warning", "We will continue to try to deliver your message. 5.2.2"),
    ],
)
def test_what_is_late_says_so_too(subject, text):
    (notice,) = notices(prose(text, subject))
    assert not notice.failed and not notice.arrived


def test_opensmtpd_gives_up_what_it_calls_delayed():
    raw = a_bounce_notice("delayed", "4.4.7").replace(b"Your message could not be delivered.", b"bob: Envelope expired")
    assert all(notice.failed for notice in notices(Mail(raw)))
    assert not any(notice.failed for notice in notices(Mail(a_bounce_notice("delayed", "4.4.7"))))


def test_a_report_of_smtputf8_is_read_too():
    raw = a_bounce_notice("failed", "4.7.1").replace(b"message/delivery-status", b"message/global-delivery-status")
    assert notices(Mail(raw)) == (Notice("bob@example.com", "failed", "4.7.1"),)


def test_no_other_number_is_a_code():
    (notice,) = notices(prose("Host 192.0.2.5.1.1 said nothing of 5.1.1.1 or 4.4.4.4, nor (Exim 4.94.2)."))
    assert notice.failed and notice.status == ""


def test_its_words_are_kept_without_addresses():
    raw = a_bounce_notice().replace(
        b"Status: 5.1.1", b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 <bob@example.com> unknown"
    )
    assert notices(Mail(raw))[0].words == "550 <…> unknown"
    assert notices(prose("Sorry.\r\nbob@example.com: 550 no such user"))[0].words == "…: 550 no such user"
    several = notices(prose("Sorry.\r\n550 bob@example.com,ann@example.org: no such users"))[0].words
    assert several == "550 …,…: no such users"
    assert len(saying("x" * 5000)) < 200


@pytest.mark.parametrize(
    "words",
    [
        "smtp; 550 5.1.1 user unknown",
        "5.7.1",
        "4.4.7 message expired in queue: retry timeout",
        "552 too big",
        "SES did not send it because it expired",
        "4.4.7 unable to deliver in 840 minutes",
    ],
)
def test_a_diagnosis_is_final_by_its_code_or_words(words):
    assert is_final(words) and not is_final("smtp; 451 4.7.1 try later") and not is_final("")


def test_a_report_on_several_recipients_tells_of_each():
    raw = a_bounce_notice().replace(
        b"Status: 5.1.1\r\n", b"Status: 5.1.1\r\n\r\nFinal-Recipient: rfc822; eve@example.com\r\nAction: delayed\r\n"
    )
    assert [(each.recipient, each.failed) for each in notices(Mail(raw))] == [
        ("bob@example.com", True),
        ("eve@example.com", False),
    ]


def test_words_say_that_all_is_well_too():
    (told,) = notices(Mail(a_mail("Your message was successfully delivered to bob@example.com.", "text/plain")))
    assert told.arrived and not told.failed
    (told,) = notices(Mail(a_mail("It could not be successfully delivered.", "text/plain")))
    assert told.failed


@pytest.mark.parametrize("told", ["smtp; 550 no such user", "550 no such user", "X-Postfix;550 no such user"])
def test_a_diagnosis_is_kept_with_its_type_or_without(told):
    raw = (
        b'From: MAILER-DAEMON@x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        b"Final-Recipient: rfc822; bob@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: %b\r\n\r\n--b--\r\n" % told.encode()
    )
    assert [notice.words for notice in notices(Mail(raw))] == ["550 no such user"]


@pytest.mark.parametrize(
    ("told", "late"),
    [
        ("宛先をご確認のうえ、再送信してください。", False),
        ("再送を試みます。", True),
        ("주소를 확인하고 다시 시도해 주세요.", False),
        ("서버가 다시 시도합니다.", True),
    ],
)
def test_who_is_asked_to_send_it_again_has_got_a_failure(told, late):
    (notice,) = notices(Mail(a_mail(told, "text/plain")))
    assert (notice.action == "delayed") == late
