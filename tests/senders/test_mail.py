"""What SES is given: a proper mail, whatever stands in it, and what its refusal becomes."""

import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.ses.models import ses_backends

from chalicelib.config import config
from chalicelib.domain.letters import Letter
from chalicelib.senders import mail
from tests import trouble
from tests.aws.aws import ACCOUNT
from tests.aws.resources import MAIL_FROM, REGION
from tests.embedded import Embedded

LETTER = Letter("Bob opened “Offer”", "Bob opened “Offer”.\n", "<p>Bob opened “Offer”</p>\n")


def the_mail(aws: Embedded) -> EmailMessage:
    """The newest mail, as its receiver's program reads it."""
    parsed = message_from_string(aws.outbox()[-1]["raw"], policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_it_is_a_mail_with_a_text_and_an_html_part(fresh_table: Embedded):
    mail.send(LETTER, "ann@sender.example", "Ann")
    sent = the_mail(fresh_table)
    assert sent.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content() for part in sent.iter_parts()] == [LETTER.text, LETTER.html]
    assert sent.defects == [] and all(part.defects == [] for part in sent.iter_parts())


def test_it_goes_from_the_deployment_to_the_sender_alone(fresh_table: Embedded):
    mail.send(LETTER, "ann@sender.example", "Änn, “the” <sender>")
    (given,) = fresh_table.outbox()
    assert given["to"] == ["ann@sender.example"]
    sent = the_mail(fresh_table)
    (to,) = sent["To"].addresses
    assert (to.addr_spec, to.display_name) == ("ann@sender.example", "Änn, “the” <sender>")
    assert sent["From"].addresses[0].addr_spec == config().mail_from
    assert sent["Subject"] == LETTER.subject
    assert {"Cc", "Bcc"}.isdisjoint(sent.keys())


def test_no_machine_is_asked_to_answer_it(fresh_table: Embedded):
    mail.send(LETTER, "ann@sender.example", "Ann")
    assert the_mail(fresh_table)["Auto-Submitted"] == "auto-generated"
    assert the_mail(fresh_table)["X-Auto-Response-Suppress"] == "All"


def test_the_answer_is_the_name_that_ses_gave_it(fresh_table: Embedded):
    assert mail.send(LETTER, "ann@sender.example", "Ann") == fresh_table.outbox()[0]["id"]


_one_line = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).map(lambda text: " ".join(text.split()))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_one_line | st.sampled_from(["x" * 998, "€" * 998, "=?utf-8?q?=0ABcc:_a=40b.c?=", "a\x00b"]), _one_line)
def test_whatever_a_subject_or_a_name_holds_the_mail_has_the_same_headers(fresh_table: Embedded, subject, name):
    fresh_table.reset()
    mail.send(Letter(subject, f"{subject}\n", f"<p>{name}</p>\n"), "ann@sender.example", name)
    sent = the_mail(fresh_table)
    assert len(sent.keys()) == len(set(sent.keys())) == 7
    assert {"Bcc", "Cc", "Reply-To"}.isdisjoint(sent.keys())
    assert [address.addr_spec for address in sent["To"].addresses] == ["ann@sender.example"]
    plainly = message_from_string(fresh_table.outbox()[-1]["raw"], policy=policy.compat32)
    assert str(make_header(decode_header(plainly["Subject"]))) == subject


@pytest.mark.parametrize(
    ("verified", "signing", "status", "may"),
    [
        (True, True, "SUCCESS", True),
        (True, False, "NOT_STARTED", False),  # a domain that was verified by a TXT record
        (True, False, "SUCCESS", False),
        (True, True, "PENDING", False),
        (False, True, "SUCCESS", False),
    ],
)
def test_ses_may_send_for_a_domain_only_if_it_signs_for_it(fresh_table: Embedded, verified, signing, status, may):
    service = fresh_table.client("sesv2")
    service.create_email_identity(EmailIdentity="sender.example")
    identity = ses_backends[ACCOUNT][REGION].email_identities["sender.example"]
    identity.verified_for_sending_status = verified
    identity.dkim_attributes |= {"SigningEnabled": signing, "Status": status}
    assert mail.may_send_for("sender.example") is may
    assert mail.may_send_for("team.sender.example", lambda _: []) is may, "a domain stands for those below it"
    service.delete_email_identity(EmailIdentity="sender.example")
    assert not mail.may_send_for("sender.example") and not mail.may_send_for("team.sender.example")


@pytest.mark.parametrize(
    ("records", "may"),
    [
        ({}, True),
        ({"_dmarc.team.sender.example": ["v=DMARC1; p=reject; adkim=s"]}, False),
        ({"_dmarc.sender.example": ["something else", "v=DMARC1;p=reject;ADKIM = S"]}, False),
        ({"_dmarc.team.sender.example": ["v=DMARC1; adkim=r"], "_dmarc.sender.example": ["v=DMARC1; adkim=s"]}, True),
        ({"_dmarc.team.sender.example": ["adkim=s"]}, True),  # no DMARC record
    ],
)
def test_what_ses_signs_for_stands_for_what_is_below_it_unless_dmarc_wants_the_very_domain(
    fresh_table: Embedded, records, may
):
    with signed_by_ses(fresh_table, "sender.example"):
        assert mail.may_send_for("team.sender.example", lambda name: records.get(name, [])) is may
        assert mail.may_send_for("sender.example", lambda name: records.get(name, [])), "its own name signs"
        with signed_by_ses(fresh_table, "team.sender.example"):
            assert mail.may_send_for("team.sender.example", lambda name: records.get(name, []))


