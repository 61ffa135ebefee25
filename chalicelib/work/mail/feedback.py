"""What SES tells of the mails that we sent: bounces and complaints become events, the rest is a line in the log.

Whatever is final is a bounce, in SES's or the server's words: a permanent one, one that SES cannot tell the kind of, a
transient one of a mail that was too large, refused for what it holds, or given up, and a mail that SES never sent. After
any other transient one the mail may still arrive, or it was an out-of-office note. Told twice, or late, or in another
order, it is the same event in the timeline.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.config import config
from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.incoming.bounces import saying
from chalicelib.domain.incoming.ses_events import NO_COMPLAINTS, UNSENT, is_given_up, word
from chalicelib.domain.mail.addresses import CopyId, copy_of, is_reply_address
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.mails import mailboxes
from chalicelib.domain.messages import Message
from chalicelib.domain.records import record
from chalicelib.domain.verdicts.explanations import SAID
from chalicelib.log import count, logger
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import inbox
from chalicelib.work.accounts import codes, owning
from chalicelib.work.mail import ses
from chalicelib.work.tracking.recording import put

_SUPPRESSED = "OnAccountSuppressionList"
_COMPLAINT = Verdict(VerdictKind.HUMAN, 0.95, ("complaint", "reported_by_ses"))


@record
class _Report:
    """A bounce or complaint: about whom, when, under which id of SES's, and what it means."""

    kind: EventKind
    emails: Sequence[str]
    at: float
    id: str
    verdict: Verdict


def learn(batch: Mapping[str, Any]) -> None:
    """Take in what a batch of SNS's records tells of mails that were sent.

    https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
    """
    for each in batch["Records"]:
        try:
            said = ses.message_of(each, config().feedback_topic)
            mail = _mail(said)
            report = _report(said)
        except ses.NotOurs as wrong:
            logger().error("A notification is not one of SES's about what we sent.", extra={"reason": str(wrong)})
            continue
        if report is None and word(said) == "Bounce":  # perhaps an automatic reply, which SES takes for one
            logger().warning(
                "A mail is still open.", extra={"mail": mail["messageId"], "reason": _kind(said["bounce"])}
            )
        elif report is None:
            logger().info("SES tells of a mail.", extra={"mail": mail["messageId"], "reason": word(said)})
        elif not (_note(mail, report) | _note_own(mail, report)):
            logger().warning("A report is about no message.", extra={"mail": mail["messageId"], "reason": report.kind})


def _mail(said: Mapping[str, Any]) -> Mapping[str, Any]:
    mail = said.get("mail")
    if not isinstance(mail, dict) or not isinstance(mail.get("messageId"), str) or not word(said):
        raise ses.NotOurs("not an event's form")
    return mail


def _report(said: Mapping[str, Any]) -> _Report | None:
    """The bounce or complaint that is to be noted; None for what is no such thing."""
    try:
        match word(said):
            case "Bounce":
                return _of_bounce(said["bounce"])
            case "Complaint":
                return _of_complaint(said["complaint"])
            case kind if kind in UNSENT:
                return _of_unsent(said, kind)
    except (KeyError, TypeError, AttributeError, ValueError) as failure:
        raise ses.NotOurs(f"not a report's form: {type(failure).__name__}") from failure
    return None


def _of_bounce(bounce: Mapping[str, Any]) -> _Report | None:
    recipients = bounce["bouncedRecipients"]
    subtype = str(bounce.get("bounceSubType") or "").strip()
    words = next((str(each["diagnosticCode"]) for each in recipients if each.get("diagnosticCode")), "")
    if not is_given_up(bounce):
        return None
    sure = 0.85 if bounce["bounceType"] == "Undetermined" else 0.99
    return _about(EventKind.BOUNCE, bounce, recipients, _bounced(sure, words.partition(";")[2] or words or subtype))


def _kind(bounce: Mapping[str, Any]) -> str:
    return f"{bounce['bounceType']} {bounce.get('bounceSubType') or ''}".rstrip()


def _of_complaint(complaint: Mapping[str, Any]) -> _Report | None:
    recipients = complaint["complainedRecipients"]
    if complaint.get("complaintSubType") == _SUPPRESSED:  # SES did not send the mail, so nobody complained of it
        return _about(EventKind.BOUNCE, complaint, recipients, _bounced(0.99, "", "never_sent"))
    if complaint.get("complaintFeedbackType") in NO_COMPLAINTS:
        return None
    return _about(EventKind.COMPLAINT, complaint, recipients, _COMPLAINT)


