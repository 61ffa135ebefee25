"""Reports that programs write about a mail that arrived: complaints (RFC 5965), receipts (RFC 8098), wishes to hear no more."""

import re

from chalicelib.domain.incoming import notice_words, receipt_words, ses_events
from chalicelib.domain.incoming.notice_signs import prose, report_type
from chalicelib.domain.incoming.own_words import words
from chalicelib.domain.incoming.received import Mail, groups

# RFC 5965, section 7.3, and RFC 6430; `auth-failure` (RFC 6591) and `opt-out` complain of nothing.
_COMPLAINTS = frozenset({"abuse", "fraud", "miscategorized", "other", "virus", "complaint"})
_HOTMAIL = re.compile(r"\s*complaint about message from\b", re.IGNORECASE)
_MARK_OF_HOTMAIL = "x-hmxmroriginalrecipient"  # of the Junk Mail Reporting Program, in the mail that it gives back
_LONGEST_RECEIPT = 2_000  # characters: one says nothing else
_RECEIPT_SUBJECT = notice_words.compiled(receipt_words.SUBJECTS)
_RECEIPT_TEXT = notice_words.compiled(receipt_words.TEXTS)
_REJECTED = notice_words.compiled(notice_words.REJECTIONS)


def is_complaint(mail: Mail) -> bool:
    """Whether it is a provider's report that the recipient called a mail spam: RFC 5965, Hotmail's own form, or SES's."""
    if _is_feedback(mail):
        told = _feedback_types(mail)
        return not told or bool(_COMPLAINTS & set(told))
    if ses_events.complains(mail):
        return True
    marked = any(field.name == _MARK_OF_HOTMAIL for part in mail.parts for field in part.header.fields)
    if mail.has(_MARK_OF_HOTMAIL) and "staff@hotmail.com" in mail.field("return-path").lower():
        return True  # its older form: what is complained of, as it was
    given_back = any(part.kind == "message/rfc822" for part in mail.parts)
    return given_back and (
        marked or (_HOTMAIL.match(mail.subject) is not None and mail.author[0].endswith("@hotmail.com"))
    )


def is_wish(mail: Mail) -> bool:
    """Whether the recipient asks, by a button of their mail program or provider, to be written to no more."""
    if _is_feedback(mail):
        return not is_complaint(mail) and any(each.startswith("opt-out") for each in _feedback_types(mail))
    return mail.field("x-apple-unsubscribe").strip().lower() == "true"


def is_other_feedback(mail: Mail) -> bool:
    """Whether a provider reports something that nobody need be told of: that a mail is no spam, or that DMARC failed."""
    if ses_events.is_other_feedback(mail):
        return True
    return _is_feedback(mail) and not is_complaint(mail) and not is_wish(mail)


def is_refusal(mail: Mail) -> bool:
    """Whether a mailbox refuses the mail in the form of a receipt: deleted by a program, which says why.

    So do Sieve's `reject` (RFC 5429, section 2.1) in Pigeonhole and Mailutils, and Dovecot where a mailbox is full.
    """
    if not is_receipt(mail):
        return False
    dispositions = [
        group.get("disposition", "").lower()
        for part in mail.own("message/disposition-notification")
        for group in groups(mail.text(part))
    ]
    by_program = any(
        each.startswith("automatic-action") and "deleted" in each.split(";", 1)[-1] for each in dispositions
    )
    said = f"{mail.subject}\n{mail.field('auto-submitted')}\n{prose(mail)}"
    return by_program and _REJECTED.search(said) is not None


def is_receipt(mail: Mail) -> bool:
    """Whether it is a mail program's note that a mail was displayed or deleted (RFC 8098)."""
    return report_type(mail) == "disposition-notification" or (
        mail.parts[0].kind == "multipart/report" and any(mail.own("message/disposition-notification"))
    )


def is_receipt_in_words(mail: Mail) -> bool:
    """Whether it is such a note whose part for programs is lost, as behind gateways: its subject and its sentence say so."""
    if not _RECEIPT_SUBJECT.match(mail.subject.lstrip(" [(")):
        return False
    said = " ".join(words(mail).split())
    return len(said) <= _LONGEST_RECEIPT and _RECEIPT_TEXT.match(said) is not None


def _is_feedback(mail: Mail) -> bool:
    return report_type(mail) == "feedback-report" or any(mail.own("message/feedback-report"))


def _feedback_types(mail: Mail) -> list[str]:
    parts = mail.own("message/feedback-report")
    return [group.get("feedback-type", "abuse").lower() for part in parts for group in groups(mail.text(part))]