def test_where_no_name_server_answers_dmarc_is_as_it_is_by_default(fresh_table: Embedded):
    def silent(name: str) -> list[str]:
        raise TimeoutError

    with signed_by_ses(fresh_table, "sender.example"):
        assert mail.may_send_for("a.team.sender.example", silent)
        assert not mail.may_send_for("other.example", silent)


@contextmanager
def signed_by_ses(aws: Embedded, domain: str) -> Iterator[None]:
    """Within it SES knows a domain, and signs for it (Easy DKIM)."""
    aws.client("sesv2").create_email_identity(EmailIdentity=domain)
    identity = ses_backends[ACCOUNT][REGION].email_identities[domain]
    identity.verified_for_sending_status = True
    identity.dkim_attributes |= {"SigningEnabled": True, "Status": "SUCCESS"}
    yield
    aws.client("sesv2").delete_email_identity(EmailIdentity=domain)


@pytest.mark.parametrize("sender", [MAIL_FROM, "ann@sender.example"])
def test_ses_tells_of_bounces_whosever_domain_the_mail_is_from(fresh_table: Embedded, sender):
    service = fresh_table.client("sesv2")
    service.create_email_identity(EmailIdentity="sender.example")
    mail.forward(b"Subject: x\r\n\r\n", "bob@example.com", sender)
    service.delete_email_identity(EmailIdentity="sender.example")
    (sent,) = ses_backends[ACCOUNT][REGION].sent_messages
    assert sent.sent["request"]["ConfigurationSetName"] == config().configuration_set != ""


def test_where_nothing_listens_no_configuration_set_is_named(fresh_table: Embedded):
    with trouble.settings(CONFIGURATION_SET=""):
        mail.send(LETTER, "ann@sender.example", "Ann")
    (sent,) = ses_backends[ACCOUNT][REGION].sent_messages
    assert "ConfigurationSetName" not in sent.sent["request"]


def test_a_mail_that_ses_will_never_take_is_undeliverable_and_names_nobody(fresh_table: Embedded):
    with (
        trouble.settings(MAIL_FROM="stranger@elsewhere.example"),
        pytest.raises(mail.Undeliverable, match=r"^MessageRejected$"),
    ):
        mail.send(LETTER, "ann@sender.example", "Ann")
    assert fresh_table.outbox() == []


@pytest.mark.parametrize("code", ["TooManyRequestsException", "LimitExceededException", "ThrottlingException"])
def test_that_ses_takes_no_more_for_now_is_told_apart(fresh_table: Embedded, code, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)  # boto3's pauses
    with (
        trouble.refusing(mail._client(), "SendEmail", code) as refused,
        pytest.raises(mail.NoRoom, match=rf"^{code}$"),
    ):
        mail.send(LETTER, "ann@sender.example", "Ann")
    assert len(refused) > 1, "it may come too fast only"


@pytest.mark.parametrize("code", ["BadRequestException", "MessageRejected", "MailFromDomainNotVerifiedException"])
def test_what_ses_says_of_a_mail_lasts(fresh_table: Embedded, code):
    refusing = trouble.refusing(mail._client(), "SendEmail", code)
    with refusing, pytest.raises(mail.Undeliverable, match=f"^{code}$"):
        mail.send(LETTER, "ann@sender.example", "Ann")


@pytest.mark.parametrize("code", ["SendingPausedException", "AccountSuspendedException", "NotFoundException"])
def test_what_ses_says_of_the_account_rises_as_it_is(fresh_table: Embedded, code):
    with (
        trouble.refusing(mail._client(), "SendEmail", code),
        pytest.raises(Exception, match=code) as failed,
    ):
        mail.send(LETTER, "ann@sender.example", "Ann")
    assert not isinstance(failed.value, mail.Undeliverable)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5_000, 3_000_001])
def test_a_mail_goes_out_byte_for_byte_whatever_its_size(fresh_table: Embedded, size: int):
    raw = b"From: x@localhost.example\r\n\r\n" + Random(size).randbytes(size).hex().encode()
    mail.forward(raw, "bob@example.com", "x@localhost.example")
    assert fresh_table.outbox()[-1]["raw"].encode() == raw


@given(st.binary(max_size=200), st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_a_request_reads_as_it_would_if_it_were_whole(raw: bytes, sizes: list[int]):
    request = mail._Request(b'{"Data": "', raw, b'"}')
    whole = b'{"Data": "' + b64encode(raw) + b'"}'
    assert b"".join(request.read(size) for size in sizes) == whole[: sum(sizes)]
    assert request.seek(0, 2) == len(whole) and request.seek(0) == 0 and request.read() == whole
