"""What SES tells of the mails that it sent: events in JSON, which SNS brings to programs, and by mail to people.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.domain.incoming.bounces import Notice, is_final, saying
from chalicelib.domain.incoming.notice_signs import told_by_sns
from chalicelib.domain.incoming.received import Mail

NO_COMPLAINTS = frozenset({"not-spam", "auth-failure", "opt-out"})
"""Kinds of feedback (RFC 5965, section 7.3) by which nobody complains."""
UNSENT = frozenset({"Reject", "Rendering Failure"})
"""Of a mail that SES took and did not send: it holds a virus, or a template that cannot be filled in."""

# https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types: of the transient ones, those after
# which the same mail will never arrive.
_FINAL = frozenset({"MessageTooLarge", "ContentRejected", "AttachmentRejected", "CustomTimeoutExceeded"})
_LONGEST = 200_000  # characters of an event: it repeats the header of the mail
_MOST = 50  # recipients


def word(said: Mapping[str, Any]) -> str:
    """What kind of event it is: `notificationType` where it does not come by a configuration set."""
    return str(said.get("eventType") or said.get("notificationType") or "")


def is_given_up(bounce: Mapping[str, Any]) -> bool:
    """Whether a bounce is final: it is permanent, or of a kind that SES cannot tell, or says so."""
    subtype = str(bounce.get("bounceSubType") or "").strip()
    return bounce.get("bounceType") != "Transient" or subtype in _FINAL or any(map(_is_final, _of(bounce)))


def notices(mail: Mail) -> tuple[Notice, ...]:
    """What an event that came by mail says of each recipient. None for any other mail, or if it cannot be read."""
    said = _event(mail) if told_by_sns(mail) else {}
    match word(said):
        case "Bounce":
            bounce = _in(said, "bounce")
            found = _notices(_of(bounce), "failed" if is_given_up(bounce) else "delayed", bounce.get("bounceSubType"))
        case "Complaint":  # of what SES never sent
            found = _notices(_of(_in(said, "complaint")), "failed", "")
        case "DeliveryDelay":
            delay = _in(said, "deliveryDelay")
            found = _notices(_of(delay), "delayed", delay.get("delayType"))
        case "Reject" | "Rendering Failure":
            why = _in(said, "reject").get("reason") or _in(said, "failure").get("errorMessage")
            found = iter([Notice("", "failed", "", saying(str(why or word(said))))])
        case "":
            return ()
        case _:
            found = iter([Notice("", "delivered", "")])
    return tuple(found)


def complains(mail: Mail) -> bool:
    """Whether an event that came by mail tells of a complaint, by somebody who got the mail."""
    if told_by_sns(mail) != "Complaint":
        return False
    complaint = _in(_event(mail), "complaint")
    return (
        complaint.get("complaintSubType") != "OnAccountSuppressionList"
        and complaint.get("complaintFeedbackType") not in NO_COMPLAINTS
    )


def is_other_feedback(mail: Mail) -> bool:
    """Whether one tells of feedback by which nobody complains."""
    return (
        told_by_sns(mail) == "Complaint"
        and _in(_event(mail), "complaint").get("complaintFeedbackType") in NO_COMPLAINTS
    )


def _is_final(recipient: Mapping[str, Any]) -> bool:
    """Whether SES says of a recipient that the mail was given up."""
    told = " ".join(str(recipient.get(name) or "") for name in ("status", "diagnosticCode"))
    return str(recipient.get("action") or "").lower() == "failed" or is_final(told)


def _event(mail: Mail) -> Mapping[str, Any]:
    for part in mail.own("text/"):
        text = mail.text(part)[:_LONGEST]
        try:
            said, _ = json.JSONDecoder().raw_decode(text, max(text.find("{"), 0))
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            return said
    return {}


def _in(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _of(report: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The recipients that a report is about."""
    for name in ("bouncedRecipients", "complainedRecipients", "delayedRecipients"):
        if isinstance(report.get(name), list):
            return [each for each in report[name] if isinstance(each, dict)]
    return []


def _notices(recipients: Sequence[Mapping[str, Any]], action: str, why: Any) -> Iterator[Notice]:
    for each in [*recipients[:_MOST], *([] if recipients else [{}])]:
        words = str(each.get("diagnosticCode") or why or "")
        address = str(each.get("emailAddress") or "").lower()
        yield Notice(address, action, str(each.get("status") or ""), saying(words.partition(";")[2] or words))
