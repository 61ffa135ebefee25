"""Reports about a mail that arrived: complaints, receipts, refusals in a receipt's form, and wishes to hear no more."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.incoming.reports import (
    is_complaint,
    is_other_feedback,
    is_receipt,
    is_receipt_in_words,
    is_refusal,
    is_wish,
)
from tests.mails import a_mail
from tests.replies import a_complaint, an_answer

EVENTS = Path(__file__).parents[2] / "events"


def event(name: str) -> Mail:
    return Mail((EVENTS / f"{name}.eml").read_bytes())


def feedback(kind: str) -> Mail:
    return Mail(a_complaint().replace(b": abuse\r\n", f": {kind}\r\n".encode()))


def a_receipt(text: str, disposition: str, **fields: str) -> Mail:
    body = (
        f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Final-Recipient: rfc822; bob@example.com\r\nDisposition: {disposition}\r\n--b--\r\n"
    )
    kind = "multipart/report; report-type=disposition-notification; boundary=b"
    return Mail(a_mail(body, **({"Content_Type": kind} | fields)))


@pytest.mark.parametrize("kind", ["abuse", "fraud", "virus", "other"])
def test_a_feedback_report_is_a_complaint(kind):
    assert is_complaint(event("complaint_arf")) and is_complaint(feedback(kind))
    assert not is_complaint(event("bounce_postfix"))


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_one_of_another_kind_is_none(kind):
    assert not is_complaint(feedback(kind)) and is_other_feedback(feedback(kind)) and not is_wish(feedback(kind))


def test_hotmails_own_form_is_a_complaint():
    inner = "X-HmXmrOriginalRecipient: bob@example.com\r\nSubject: Offer\r\n\r\nDear Bob"
    body = f"--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    subject = "complaint about message from 192.0.2.222"
    raw = a_mail(body, From="staff@hotmail.com", Subject=subject, Content_Type="multipart/mixed; boundary=b")
    assert is_complaint(Mail(raw))
    assert not is_complaint(Mail(a_mail("They complain.", Subject=subject)))
    older = {"X_HmXmrOriginalRecipient": "bob@hotmail.com", "Subject": "Offer"}
    assert is_complaint(Mail(a_mail("Dear Bob", Return_Path="<staff@hotmail.com>", **older)))
    assert not is_complaint(Mail(a_mail("Dear Bob", Return_Path="<ann@sender.example>", **older)))


def test_who_asks_to_hear_no_more_complains_of_nothing():
    wish = Mail(an_answer(X_Apple_Unsubscribe="true", Auto_Submitted="auto-replied", Subject="unsubscribe"))
    assert is_wish(wish) and is_wish(feedback("opt-out")) and not is_complaint(feedback("opt-out"))
    assert not is_wish(Mail(an_answer()))


def test_a_receipt_is_known_as_one():
    assert is_receipt(event("receipt_mdn")) and not is_receipt(event("bounce_postfix"))


READ = "Your message\r\n\r\n  To: Bob\r\n  Subject: Offer\r\n  Sent: 04/09/2026 09:58\r\n\r\nwas read on 04/09/2026 10:00.\r\n"
SHOWN = "This is a Return Receipt for the mail that you sent to bob@example.com.\r\n"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Read: Offer", READ),
        ("Not read: Offer", READ.replace("was read", "was deleted without being read")),
        ("Return Receipt (displayed) - Offer", SHOWN),
        ("Gelesen: Angebot", "Ihre Nachricht\r\n\r\nBetreff: Angebot\r\n\r\nwurde am 4.9.2026 10:00:00 gelesen.\r\n"),
        ("Lu : Offre", "Votre message\r\n\r\nObjet : Offre\r\n\r\na été lu le 04/09/2026 10:00.\r\n"),
    ],
)
def test_one_that_lost_the_part_for_programs_is_known_by_its_subject_and_its_sentence(subject, text):
    assert is_receipt_in_words(Mail(a_mail(text, "text/plain", Subject=subject)))
    assert not is_receipt_in_words(Mail(a_mail(text, "text/plain", Subject="Offer")))
    assert not is_receipt_in_words(Mail(a_mail("I did, on the train: yes!", "text/plain", Subject=subject)))


def test_who_says_that_they_read_it_sends_no_receipt():
    assert not is_receipt_in_words(
        Mail(a_mail("Your message was read on the train, I like it!", "text/plain", Subject="Read: your offer"))
    )


BY_PROGRAM = "automatic-action/MDN-sent-automatically; deleted"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Your message was automatically rejected: Quota exceeded", {"Subject": "Automatically rejected mail"}),
        ("Not today.", {"Subject": "Rejected: Offer"}),
        ("Not today.", {"Auto_Submitted": "auto-replied (rejected)"}),
        ("Your message was refused by Bob's mail filter.", {}),
    ],
)
def test_what_a_program_deleted_with_a_reason_is_refused(text, fields):
    assert is_refusal(a_receipt(text, BY_PROGRAM, **fields))


def test_what_somebody_deleted_unread_is_not():
    assert not is_refusal(a_receipt("Your message was deleted without being read.", BY_PROGRAM))
    assert not is_refusal(a_receipt("It was rejected.", "manual-action/MDN-sent-manually; deleted"))
    assert not is_refusal(a_receipt("Quota", "automatic-action/MDN-sent-automatically; displayed"))


def test_what_ses_tells_of_a_complaint_is_one_unless_it_sent_nothing():
    told = '{"notificationType":"Complaint","complaint":{"complaintSubType":null}}'
    fields = {"From": "AWS Notifications <no-reply@sns.amazonaws.com>"}
    assert is_complaint(Mail(a_mail(told, **fields)))
    assert not is_complaint(Mail(a_mail(told.replace("null", '"OnAccountSuppressionList"'), **fields)))
    assert not is_complaint(Mail(a_mail(told)))
