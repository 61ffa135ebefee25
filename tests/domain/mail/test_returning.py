"""A mail that could not be sent is told in words, and in the form that programs read."""

from email import message_from_bytes, policy

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.returning import returned
from chalicelib.domain.outgoing import mime
from chalicelib.domain.outgoing.mime import NotTracked
from chalicelib.domain.outgoing.not_tracked import Reason
from tests.mails import a_mail
from tests.makers import SENT


def told(raw: bytes, reason: str = "550 no such user") -> bytes:
    return returned(
        raw, ["bob@example.com", "cärol@example.com"], reason, "ann@sender.example", "unsealed@t.example", SENT
    )


def test_a_person_reads_what_happened_and_a_program_too():
    mail = message_from_bytes(told(a_mail(Subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=")), policy=policy.default)
    assert mail["Subject"] == "Not delivered: Grüße" and mail["To"] == "ann@sender.example"
    text, status, head = mail.iter_parts()
    assert "bob@example.com" in text.get_content() and "550 no such user" in text.get_content()
    blocks = status.get_payload()
    assert [block.get("Final-Recipient") for block in blocks] == [
        None,
        "rfc822; bob@example.com",
        "rfc822; c?rol@example.com",
    ]
    assert "Message-ID: <1@sender.example>" in head.get_payload(decode=True).decode()


def test_nobody_answers_it_and_it_is_known_for_what_it_is():
    mail = message_from_bytes(told(a_mail()), policy=policy.default)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mime.read(told(a_mail())) == NotTracked(Reason.LOOP)


@given(st.binary(max_size=200), st.text(max_size=80))
def test_whatever_the_mail_or_the_reason_it_has_the_same_fields(raw, reason):
    mail = message_from_bytes(told(raw, reason), policy=policy.compat32)
    assert len(mail.keys()) == len(set(mail.keys())) == 9
    assert mail.get_content_type() == "multipart/report" and len(mail.get_payload()) == 3