def _of_unsent(said: Mapping[str, Any], kind: str) -> _Report:
    """A mail that SES took and did not send: it holds a virus, or a template that cannot be filled in."""
    mail = said["mail"]
    why = said.get("reject") or said.get("failure") or {}
    emails = [email for each in mail.get("destination") or () for email, _ in mailboxes(str(each))]
    verdict = _bounced(0.99, str(why.get("reason") or why.get("errorMessage") or kind))
    return _Report(EventKind.BOUNCE, emails, ses.seconds(mail["timestamp"]), f"{mail['messageId']} {kind}", verdict)


def _bounced(sure: float, words: str, *reasons: str) -> Verdict:
    said = saying(words)
    return Verdict(
        VerdictKind.BOT, sure, ("bounce", "reported_by_ses", *reasons, *((f"{SAID}{said}",) if said else ()))
    )


def _about(
    kind: EventKind, report: Mapping[str, Any], recipients: Sequence[Mapping[str, Any]], verdict: Verdict
) -> _Report:
    emails = [email for each in recipients for email, _ in mailboxes(str(each["emailAddress"]))]
    return _Report(kind, emails, ses.seconds(report["timestamp"]), str(report["feedbackId"]), verdict)


def _note(mail: Mapping[str, Any], report: _Report) -> bool:
    """Put the events of a report. False if it is about no message that is there."""
    noted = False
    for message, numbers in _concerned(mail):
        emails = {each.email: i for i, each in enumerate(message.recipients) if i in numbers}
        found = [emails[email] for email in report.emails if email in emails]
        for recipient in found or (numbers if len(numbers) == 1 else ()):
            name = ses.event_id(report.kind, message.id, recipient, report.id)
            put(Event(name, message.id, recipient, report.kind, report.at, report.verdict))
            noted = True
    return noted


def _note_own(mail: Mapping[str, Any], report: _Report) -> bool:
    """Note what a report of a mail of ours says of a sender's own address, or of one that a code went to.

    After a complaint or a bounce SES puts the address on its suppression list: notifications and codes to it stop.
    """
    if not any(email.rpartition("@")[2] in _homes() for email, _ in mailboxes(str(mail.get("source") or ""))):
        return False
    noted = False
    for email in report.emails:
        sender = accounts.sender_of_address(email)
        if sender is not None:
            owning.stop(sender, email, report.kind.value, report.at)
            about = {"sender": sender, "reason": report.kind.value}
            logger().error("SES brings a sender nothing more: make unsuppress lets it.", extra=about)
            count(config().stage, "SendersStopped", 1, report.at, sender=sender)
            noted = True
        elif report.kind == EventKind.BOUNCE and _is_letter(mail):
            codes.bounced(email, report.at)
            noted = True
    return noted


def _homes() -> tuple[str, ...]:
    return config().mail_from.rpartition("@")[2].lower(), config().inbound_domain


def _is_letter(mail: Mapping[str, Any]) -> bool:
    """Whether it is a mail that we wrote: only they come from MAIL_FROM."""
    return any(email == config().mail_from.lower() for email, _ in mailboxes(str(mail.get("source") or "")))


def _concerned(mail: Mapping[str, Any]) -> Iterator[tuple[Message, Sequence[int]]]:
    """The messages that a mail of ours carried, with the numbers of the recipients whose copies it may have been."""
    marked = _marked(mail)
    found: dict[str, list[int]] = {}
    for copy in _copies(mail, marked.sender if marked else ""):
        found.setdefault(copy.message, []).append(copy.recipient)
    for message_id, numbers in found.items():
        message = inbox.message(message_id)
        if message is not None:
            yield message, numbers
    if marked is not None and not found:
        yield marked, range(len(marked.recipients))


def _marked(mail: Mapping[str, Any]) -> Message | None:
    """The message that our own header field names."""
    named = (value.strip() for name, value in _headers(mail) if name == LOOP_HEADER.lower())
    return next(filter(None, map(inbox.message, named)), None)


def _copies(mail: Mapping[str, Any], sender: str) -> list[CopyId]:
    """The copies that went out with SES's id, of the `sender`'s where one is known, else those whose reply address stands in
    Reply-To.
    """
    known = next(inbox.copies([mail["messageId"]], sender), [])
    if known:
        return [each.copy for each in known]
    addresses = [email for name, value in _headers(mail) if name == "reply-to" for email, _ in mailboxes(value)]
    copies = [copy_of(each, config().secrets) for each in addresses if is_reply_address(each)]
    return [copy for copy in copies if copy is not None]


def _headers(mail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The header fields that SES repeats, names in lower case: there where the event destination sends them along."""
    fields = mail.get("headers")
    for field in fields if isinstance(fields, list) else ():
        if isinstance(field, dict):
            yield str(field.get("name", "")).lower(), str(field.get("value", ""))
