"""SES's events in JSON: what is given up, and what one that came by mail is taken for."""

import json
from typing import Any

import pytest

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.incoming.ses_events import complains, is_given_up, is_other_feedback, notices, word
from chalicelib.domain.incoming.sorting import Kind, classify
from tests.mails import a_mail
from tests.makers import SENT


def by_mail(said: dict[str, Any], author: str = "SES <no-reply@sns.amazonaws.com>") -> bytes:
    text = json.dumps(said, indent=1) + "\n\n--\nPlease do not reply directly to this email.\n"
    return a_mail(text, "text/plain", From=author, Subject="AWS Notification Message")


def a_bounce(kind: str, subtype: str = "General", **recipient: str) -> dict[str, Any]:
    return {
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [{"emailAddress": "bob@example.com"} | recipient],
    }


@pytest.mark.parametrize(
    ("bounce", "final"),
    [
        (a_bounce("Permanent"), True),
        (a_bounce("Undetermined", "Undetermined"), True),
        (a_bounce("Transient"), False),
        (a_bounce("Transient", "MailboxFull", diagnosticCode="smtp; 452 4.2.2 mailbox full"), False),
        (a_bounce("Transient", "MessageTooLarge"), True),
        (a_bounce("Transient", action="failed", status="5.4.4"), True),
        (a_bounce("Transient", diagnosticCode="smtp; 550 4.4.7 unable to deliver in 840 minutes"), True),
        (a_bounce("Transient", diagnosticCode="SES did not send it because it expired"), True),
    ],
)
def test_what_is_final_says_so(bounce, final):
    assert is_given_up(bounce) is final
    raw = by_mail({"notificationType": "Bounce", "bounce": bounce})
    assert classify(raw, None, (b"",), SENT).kind is (Kind.BOUNCE if final else Kind.DELAYED)
    assert notices(Mail(raw))[0].recipient == "bob@example.com"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"eventType": "Delivery", "delivery": {}}, Kind.RECEIPT),
        ({"eventType": "Send"}, Kind.RECEIPT),
        ({"eventType": "Reject", "reject": {"reason": "Bad content"}}, Kind.BOUNCE),
        ({"eventType": "Rendering Failure", "failure": {"errorMessage": "x"}}, Kind.BOUNCE),
        ({"eventType": "DeliveryDelay", "deliveryDelay": {"delayedRecipients": [{}]}}, Kind.DELAYED),
        ({"eventType": "Complaint", "complaint": {"complaintFeedbackType": "abuse"}}, Kind.COMPLAINT),
        ({"eventType": "Complaint", "complaint": {"complaintFeedbackType": "not-spam"}}, Kind.RECEIPT),
        ({"eventType": "Complaint", "complaint": {"complaintSubType": "OnAccountSuppressionList"}}, Kind.BOUNCE),
    ],
)
def test_each_kind_of_event_that_comes_by_mail(said, kind):
    raw = by_mail(said)
    assert classify(raw, None, (b"",), SENT).kind is kind
    assert complains(Mail(raw)) is (kind is Kind.COMPLAINT)
    assert not is_other_feedback(Mail(raw)) or kind is Kind.RECEIPT
    assert classify(by_mail(said, "Bob <bob@example.com>"), None, (b"",), SENT).kind is Kind.ORDINARY


@pytest.mark.parametrize(
    "text", ['{"eventType":"Bounce"', '{"eventType":"Bounce",' + "[" * 100_000, '{"eventType":"Bounce"} x']
)
def test_what_cannot_be_read_says_nothing_more(text):
    raw = a_mail(text, "text/plain", From="SES <no-reply@sns.amazonaws.com>")
    assert classify(raw, None, (b"",), SENT).kind is Kind.BOUNCE
    assert all(notice.recipient == "" for notice in notices(Mail(raw)))


def test_its_words_are_kept_and_its_kind():
    raw = by_mail({"eventType": "Bounce", "bounce": a_bounce("Permanent", diagnosticCode="smtp; 550 no such user")})
    assert [(each.action, each.words) for each in notices(Mail(raw))] == [("failed", "550 no such user")]
    assert word({"notificationType": "Bounce"}) == word({"eventType": "Bounce"}) == "Bounce" and word({}) == ""
