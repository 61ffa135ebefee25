"""Mail by SES: letters to the sender, and mails handed on as they are. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html"""

from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from typing import Any

from chalicelib.config import config
from chalicelib.domain.letters import Letter


class Undeliverable(Exception):  # noqa: N818
    """SES will never take this mail: trying again would change nothing. Says SES's code, never an address."""


@cache
def _client() -> Any:
    import boto3

    return boto3.client("sesv2")


def send(letter: Letter, to: str, name: str) -> str:
    """Send a letter to a sender of ours; SES's id of it. Raises Undeliverable.

    `Auto-Submitted` (RFC 3834) keeps out-of-office answers from coming back, and our own gateway from taking it in.
    """
    sender = f"Unsealed <{config().mail_from}>"
    mail = MIMEMultipart("alternative")
    mail["From"] = sender
    # Coded, and never read again: EmailMessage would decode an encoded word in a subject, with the line break in it.
    mail["To"] = f"{Header(name, 'utf-8').encode()} <{to}>" if name else to
    mail["Subject"] = Header(letter.subject, "utf-8", header_name="Subject")  # type: ignore[assignment] # typeshed
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.attach(MIMEText(letter.text, "plain", "utf-8"))
    mail.attach(MIMEText(letter.html, "html", "utf-8"))
    return forward(mail.as_bytes(), to, sender)


def may_send_for(domain: str) -> bool:
    """Whether SES may sign for a whole domain, so that a mail from an address of it is aligned (DMARC, RFC 7489)."""
    service = _client()
    try:
        answer = service.get_email_identity(EmailIdentity=domain)
    except service.exceptions.NotFoundException:
        return False
    return bool(answer["VerifiedForSendingStatus"])


def forward(raw: bytes, to: str, sender: str) -> str:
    """Send a mail as it is to one address; SES's id of it. Raises Undeliverable. `sender` must be of a domain of ours."""
    service = _client()
    try:
        answer = service.send_email(
            FromEmailAddress=sender, Destination={"ToAddresses": [to]}, Content={"Raw": {"Data": raw}}
        )
    except (service.exceptions.MessageRejected, service.exceptions.MailFromDomainNotVerifiedException) as failure:
        raise Undeliverable(failure.response["Error"]["Code"]) from failure
    return str(answer["MessageId"])
