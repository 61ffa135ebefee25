"""A mail that could not be sent, told to who wrote it: a delivery status notification (RFC 3464, RFC 6522)."""

from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

from chalicelib.domain.mail import headers, mails
from chalicelib.domain.mail.headers import LOOP_HEADER

LARGEST_HEADER = 20_000  # bytes of the mail's header that are given back


def returned(raw: bytes, recipients: list[str], reason: str, to: str, by: str, at: float) -> bytes:
    """The mail to `to` which says that `raw` did not go to these recipients, and why, in a sentence. `by` sends it."""
    subject = mails.subject(raw) or "your mail"
    text = (
        f"Your mail “{subject}” was not delivered to\n\n"
        + "".join(f"    {recipient}\n" for recipient in recipients)
        + f"\n{reason}\n\nUnsealed will not retry. This mail was written by Unsealed.\n"
    )
    mail = MIMEMultipart("report", report_type="delivery-status")
    mail["From"] = f"Unsealed <{by}>"
    mail["To"] = to
    mail["Subject"] = Header(f"Not delivered: {subject}", "utf-8", header_name="Subject")  # type: ignore[assignment] # typeshed
    mail["Date"] = formatdate(at)
    mail["Message-ID"] = make_msgid(domain=by.partition("@")[2])
    mail["Auto-Submitted"] = "auto-replied"
    mail[LOOP_HEADER] = "returned"
    mail.attach(MIMEText(text, "plain", "utf-8"))
    mail.attach(_status(recipients, reason, by))
    mail.attach(MIMEText(_head(raw), "rfc822-headers", "utf-8"))
    return mail.as_bytes().replace(b"\n", b"\r\n")


def notice(subject: str, text: str, to: str, by: str, at: float) -> bytes:
    """The mail to `to` that says something of a mail that did not go on, and holds nothing of it. `by` sends it."""
    mail = MIMEText(f"{text}\n\nThis mail was written by Unsealed.\n", "plain", "utf-8")
    mail["From"] = f"Unsealed <{by}>"
    mail["To"] = to
    mail["Subject"] = Header(subject, "utf-8", header_name="Subject")  # type: ignore[assignment] # typeshed
    mail["Date"] = formatdate(at)
    mail["Message-ID"] = make_msgid(domain=by.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail[LOOP_HEADER] = "returned"
    return mail.as_bytes().replace(b"\n", b"\r\n")


def _status(recipients: list[str], reason: str, by: str) -> MIMEBase:
    diagnosis = " ".join(_ascii(reason).split())[:900]
    blocks = [Message()]
    blocks[0]["Reporting-MTA"] = f"dns; {by.partition('@')[2]}"
    for recipient in recipients:
        block = Message()
        block["Final-Recipient"] = f"rfc822; {_ascii(recipient)}"
        block["Action"] = "failed"
        block["Status"] = "5.0.0"
        block["Diagnostic-Code"] = f"x-unsealed; {diagnosis}"
        blocks.append(block)
    part = MIMEBase("message", "delivery-status")
    part.set_payload(blocks)  # type: ignore[arg-type] # typeshed: a list of mails is one of Message
    return part


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii")


def _head(raw: bytes) -> str:
    try:
        end = headers.read(raw, 0, len(raw)).body
    except headers.Unreadable:
        end = LARGEST_HEADER
    return raw[: min(end, LARGEST_HEADER)].decode("utf-8", "replace").replace("\r\n", "\n")
